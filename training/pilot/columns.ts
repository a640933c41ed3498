import { type DecimalMark, isMissing, parseNumber, splitNumbers } from '../cells/numbers.ts';
import { wordsOf } from '../cells/words.ts';
import { isIdHeader } from '../data/guess.ts';

/** A measurement that a manifest seems to hold, before there is a plan: its columns, and how many values it has. */
export interface ColumnMeasurement {
  readonly kind: 'image' | 'signal' | 'text';
  /** What the header calls it, without the number of the value. */
  readonly header: string;
  /** Indices of its columns: one, or one a value in the order of the values. */
  readonly columns: readonly number[];
  /** Signal: values of a part. */
  readonly length: number;
}

export interface Understood {
  readonly id: number | undefined;
  readonly measurements: readonly ColumnMeasurement[];
}

/** Share of a column's cells that must look alike. */
const alike = 0.8;

type ColumnSort =
  | { readonly sort: 'image' | 'text' | 'number' }
  | { readonly sort: 'signal'; readonly length: number };

/**
 * Says what the columns of a manifest hold from their names and first cells alone: pictures by the names of files,
 * signals by numbers (several in a cell, or numbered columns, or a column each), notes by words. A column of single words,
 * of a counter or of nothing is left out.
 */
export function understandColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  decimal: DecimalMark,
): Understood {
  const cells = header.map((_, index) =>
    rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell)),
  );
  const id = header.findIndex((name) => isIdHeader(name));
  const sorts = header.map((_, index) => (index === id ? undefined : sortOf(cells[index]!, decimal)));
  const measurements: ColumnMeasurement[] = [];
  const taken = new Set<number>();
  for (const [index, name] of header.entries()) {
    const sort = sorts[index];
    if (!sort || taken.has(index)) continue;
    const columns = sort.sort === 'number' ? numbered(header, sorts, index) : [index];
    for (const column of columns) taken.add(column);
    const { length } = sort.sort === 'signal' ? sort : columns;
    const stem = columns.length > 1 ? numberedName.exec(name)![1]! : name;
    measurements.push({ kind: sort.sort === 'number' ? 'signal' : sort.sort, header: stem, columns, length });
  }
  return { id: id < 0 ? undefined : id, measurements };
}

const tests: readonly ((cells: readonly string[], decimal: DecimalMark) => ColumnSort | undefined)[] = [
  (cells) => (most(cells, (cell) => /\.(png|jpe?g|bmp|tiff?)$/i.test(cell)) ? { sort: 'image' } : undefined),
  (cells, decimal) => {
    if (!most(cells, (cell) => isNumber(cell, decimal))) return undefined;
    return isCounter(cells.map((cell) => numberOf(cell, decimal))) ? undefined : { sort: 'number' };
  },
  (cells, decimal) => {
    const length = commonest(cells.map((cell) => splitNumbers(cell, true).length));
    const fits = (cell: string) => {
      const tokens = splitNumbers(cell, true);
      return tokens.length === length && tokens.every((token) => isNumber(token, decimal));
    };
    return length > 1 && most(cells, fits) ? { sort: 'signal', length } : undefined;
  },
  (cells) =>
    most(cells, (cell) => wordsOf(cell, 2).length > 1 && /\p{L}/u.test(cell)) ? { sort: 'text' } : undefined,
];

function sortOf(cells: readonly string[], decimal: DecimalMark): ColumnSort | undefined {
  if (cells.length === 0) return undefined;
  for (const test of tests) {
    const found = test(cells, decimal);
    if (found) return found;
  }
  return undefined;
}

function most(cells: readonly string[], fits: (cell: string) => boolean): boolean {
  return cells.filter(fits).length >= alike * cells.length;
}

function numberOf(cell: string, decimal: DecimalMark): number {
  try {
    return parseNumber(cell, decimal);
  } catch {
    return Number.NaN;
  }
}

function isNumber(cell: string, decimal: DecimalMark): boolean {
  return !Number.isNaN(numberOf(cell, decimal));
}

/** 1, 2, 3, …: a row number, a time stamp. */
function isCounter(values: readonly number[]): boolean {
  return values.length > 2 && values.every((value, index) => index === 0 || value > values[index - 1]!);
}

function commonest(values: readonly number[]): number {
  const groups = [...Map.groupBy(values, (value) => value)];
  return groups.reduce(
    (best, group) => (group[1].length > best[1].length ? group : best),
    [0, [] as number[]],
  )[0];
}

/** `gauge_12`, `gauge[12]`, `gauge 12`. */
const numberedName = /^(.*?)[-_. [(#]*(\d+)[\])]*$/;

/** The columns of numbers that share this one's name but for the number, in its order. */
function numbered(
  header: readonly string[],
  sorts: readonly (ColumnSort | undefined)[],
  index: number,
): number[] {
  const stem = numberedName.exec(header[index]!)?.[1];
  if (!stem) return [index];
  const alikes = header.flatMap((name, column) => {
    const match = numberedName.exec(name);
    const fits = match?.[1] === stem && sorts[column]?.sort === 'number';
    return fits ? [{ column, place: Number(match[2]) }] : [];
  });
  return alikes.sort((a, b) => a.place - b.place).map(({ column }) => column);
}
