import { type DecimalMark, parseNumber } from '../cells/numbers.ts';

/** Least share of a column's cells that must look alike. */
const alike = 0.8;

/** True if nearly all cells of a column fit. */
export function mostCells(cells: readonly string[], fits: (cell: string) => boolean): boolean {
  return cells.filter(fits).length >= alike * cells.length;
}

/** Number that a cell holds; NaN where it holds none. */
export function numberIn(cell: string, decimal: DecimalMark): number {
  try {
    return parseNumber(cell, decimal);
  } catch {
    return Number.NaN;
  }
}

/** True if values only increase, as row numbers (1, 2, 3, …) and time stamps do. */
export function isCounter(values: readonly number[]): boolean {
  return values.length > 2 && values.every((value, index) => index === 0 || value > values[index - 1]!);
}
