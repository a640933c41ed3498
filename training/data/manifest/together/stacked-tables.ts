import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { FedReconError } from '../../../../protocol/errors.ts';
import { isTimeName, nameWithoutUnit, plainName } from '../../../cells/series-names.ts';
import { isSameUnit, unitIn } from '../../../cells/written-units.ts';
import { isIdHeader } from '../../names.ts';
import { asId } from '../../part-identity.ts';
import { inTable } from '../../problems.ts';
import { plainCell } from '../../seen-parts.ts';
import { uniqueNames } from '../column-names.ts';
import { idColumn } from '../long/long-columns.ts';
import type { OpenTable, StackedTables, TableFile } from '../open-table.ts';
import type { Found, ReadingSettings } from '../reading-settings.ts';
import { blocksOf, oneByOne } from '../row-blocks.ts';
import { firstCells, type ManifestRow } from '../rows.ts';
import { PlainRow } from '../text/plain-row.ts';
import { TypedRow } from '../typed-row.ts';
import { pooledMarks } from './pooled-marks.ts';

/** Table of a folder, opened. */
export interface FolderTable extends OpenTable {
  /** Relative to the folder, with slashes. */
  readonly name: string;
  readonly path: string;
}

/** Least share of all columns but the id that all of the tables have. */
const leastShared = 0.5;
/** Rows of each table by which it is seen whether its ids are another's. */
const rowsLooked = 1000;
/** Share of a table's ids that stand in another with other values from which they are no slips. */
const mostMet = 0.5;

/** Where a column of the stack lies in each table; −1 where a table lacks it. */
interface Stack {
  readonly tables: readonly FolderTable[];
  readonly names: readonly string[];
  readonly places: readonly (readonly number[])[];
}

/**
 * One table of several with the same columns, as a plant that writes a table each day has them: their rows one below the other, each
 * known by its file. The order of the columns may differ, and some may be missing in some files. A file that is the copy of another is
 * read once.
 * @param isSaid true where a person has said that they are stacked: then any shared column is enough
 * @returns undefined where their columns are not the same
 */
export async function openStacked(
  all: readonly FolderTable[],
  given: ReadingSettings,
  isSaid = false,
): Promise<OpenTable | undefined> {
  const byContent = Map.groupBy(all, ({ sha256 }) => sha256);
  const tables = all.filter((table) => byContent.get(table.sha256)![0] === table);
  const copies = all.filter((table) => !tables.includes(table)).map(({ name }) => name);
  const stack = align(tables);
  if (!stack || !areAlike(stack, isSaid)) return undefined;
  const { names, places } = stack;
  const id = idColumn(names, given);
  const isByTable = given.ids === 'by-table' && id >= 0;
  const own = [
    ...unitDoubts(stack),
    ...(isSaid ? [] : await recordingDoubts(stack)),
    ...(isSaid || isByTable || given.ids === 'unique' ? [] : await idDoubts(stack, id)),
  ];
  const doubts = [...tables.flatMap(({ doubts: ofTable = [] }) => ofTable), ...own];
  const ids: Found<'unique' | 'by-table'> =
    given.ids === undefined
      ? { value: 'unique', confidence: own.length > 0 ? 0.3 : 0.9, reason: 'usual' }
      : { value: given.ids, confidence: 1, reason: 'given' };
  const stacked: StackedTables = {
    ...{ files: tables.map(({ name }) => name), copies, ids },
    lacking: names.flatMap((column, index) => {
      const files = tables.filter((_, table) => places[table]![index]! < 0).map(({ name }) => name);
      return files.length > 0 ? [{ column, files }] : [];
    }),
  };
  const hash = createHash('sha256');
  for (const { name, sha256 } of tables) hash.update(`${name}\n${sha256}\n`);
  const labels = labelsOf(tables.map(({ name }) => name));
  async function* blocks(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]> {
    for (const [index, table] of tables.entries()) {
      const prefix = isByTable ? `${labels[index]}/` : '';
      yield* stackedRows(table, places[index]!, { id, prefix }, onBytes);
    }
  }
  return {
    found: { ...readingOf(tables), stacked },
    names,
    units: unitsOf(stack),
    sha256: hash.digest('hex'),
    files: new Map(tables.map(({ name, path, sha256 }): [string, TableFile] => [name, { path, sha256 }])),
    doubts,
    hasTextNumbers: tables.some(({ hasTextNumbers }) => hasTextNumbers),
    marksOf(used) {
      const judged = tables.flatMap((table, index) => {
        const own = [...used].map((column) => places[index]![column]!).filter((column) => column >= 0);
        if (own.length === 0 && used.size > 0) return [];
        const { marks, unclear } = table.marksOf(new Set(own));
        const back = (column: number) => places[index]!.indexOf(column);
        const delimiter = table.found.delimiter?.value;
        return [
          {
            ...{ table: table.name, delimiter, marks },
            unclear: unclear.map((one) => ({ ...one, column: back(one.column) })),
          },
        ];
      });
      return pooledMarks(judged);
    },
    blocks,
    rows: (onBytes) => oneByOne(blocks(onBytes)),
  };
}

