import { FedReconError } from '../../protocol/errors.ts';
import type { ModalityKind } from '../../protocol/kinds/index.ts';
import { type Nothing, usuallyNothing } from '../cells/nothing.ts';
import type { NumberMarks } from '../cells/numbers.ts';
import { isTimeName, plainName } from '../cells/series-names.ts';
import { isIdHeader, isIndexColumn, isOrderName, isSplitColumn } from '../data/names.ts';
import { numberedAs, oddNumbers } from '../data/numbered-columns.ts';
import { findIdentity } from '../data/part-identity.ts';
import { checkNames, type SaidColumns } from '../data/said-columns.ts';
import { columnKinds, trainingKind } from '../kinds/index.ts';

/** Measurement that a manifest seems to hold, before there is a plan: its columns and its number of values. */
export interface ColumnMeasurement {
  readonly kind: ModalityKind;
  /** Name in the header, without the number of the value. */
  readonly header: string;
  /** Indices of its columns: a single one, or one for each value in the order of the values. */
  readonly columns: readonly number[];
  /** Number of values of a part if they are numbers, 0 where files say it; else 1. */
  readonly length: number;
  /** True if the columns have names of their own, not one and a number each. */
  readonly isNamed?: true;
  /** True if the numbers of the columns are names: they do not count from 0 or 1 without a gap. */
  readonly keepsNames?: true;
}

export interface Understood {
  readonly id: number | undefined;
  readonly measurements: readonly ColumnMeasurement[];
}

interface ColumnSort {
  readonly kind: ModalityKind;
  readonly length: number;
}

/**
 * Finds out what the columns of a manifest hold from their names and first cells alone: images by the names of files,
 * signals by numbers (several in a cell, or numbered columns, or a column each), categories by few values that come
 * again and again, notes by words, or by the name of their column. Other columns of single words that do not repeat, counters and
 * empty columns are left out. What a person has said of a column holds.
 * @param series columns whose cells hold a series each
 * @param measured columns whose numbers have a unit
 * @throws FedReconError `column-missing`, `column-role`, `column-kind` for what was said
 */
export function understandColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  marksOf: (columns: readonly number[]) => NumberMarks,
  nothing: Nothing = usuallyNothing,
  series: ReadonlySet<number> = new Set(),
  said: SaidColumns = nothingSaid,
  measured: ReadonlySet<number> = new Set(),
): Understood {
  checkNames(header, said);
  const cells = header.map((_, index) =>
    rows.map((row) => row[index] ?? '').filter((cell) => !nothing.inText(cell)),
  );
  const identity = findIdentity(header, rows, () => true);
  const given = header.findIndex((name) => name === said.id || roleIn(said, name) === 'id');
  const found = said.id !== null && identity.reason === 'name' ? identity.column! : -1;
  const id = given < 0 ? found : given;
  const stems = header.map((name) => numberedAs(name)?.stem.toLowerCase());
  const sorts = header.map((_, index) => {
    const role = roleIn(said, header[index]!);
    if (index === id || role === 'ignore') return undefined;
    if (role !== undefined)
      return sortAs(role, header[index]!, cells[index]!, series.has(index), marksOf([index]));
    // A serial number that a spreadsheet has spoilt (4.9E+12) is no measurement either.
    if (isIdHeader(header[index]!) || isOrderName(header[index]!)) return undefined;
    if (isSplitColumn(header[index]!, cells[index]!)) return undefined;
    if (isIndexColumn(header[index]!, index, cells[index]!)) return undefined;
    const hasSiblings = stems[index] && stems.indexOf(stems[index]) !== stems.lastIndexOf(stems[index]);
    const traits = {
      ...{ isOneOfSeveral: Boolean(hasSiblings), isSeries: series.has(index) },
      // Seconds that rise by one count the rows too.
      hasUnit: measured.has(index) && !isTimeName(header[index]!),
    };
    return sortOf(header[index]!, cells[index]!, traits, marksOf([index]), nothing);
  });
  const measurements: ColumnMeasurement[] = [];
  const taken = new Set<number>();
  for (const [index, name] of header.entries()) {
    const sort = sorts[index];
    if (!sort || taken.has(index)) continue;
    const columns = numbered(header, sorts, index);
    for (const column of columns) taken.add(column);
    const stem = columns.length > 1 ? numberedAs(name)!.stem : name;
    const length = columns.length > 1 ? columns.length : sort.length;
    const odd = oddNumbers(columns.map((column) => header[column]!));
    const keepsNames = odd?.areNames === true;
    measurements.push({ kind: sort.kind, header: stem, columns, length, ...(keepsNames && { keepsNames }) });
  }
  return { id: id < 0 ? undefined : id, measurements };
}

const nothingSaid: SaidColumns = { columns: {}, id: undefined };

function roleIn({ columns }: SaidColumns, name: string): string | undefined {
  return Object.hasOwn(columns, name) ? columns[name] : undefined;
}

/** Kind and length of a column that a person has said the kind of. @throws FedReconError `column-role`, `column-kind` */
function sortAs(
  role: string,
  column: string,
  cells: readonly string[],
  isSeries: boolean,
  marks: NumberMarks,
): ColumnSort {
  const kind = columnKinds.find((one) => one === role);
  if (!kind) throw new FedReconError('column-role', { column, role, roles: columnKinds.join(', ') });
  const found = trainingKind({ kind }).understand(cells, marks, { isSeries, isSaid: true });
  if (!found) throw new FedReconError('column-kind', { column, kind });
  return { kind, ...found };
}

/** Kind and length of one column, which is first tried as one value of several where it has siblings; undefined where it is left out. */
function sortOf(
  name: string,
  cells: readonly string[],
  traits: { readonly isOneOfSeveral: boolean; readonly isSeries: boolean; readonly hasUnit: boolean },
  marks: NumberMarks,
  nothing: Nothing,
): ColumnSort | undefined {
  if (cells.length === 0) return undefined;
  const joining = columnKinds.filter((kind) => trainingKind({ kind }).joinsColumns);
  const isNote = isNoteName(name);
  for (const kind of traits.isOneOfSeveral ? [...joining, ...columnKinds] : columnKinds) {
    const own = trainingKind({ kind });
    const read = own.isReading ? cells.filter((cell) => !nothing.inReading(cell)) : cells;
    // Words for a failed reading alone say of no kind that it was measured.
    const found = read.length > 0 ? own.understand(read, marks, { ...traits, isNote }) : undefined;
    if (found) return { kind, ...found };
  }
  return undefined;
}

/** True if a column's name says that it holds notes: `note`, `備考 2`. */
function isNoteName(name: string): boolean {
  const { headers } = trainingKind({ kind: 'text' });
  return [name, numberedAs(name)?.stem ?? name].some((one) => headers.includes(plainName(one)));
}

/**
 * Siblings of a column: columns of single values that share its name but for the number, in its order, where their kind
 * joins them.
 */
function numbered(
  header: readonly string[],
  sorts: readonly (ColumnSort | undefined)[],
  index: number,
): number[] {
  const { kind, length } = sorts[index]!;
  const stem = numberedAs(header[index]!)?.stem.toLowerCase();
  if (!stem || length !== 1 || !trainingKind({ kind }).joinsColumns) return [index];
  const alikes = header.flatMap((name, column) => {
    const own = numberedAs(name);
    const fits =
      own?.stem.toLowerCase() === stem && sorts[column]?.kind === kind && sorts[column]?.length === 1;
    return fits ? [{ column, place: own.number }] : [];
  });
  return alikes.sort((a, b) => a.place - b.place).map(({ column }) => column);
}
