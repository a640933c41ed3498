import { usuallyNothing } from '../../../cells/nothing.ts';

/** What rows of a table look like, from a sample: tells a line of a long text from a row. */
export interface RowShape {
  /** Cells of a row. */
  readonly width: number;
  /** True if a line, cut into cells, looks like a row of its own. @param line as it stands in the file */
  isRow(cells: readonly string[], line: string): boolean;
  /** True if a cell of that column may go on over several lines. */
  maySpan(column: number, cell: string): boolean;
}

/** Rows that are enough to say what a column holds. */
const enough = 4;
const alike = 0.9;

/**
 * @param rows cells of rows that stand on one line each
 * @param separated how such a row separates its cells, with a blank after the separator or without
 */
export function shapeOf(
  width: number,
  rows: readonly (readonly string[])[],
  separated: RegExp,
  lines: readonly string[],
): RowShape {
  // Asked of cells over several lines alone, which few tables have.
  const columns = once(() =>
    Array.from({ length: width }, (_, index) =>
      columnOf(rows.map((row) => row[index] ?? '').filter((cell) => !usuallyNothing.inText(cell))),
    ),
  );
  const isSpaced = once(
    () => lines.filter((line) => separated.test(line)).length > (1 - alike) * lines.length,
  );
  return {
    width,
    isRow: (cells, line) =>
      width > 1 &&
      cells.length === width &&
      (isSpaced() || !separated.test(line)) &&
      cells.every((cell, index) => usuallyNothing.inText(cell) || columns()[index]!.fits(cell)),
    maySpan: (column, cell) => columns()[column]?.maySpan(cell) ?? true,
  };
}

/** What is found out when it is asked for first. */
function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

interface ColumnShape {
  fits(cell: string): boolean;
  maySpan(cell: string): boolean;
}

function columnOf(cells: readonly string[]): ColumnShape {
  const anything = { fits: () => true, maySpan: () => true };
  if (cells.length < enough) return anything;
  const most = (test: (cell: string) => boolean) => cells.filter(test).length >= alike * cells.length;
  if (most(areNumbers)) return { fits: areNumbers, maySpan: areNumbers };
  if (!most(isToken)) return anything;
  const patterns = new Set(cells.map(patternOf));
  const isPatterned = patterns.size <= cells.length / enough;
  const fits = (cell: string) => isToken(cell) && (!isPatterned || patterns.has(patternOf(cell)));
  return { fits, maySpan: () => false };
}

/** Numbers in any notation, one or several. */
export function areNumbers(cell: string): boolean {
  return /^[-+\d\s.,;|[\]'eE%]+$/.test(cell) && /\d/.test(cell);
}

/** Word without blanks: an id, the name of a file, a value of a list. */
function isToken(cell: string): boolean {
  return cell.length <= 80 && !/\s/.test(cell);
}

/** `A-12` → `a-9`: what cells of one sort share. */
export function patternOf(cell: string): string {
  return cell.replace(/\p{N}+/gu, '9').replace(/\p{L}+/gu, 'a');
}
