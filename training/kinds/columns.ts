import { type DecimalMark, parseNumber } from '../cells/numbers.ts';

/** Share of a column's cells that must look alike. */
const alike = 0.8;

/** Whether nearly all cells of a column fit. */
export function mostCells(cells: readonly string[], fits: (cell: string) => boolean): boolean {
  return cells.filter(fits).length >= alike * cells.length;
}

/** The number that a cell holds; NaN where it holds none. */
export function numberIn(cell: string, decimal: DecimalMark): number {
  try {
    return parseNumber(cell, decimal);
  } catch {
    return Number.NaN;
  }
}

/** 1, 2, 3, …: a row number, a time stamp. */
export function isCounter(values: readonly number[]): boolean {
  return values.length > 2 && values.every((value, index) => index === 0 || value > values[index - 1]!);
}
