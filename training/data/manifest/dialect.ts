import { parse } from 'csv-parse/sync';
import type { DecimalMark } from '../../cells/numbers.ts';

export type Delimiter = ',' | ';' | '\t';

/** Dialect of a CSV file. */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly decimal: DecimalMark;
}

/** Options of csv-parse that forgive stray quotation marks, uneven rows and records that cannot be read. */
export const tolerant = {
  relax_column_count: true,
  relax_quotes: true,
  skip_records_with_error: true,
  bom: true,
} as const;

const delimiters: readonly Delimiter[] = [',', ';', '\t'];
const headRows = 100;

/** Finds the dialect of a CSV file from the beginning of its text. */
export function detectDialect(head: string): Dialect {
  const tables = delimiters.map((delimiter) => ({
    delimiter,
    rows: parse(head, { ...tolerant, delimiter, to: headRows }),
  }));
  const best = tables.reduce((a, b) => (evenness(b.rows) > evenness(a.rows) ? b : a));
  return { delimiter: best.delimiter, decimal: decimalMark(best.rows, best.delimiter) };
}

/** Evenness of a table: cells beyond the first that rows share with the header. The right delimiter maximises it. */
function evenness(rows: readonly string[][]): number {
  const width = rows[0]?.length ?? 0;
  return rows.filter((row) => row.length === width).length * (width - 1);
}

/**
 * Decimal mark of a table: the one seen more often inside numbers; without any fraction, the one that goes with the
 * delimiter.
 */
function decimalMark(rows: readonly string[][], delimiter: Delimiter): DecimalMark {
  const tokens = rows.slice(1).flatMap((row) => row.flatMap((cell) => cell.split(/[\s;|]+/)));
  const commas = tokens.filter((token) => /^[-+]?\d+,\d+$/.test(token)).length;
  const points = tokens.filter((token) => /^[-+]?\d*\.\d+(e[-+]?\d+)?$/i.test(token)).length;
  if (commas === points) return delimiter === ';' ? ',' : '.';
  return commas > points ? ',' : '.';
}