/** How several tables are read: as the first whose cells are texts, which is the one that a person may correct. */
export function readingOf(tables: readonly Pick<OpenTable, 'found'>[]): OpenTable['found'] {
  return (tables.find(({ found }) => found.delimiter !== undefined) ?? tables[0]!).found;
}

/** Columns of all tables by name, in the order of the first, and where they lie in each. */
function align(tables: readonly FolderTable[]): Stack | undefined {
  const [first, ...others] = tables;
  if (others.length === 0)
    return { tables, names: first!.names, places: [first!.names.map((_, column) => column)] };
  const plain = keysOf(tables);
  if (plain.some((own) => new Set(own).size < own.length)) return undefined;
  const names: string[] = [];
  const known = new Set<string>();
  for (const [index, own] of plain.entries())
    for (const [column, name] of own.entries()) {
      if (known.has(name)) continue;
      known.add(name);
      names.push(tables[index]!.names[column]!);
    }
  const keys = [...known];
  return { tables, names, places: plain.map((own) => keys.map((name) => own.indexOf(name))) };
}

/** Names by which columns are the same: without their units, so that two tables that differ by these alone are told of it. */
function keysOf(tables: readonly FolderTable[]): readonly (readonly string[])[] {
  const plain = tables.map(({ names }) => uniqueNames(names).map(plainName));
  const bare = tables.map(({ names }) =>
    uniqueNames(names).map((name) => (unitIn(name) === undefined ? plainName(name) : nameWithoutUnit(name))),
  );
  // A table may give one quantity in two units.
  const twice = new Set(bare.flatMap((own) => own.filter((name, column) => own.indexOf(name) < column)));
  return bare.map((own, table) =>
    own.map((name, column) => (twice.has(name) ? plain[table]![column]! : name)),
  );
}

/** True if the tables have most of the columns in common, and an id where one of them has one. */
function areAlike({ tables, names, places }: Stack, isSaid: boolean): boolean {
  if (tables.length === 1) return true;
  const shared = names.filter((_, column) => places.every((own) => own[column]! >= 0));
  if (isSaid) return shared.length > 0;
  const measured = (columns: readonly string[]) => columns.filter((name) => !isIdHeader(name)).length;
  return (
    names.filter(isIdHeader).every((name) => shared.includes(name)) &&
    measured(shared) > 0 &&
    measured(shared) >= leastShared * measured(names)
  );
}

/** Unit of a column of the stack in one of its tables: by a row of units, or behind its name; empty where neither says one. */
function unitAt({ tables, places }: Stack, table: number, column: number): string {
  const own = places[table]![column]!;
  return tables[table]!.units?.[own] || (unitIn(tables[table]!.names[own] ?? '') ?? '');
}

/** Unit of each column, as the first table says it that does. */
function unitsOf(stack: Stack): string[] {
  return stack.names.map((_, column) => {
    const units = stack.tables.map((_, table) => unitAt(stack, table, column));
    return units.find((unit) => unit !== '') ?? '';
  });
}

