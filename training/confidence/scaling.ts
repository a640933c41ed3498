import type { Statistics } from '../../protocol/calibration/statistics.ts';
import { row, type Table } from '../learning/row-table.ts';

/** Sums of columns, from which their centres and widths follow. */
export interface ColumnSums extends Statistics {
  /** Number of rows: one value. */
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/** Centre and width of each column of features, the same for all plants. */
export interface Scaling {
  readonly centre: Float64Array;
  readonly width: Float64Array;
}

/**
 * Largest distance from the centre, in widths; values beyond are clipped, so that one outlier does not outweigh
 * everything else.
 */
const limit = 6;
const leastWidth = 1e-6;

export function columnSums(table: Table, parts: Uint32Array): ColumnSums {
  const sum = new Float64Array(table.width);
  const squares = new Float64Array(table.width);
  for (const part of parts)
    for (const [column, value] of row(table, part).entries()) {
      sum[column]! += value;
      squares[column]! += value * value;
    }
  return { count: Float64Array.of(parts.length), sum, squares };
}

export function scalingOf({ count, sum, squares }: ColumnSums): Scaling {
  const centre = sum.map((value) => value / count[0]!);
  const width = squares.map((value, column) =>
    Math.max(leastWidth, Math.sqrt(Math.max(0, value / count[0]! - centre[column]! ** 2))),
  );
  return { centre, width };
}

/** Scales one row: widths from the centre, clipped. */
export function scaled(values: ArrayLike<number>, { centre, width }: Scaling): Float64Array {
  return Float64Array.from(values, (value, column) =>
    Math.max(-limit, Math.min(limit, (value - centre[column]!) / width[column]!)),
  );
}
