import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type ErrorDetail, FedReconError } from '../../../../protocol/errors.ts';
import { plainName } from '../../../cells/series-names.ts';
import { signalEnding } from '../../../cells/signal-file.ts';
import { inTable } from '../../problems.ts';
import { surveyBytes } from '../encoding/encoding.ts';
import type { FoundReading, OpenTable } from '../open-table.ts';
import type { ReadingSettings, Reason } from '../reading-settings.ts';
import { blocksOf, oneByOne } from '../row-blocks.ts';
import type { ManifestRow } from '../rows.ts';
import { openTable } from '../table-formats.ts';
import { idsNearlyMet, type JoinableTable, openJoined } from './joined-table.ts';
import { namedTables, recordingsIn } from './recordings.ts';
import { type FolderTable, openStacked } from './stacked-tables.ts';

type Opened = FolderTable & JoinableTable;

/** A file of more bytes is no table of names alone. */
const mostOfNames = 1 << 16;

/**
 * Opens the tables of a folder as one: joined by id where each measures something else, stacked where they have the same columns, stacks
 * of several sorts joined by id; or the one that a person has named. What a person has said of it holds. A table without rows brings
 * none, and is listed; recordings of single parts beside the tables are none of them.
 * @param names the tables, relative to the folder, the one that is called parts first
 * @returns undefined where nothing says how they belong together
 * @throws FedReconError `manifest-missing`, `tables-apart`, `join-ids`, `manifest-empty` where none has rows, and of a table that cannot be read
 */
export async function openTogether(
  folder: string,
  names: readonly string[],
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): Promise<OpenTable | undefined> {
  const opening = { folder, given, isName };
  if (given.table !== undefined) {
    if (!names.includes(given.table))
      throw new FedReconError('manifest-missing', { folder, manifest: given.table });
    const one = [await openIn(opening, given.table)];
    const stacked = await openStacked(one, given, true);
    return found(stacked!, { value: 'one', confidence: 1, reason: 'given' }, one, names);
  }
  const looking = await recordingsIn(folder, names);
  const opened: Opened[] = [];
  const empty: string[] = [];
  for (const name of names) {
    if (looking.has(name)) continue;
    const table = names.length === 1 ? await openIn(opening, name) : await openFilled(opening, name);
    if (table) opened.push(table);
    else empty.push(name);
  }
  if (opened.length === 0)
    throw new FedReconError('manifest-empty', { manifest: names.slice(0, 10).join(', ') });
  const named = opened.length > 1 ? await namedTables(opened) : new Set();
  const tables = opened.filter(({ name }) => !named.has(name));
  const recordings = names.filter((name) => looking.has(name) || named.has(name));
  const table = await together(tables, given);
  return table && withNotes(table, empty, recordings);
}

/** How a table of a folder is opened. */
interface Opening {
  readonly folder: string;
  readonly given: ReadingSettings;
  isName(cell: string): boolean;
}

async function openIn({ folder, given, isName }: Opening, name: string): Promise<Opened> {
  const path = join(folder, name);
  const { size: bytes } = await stat(path);
  // Files of several folders may have one name, so that of the file alone would not say which is meant.
  const own = { ...given, encoding: await encodingFor(path, given) };
  const opened = await openTable(path, own, isName).catch((thrown: unknown) => {
    throw thrown instanceof FedReconError && thrown.detail.manifest !== undefined
      ? new FedReconError(thrown.code, { ...thrown.detail, manifest: name }, { cause: thrown })
      : thrown;
  });
  return { ...opened, name, path, bytes };
}

/** Encoding that a person has said, for those of the tables whose own is a guess: it would spoil the letters of the others. */
async function encodingFor(
  path: string,
  { encoding }: ReadingSettings,
): Promise<ReadingSettings['encoding']> {
  if (encoding === undefined) return undefined;
  const { encoding: found } = await surveyBytes(path);
  return found && sureEncodings.has(found.reason) ? found.value : encoding;
}

const sureEncodings: ReadonlySet<Reason> = new Set(['byte-order-mark', 'valid-throughout']);

/** A table of a folder; undefined where it has no rows, as that of a day without production. */
async function openFilled(opening: Opening, name: string): Promise<Opened | undefined> {
  if ((await stat(join(opening.folder, name))).size === 0) return undefined;
  const table = await openIn(opening, name).catch((thrown: unknown): undefined => {
    // Below a row that a person has named there may be none though the file has some.
    const isEmpty = thrown instanceof FedReconError && thrown.code === 'manifest-empty';
    if (!isEmpty || opening.given.header !== undefined) throw thrown;
  });
  if (!table || table.bytes > mostOfNames) return table;
  for await (const _first of table.rows()) return table;
  return undefined;
}