/** Refusals of columns that two tables give in different units, or one of them with a unit behind its name and one without. */
function unitDoubts(stack: Stack): FedReconError[] {
  const { tables, names, places } = stack;
  return unitsOf(stack).flatMap((unit, column) => {
    if (unit === '') return [];
    const first = tables.findIndex((_, table) => unitAt(stack, table, column) === unit);
    const headings = tables.map(({ names: own }, table) => own[places[table]![column]!]);
    const isInName = headings.some((name) => name !== undefined && unitIn(name) !== undefined);
    const other = tables.findIndex((_, table) => {
      const own = unitAt(stack, table, column);
      return own === '' ? isInName && headings[table] !== undefined : !isSameUnit(own, unit);
    });
    if (other < 0) return [];
    const otherUnit = unitAt(stack, other, column);
    const unsaid = otherUnit === '' ? { otherUnit: 'no unit', otherUnitJa: '単位なし' } : { otherUnit };
    return [
      new FedReconError('stack-units', {
        ...{ column: names[column]!, unit, file: tables[first]!.name, ...unsaid, other: tables[other]!.name },
      }),
    ];
  });
}

/** Refusal of tables that are recordings of one part each: no id, and a single column, or times that rise as numbers. A time of day is none. */
async function recordingDoubts({ tables, names }: Stack): Promise<FedReconError[]> {
  const [first] = tables;
  const time = first!.names.findIndex(isTimeName);
  if (names.some(isIdHeader) || tables.length < 2) return [];
  const refuse = (column: string) => [new FedReconError('stack-recordings', { column, file: first!.name })];
  if (names.length === 1) return refuse(names[0]!);
  if (time < 0) return [];
  const looked = await firstCells(first!.rows(), rowsLooked);
  const times = looked.map((cells) => Number((cells[time] || 'none').replace(',', '.')));
  const rises = times.length > 1 && times.every((at, index) => index === 0 || at > times[index - 1]!);
  return rises ? refuse(first!.names[time]!) : [];
}

/** Refusal of ids that count anew in each table: too many of them stand in another one with other values. */
async function idDoubts({ tables, places }: Stack, id: number): Promise<FedReconError[]> {
  if (id < 0) return [];
  const known = new Map<string, { readonly row: number; readonly table: number; readonly cells: string }>();
  for (const [index, table] of tables.entries()) {
    let looked = 0;
    let met = 0;
    let first: FedReconError | undefined;
    for await (const row of oneByOne(stackedRows(table, places[index]!, { id, prefix: '' }))) {
      if (!('cells' in row)) continue;
      if (looked++ === rowsLooked) break;
      const own = asId(row.cells[id] ?? '');
      const cells = row.cells.map((cell, column) => (column === id ? own : plainCell(cell))).join('\u001f');
      const other = known.get(own);
      if (!other) known.set(own, { row: row.row, table: index, cells });
      else if (other.table !== index && other.cells !== cells) {
        met++;
        first ??= new FedReconError('stack-ids', {
          ...{ id: own, row: row.row, file: table.name },
          ...{ otherRow: other.row, other: tables[other.table]!.name },
        });
      }
    }
    if (first && met >= mostMet * looked) return [first];
  }
  return [];
}

/** What tells files apart, in short: their folders where all have one name, else their paths without their endings. */
function labelsOf(files: readonly string[]): string[] {
  const bare = (file: string) => file.replace(/\.[^./]*$/, '');
  const areFolders = new Set(files.map((file) => posix.basename(bare(file)))).size === 1;
  return files.map((file) => (areFolders && file.includes('/') ? posix.dirname(file) : bare(file)));
}

/** Rows of one table with the cells in the order of the stack. */
async function* stackedRows(
  table: FolderTable,
  places: readonly number[],
  { id, prefix }: { readonly id: number; readonly prefix: string },
  onBytes?: (bytes: number) => void,
): AsyncGenerator<readonly ManifestRow[]> {
  const { name } = table;
  const isInOrder = prefix === '' && places.every((place, column) => place === column);
  const stacked = (row: ManifestRow): ManifestRow => {
    if ('problem' in row) return { ...row, problem: inTable(row.problem, name) };
    if (isInOrder && (row instanceof PlainRow || row instanceof TypedRow)) {
      row.table = name;
      return row;
    }
    const cells = places.map((place) => (place < 0 ? '' : (row.cells[place] ?? '')));
    if (prefix !== '' && cells[id] !== '') cells[id] = `${prefix}${asId(cells[id]!)}`;
    return { row: row.row, cells, isDamaged: row.isDamaged ?? false, table: name };
  };
  for await (const rows of blocksOf(table, onBytes)) yield rows.map(stacked);
}
