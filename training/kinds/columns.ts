import { type NumberMarks, parseNumber } from '../cells/numbers.ts';

/** Least share of a column's cells that must look alike. */
const alike = 0.8;

/** True if nearly all cells of a column fit. */
export function mostCells(cells: readonly string[], fits: (cell: string) => boolean): boolean {
  return cells.filter(fits).length >= alike * cells.length;
}

/** Number that a cell holds; NaN where it holds none. */
export function numberIn(cell: string, { decimal, thousands }: NumberMarks): number {
  try {
    return parseNumber(cell, decimal, thousands);
  } catch {
    return Number.NaN;
  }
}

/** Share of the steps of a row number that are one: of the rest a row was deleted. */
const stepsOfOne = 0.95;

/** 1, 2, 3, …: a row number. A measurement may rise from row to row too, but not by one each time. */
export function isCounter(values: readonly number[]): boolean {
  if (values.length < 3 || !values.every(Number.isInteger)) return false;
  const steps = values.slice(1).map((value, index) => value - values[index]!);
  return (
    steps.every((step) => step > 0) && steps.filter((step) => step === 1).length >= stepsOfOne * steps.length
  );
}

/** True if a cell is the way to a file and no sentence: `C:\\data\\scan 01.dat`, `images/a.csv`, `scan_01.npy`. */
export function isPath(cell: string): boolean {
  return (
    /^[^"*?<>|\n]*[\\/][^"*?<>|\\/\n]+\.[a-z0-9]{1,5}$/i.test(cell) ||
    dataFile.test(cell) ||
    /^\w+:\/\//.test(cell)
  );
}

const dataFile =
  /^[^"*?<>|\\/\n]{1,120}\.(csv|tsv|txt|npy|npz|wav|mp3|dat|bin|raw|pdf|xml|json|tdms|mat|h5|hdf5|mp4|avi|zip|log|xls[xm]?|docx?|parquet|png|jpe?g|bmp|tiff?|gif|webp)$/i;