/** The tables as one, by what was said or can be seen of them. */
async function together(tables: readonly Opened[], given: ReadingSettings): Promise<OpenTable | undefined> {
  const names = tables.map(({ name }) => name);
  const as = (
    table: OpenTable,
    value: HowTogether['value'],
    confidence: number,
    reason: 'same-ids' | 'same-columns',
  ) =>
    found(
      table,
      given.tables === undefined ? { value, confidence, reason } : { value, confidence: 1, reason: 'given' },
      tables,
    );
  if (given.tables !== 'stack') {
    const joined = tables.length > 1 ? await openJoined(tables) : undefined;
    if (joined) return as(joined, 'join', 0.9, 'same-ids');
    if (given.tables === 'join') throw apart('join', names);
  }
  const isSaid = given.tables === 'stack';
  const stacked = await openStacked(tables, given, isSaid);
  if (stacked) return as(stacked, 'stack', stacked.doubts?.length ? 0.4 : 0.9, 'same-columns');
  if (isSaid) throw apart('stack', names);
  const sorts = await stacksOf(tables, given);
  const joined = sorts && (await openJoined(sorts));
  if (joined) return as(joined, 'join', 0.8, 'same-ids');
  const near = await idsNearlyMet(tables);
  if (near) throw near;
  return undefined;
}

type HowTogether = NonNullable<FoundReading['tables']>;

function found(
  table: OpenTable,
  tables: HowTogether,
  all: readonly FolderTable[],
  files: readonly string[] = all.map(({ name }) => name),
): OpenTable {
  // Of several encodings the one is shown that is the least sure, since that is to be checked.
  const [encoding] = all
    .flatMap(({ found: { encoding } }) => encoding ?? [])
    .toSorted((a, b) => a.confidence - b.confidence);
  return { ...table, found: { ...table.found, ...(encoding && { encoding }), files, tables } };
}

/** A table of several with what is to be said of the files that bring it no rows: each that has none, and recordings that no cell names. */
function withNotes(table: OpenTable, empty: readonly string[], recordings: readonly string[]): OpenTable {
  if (empty.length + recordings.length === 0) return table;
  const note = (
    code: 'table-empty' | 'recordings-unnamed',
    file: string,
    detail: ErrorDetail,
  ): ManifestRow => ({
    ...{ row: 1, isNoRow: true },
    problem: inTable({ row: 1, column: '', code, detail }, file),
  });
  async function* blocks(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]> {
    yield empty.map((file) => note('table-empty', file, {}));
    const unnamed = new Map(recordings.map((name) => [posix.basename(name), name]));
    for await (const rows of blocksOf(table, onBytes)) {
      yield rows;
      for (const row of rows) {
        if (unnamed.size === 0 || !('cells' in row)) continue;
        for (const cell of row.cells)
          if (signalEnding.test(cell)) unnamed.delete(cell.replace(/^.*[\\/]/, ''));
      }
    }
    const [first] = unnamed.values();
    if (first !== undefined) yield [note('recordings-unnamed', first, { count: unnamed.size })];
  }
  return { ...table, blocks, rows: (onBytes) => oneByOne(blocks(onBytes)) };
}

function apart(how: 'join' | 'stack', names: readonly string[]): FedReconError {
  return new FedReconError('tables-apart', { how, tables: names.slice(0, 10).join(', ') });
}

/** Tables of several sorts, those of one sort stacked; undefined where one stands by itself among them. */
async function stacksOf(
  tables: readonly Opened[],
  given: ReadingSettings,
): Promise<JoinableTable[] | undefined> {
  const sorts = [...Map.groupBy(tables, ({ names }) => names.map(plainName).sort().join('\n')).values()];
  if (sorts.length < 2 || sorts.some((own) => own.length < 2)) return undefined;
  const stacks: JoinableTable[] = [];
  for (const own of sorts) {
    const stack = await openStacked(own, given);
    if (!stack) return undefined;
    const bytes = own.reduce((sum, table) => sum + table.bytes, 0);
    stacks.push({ ...stack, name: own[0]!.name, bytes });
  }
  return stacks;
}
