import { createHash } from 'node:crypto';
import { FedReconError } from '../../../../protocol/errors.ts';
import { areSameMarks, type NumberMarks } from '../../../cells/numbers.ts';
import { plainName } from '../../../cells/series-names.ts';
import { isIdHeader } from '../../names.ts';
import { areNear, idKey } from '../../near-ids.ts';
import { asId } from '../../part-identity.ts';
import { type JudgedMarks, marksIn } from '../numbers/number-marks.ts';
import type { OpenTable } from '../open-table.ts';
import { blocksOf, oneByOne } from '../row-blocks.ts';
import { cellOf, type ManifestRow, type ReadableRow, type RowPlace } from '../rows.ts';
import { JoinedRow } from './joined-row.ts';
import { readingOf } from './stacked-tables.ts';

/** What the tables beside the first may take: they are held in memory, by id. */
const mostBytes = 1 << 26;
/** Tables of which fewer ids meet are about different parts. */
const leastMet = 0.5;
/** Rows of each table by which ids that nearly meet are found. */
const rowsLooked = 1000;

/** Table that may be joined: a file, or several files of the same columns. */
export interface JoinableTable extends OpenTable {
  /** Name before a person, relative to the folder. */
  readonly name: string;
  readonly bytes: number;
}

interface Opened extends JoinableTable {
  /** Column of the id. */
  readonly id: number;
}

/** Table beside the first: its rows by id, and the problems of rows that could not be read. */
interface Beside {
  readonly table: Opened;
  readonly byId: ReadonlyMap<string, ReadableRow>;
  readonly problems: readonly ManifestRow[];
}
/**
 * One table of several that measure the same parts, one file a sensor. They are joined only where nothing is left to guess: each has an
 * id column under the same usual name, no other name occurs twice, no id comes twice in a file, at least half of the ids meet, and none
 * nearly meets another (`0001` and `1`).
 * @param all the first one gives the rows; parts that only others know come after them
 * @returns undefined where they cannot be joined so
 */
export async function openJoined(all: readonly JoinableTable[]): Promise<OpenTable | undefined> {
  if (all.slice(1).reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) return undefined;
  const tables: Opened[] = [];
  for (const table of all) {
    const ids = table.names.flatMap((name, column) => (isIdHeader(name) ? [column] : []));
    if (ids.length !== 1) return undefined;
    tables.push({ ...table, id: ids[0]! });
  }
  const [first, ...others] = tables as [Opened, ...Opened[]];
  const idName = plainName(first.names[first.id]!);
  const names = tables.flatMap(({ names: own, id }) => own.filter((_, column) => column !== id));
  if (tables.some(({ names: own, id }) => plainName(own[id]!) !== idName)) return undefined;
  if (new Set([idName, ...names.map(plainName)]).size !== names.length + 1) return undefined;
  const beside: Beside[] = [];
  for (const table of others) {
    const read = await readBeside(table);
    if (!read) return undefined;
    beside.push(read);
  }
  if (!(await doMeet(first, beside))) return undefined;
  const places = placesOf(first, others);
  const hash = createHash('sha256');
  for (const { name, sha256 } of tables) hash.update(`${name}\n${sha256}\n`);
  return {
    found: { ...readingOf(tables), joined: tables.map(({ name }) => name) },
    names: places.map(({ table, column }) => table.names[column]!),
    units: places.map(({ table, column }) => table.units?.[column] ?? ''),
    ...(first.files && { files: first.files }),
    doubts: tables.flatMap(({ doubts = [] }) => doubts),
    sha256: hash.digest('hex'),
    hasTextNumbers: tables.some(({ hasTextNumbers }) => hasTextNumbers),
    marksOf: (used) => joinedMarks(places, used),
    blocks: (onBytes) => joinedRows(first, beside, onBytes),
    rows: (onBytes) => oneByOne(joinedRows(first, beside, onBytes)),
  };
}

async function readBeside(table: Opened): Promise<Beside | undefined> {
  const byId = new Map<string, ReadableRow>();
  const problems: ManifestRow[] = [];
  for await (const rows of blocksOf(table))
    for (const row of rows) {
      if ('problem' in row) {
        problems.push(inOwnTable(row, table));
        continue;
      }
      const id = asId(cellOf(row, table.id));
      if (byId.has(id)) return undefined;
      byId.set(id, row);
    }
  return { table, byId, problems };
}

/** A row that could not be read, with the file that it stands in; of a stack it has that already. */
function inOwnTable(row: Extract<ManifestRow, { problem: unknown }>, { name }: Opened): ManifestRow {
  const { problem } = row;
  return { ...row, problem: { ...problem, detail: { table: name, ...problem.detail } } };
}

