import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FedReconError } from '../../../protocol/errors.ts';
import { plainName } from '../names.ts';
import { type JoinableTable, openJoined } from './joined-table.ts';
import type { FoundReading, OpenTable } from './open-table.ts';
import type { ReadingSettings } from './reading-settings.ts';
import { type FolderTable, openStacked } from './stacked-tables.ts';
import { openTable } from './table-formats.ts';

type Opened = FolderTable & JoinableTable;

/**
 * Opens the tables of a folder as one: joined by id where each measures something else, stacked where they have the same columns, stacks
 * of several sorts joined by id; or the one that a person has named. What a person has said of it holds.
 * @param names the tables, relative to the folder, the one that is called parts first
 * @returns undefined where nothing says how they belong together
 * @throws FedReconError `manifest-missing`, `tables-apart`, and of a table that cannot be read
 */
export async function openTogether(
  folder: string,
  names: readonly string[],
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): Promise<OpenTable | undefined> {
  const open = async (name: string): Promise<Opened> => {
    const path = join(folder, name);
    return { ...(await openTable(path, given, isName)), name, path, bytes: (await stat(path)).size };
  };
  const found = (
    table: OpenTable,
    value: NonNullable<FoundReading['tables']>['value'],
    confidence: number,
    reason: 'same-ids' | 'same-columns',
  ): OpenTable => {
    const isGiven = given.table !== undefined || given.tables !== undefined;
    const tables = isGiven
      ? ({ value, confidence: 1, reason: 'given' } as const)
      : { value, confidence, reason };
    return { ...table, found: { ...table.found, files: names, tables } };
  };
  if (given.table !== undefined) {
    if (!names.includes(given.table))
      throw new FedReconError('manifest-missing', { folder, manifest: given.table });
    return found((await openStacked([await open(given.table)], given, true))!, 'one', 1, 'same-columns');
  }
  const tables: Opened[] = [];
  for (const name of names) tables.push(await open(name));
  if (given.tables !== 'stack') {
    const joined = tables.length > 1 ? await openJoined(tables) : undefined;
    if (joined) return found(joined, 'join', 0.9, 'same-ids');
    if (given.tables === 'join') throw apart('join', names);
  }
  const isSaid = given.tables === 'stack';
  const stacked = await openStacked(tables, given, isSaid);
  if (stacked) return found(stacked, 'stack', stacked.doubts?.length ? 0.4 : 0.9, 'same-columns');
  if (isSaid) throw apart('stack', names);
  const sorts = await stacksOf(tables, given);
  const joined = sorts && (await openJoined(sorts));
  return joined && found(joined, 'join', 0.8, 'same-ids');
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