/** Ids of two tables that nearly meet, which keeps the tables apart: `0001` and `1`; undefined where there are none. */
export async function idsNearlyMet(all: readonly JoinableTable[]): Promise<FedReconError | undefined> {
  const known = new Map<string, { readonly id: string; readonly file: string }>();
  for (const { name: file, names, rows } of all) {
    const column = names.findIndex(isIdHeader);
    if (column < 0) continue;
    let looked = 0;
    for await (const row of rows()) {
      if (!('cells' in row)) continue;
      if (++looked > rowsLooked) break;
      const id = asId(row.cells[column] ?? '');
      const near = known.get(idKey(id));
      if (near && areNear(near.id, id) && near.file !== file)
        return new FedReconError('join-ids', { id, file, known: near.id, other: near.file });
      if (!near && id !== '') known.set(idKey(id), { id, file });
    }
  }
  return undefined;
}

/** True if the tables are about the same parts, and no id nearly meets one of another table. */
async function doMeet(first: Opened, beside: readonly Beside[]): Promise<boolean> {
  const here = new Set<string>();
  for await (const rows of blocksOf(first))
    for (const row of rows) if ('cells' in row) here.add(asId(cellOf(row, first.id)));
  const byKey = new Map<string, string>();
  for (const id of here) byKey.set(idKey(id), id);
  for (const { byId } of beside) {
    const ids = [...byId.keys()];
    const met = ids.filter((id) => here.has(id)).length;
    if (met < leastMet * Math.min(ids.length, here.size)) return false;
    for (const id of ids) {
      const known = byKey.get(idKey(id));
      if (known !== undefined && areNear(known, id) && !here.has(id)) return false;
      byKey.set(idKey(id), id);
    }
  }
  return true;
}

async function* joinedRows(
  first: Opened,
  beside: readonly Beside[],
  onBytes?: (bytes: number) => void,
): AsyncGenerator<readonly ManifestRow[]> {
  const met = new Set<string>();
  const tables = [first, ...beside.map(({ table }) => table)];
  const columns = placesOf(first, tables.slice(1)).map(({ table, column }) => ({
    table: tables.indexOf(table),
    column,
  }));
  const join = (id: string, base: ReadableRow | undefined): ManifestRow => {
    const rows = [base, ...beside.map(({ byId }) => byId.get(id))];
    met.add(id);
    const placeOf = (index: number): RowPlace | undefined => {
      const own = rows[index];
      return own && { row: own.row, table: own.table ?? tables[index]!.name };
    };
    return new JoinedRow({ id, column: first.id }, rows, columns, placeOf, first.files === undefined);
  };
  for await (const rows of blocksOf(first, onBytes))
    yield rows.map((row) =>
      'problem' in row ? inOwnTable(row, first) : join(asId(cellOf(row, first.id)), row),
    );
  for (const { problems } of beside) yield problems;
  for (const { byId } of beside) for (const id of byId.keys()) if (!met.has(id)) yield [join(id, undefined)];
}

/** Columns of the joined table, each with the table and the column that it comes from. */
function placesOf(first: Opened, others: readonly Opened[]): { table: Opened; column: number }[] {
  const all = (table: Opened) => table.names.map((_, column) => ({ table, column }));
  return [
    ...all(first),
    ...others.flatMap((table) => all(table).filter(({ column }) => column !== table.id)),
  ];
}

/** Each file may write its numbers in its own way, and is read so. */
function joinedMarks(
  places: readonly { readonly table: Opened; readonly column: number }[],
  used: ReadonlySet<number>,
): JudgedMarks {
  const asked = used.size > 0 ? [...used] : [0];
  const groups = [...Map.groupBy(asked, (place) => places[place]!.table)];
  const judged = groups.map(([table, own]) => {
    const columns = used.size > 0 ? own.map((place) => places[place]!.column) : [];
    const back = (column: number) =>
      places.findIndex((place) => place.table === table && place.column === column);
    const found = table.marksOf(new Set(columns));
    const unclear = found.unclear.map((one) => ({ table: table.name, ...one, column: back(one.column) }));
    return { ...found, table, unclear };
  });
  const { marks } = judged[0]!;
  const byTable = new Map<string, NumberMarks>();
  for (const { table, ...own } of judged)
    for (const file of table.files?.keys() ?? [table.name]) {
      const written = marksIn(own, file);
      if (!areSameMarks(written, marks.value)) byTable.set(file, written);
    }
  return { marks, unclear: judged.flatMap(({ unclear }) => unclear), ...(byTable.size > 0 && { byTable }) };
}
