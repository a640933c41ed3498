import { spread } from './spread.ts';
import { quantile, variance } from './statistics.ts';

/** Least number of parts for judging values. */
const leastParts = 8;
const mostParts = 400;
/** Largest number of unlike values; more of them side by side are a spectrum or a profile. */
const mostUnlike = 64;
/** Least spread of a value, as a share of what all of them span, that is not lost in a scale common to all. */
const leastShare = 0.1;
/** Quantiles between which a value is spread: outliers say nothing. */
const tails = [0.02, 0.98] as const;
/** Least number of values of a profile. */
const leastProfile = 8;
/** Largest difference of neighbours in a profile, as a share of that of any two of its values (mean squares). */
const smooth = 0.25;
/** Least median correlation of neighbours in a profile. */
const leastCorrelation = 0.5;

/**
 * True if values side by side are quantities of their own, such as an area beside a count, and not readings of one sort: the
 * spread of some would be lost in a common scale. A profile is not, though its ends may hardly move: its neighbours are alike.
 * @param rows values of each part, equally many, all of them finite
 */
export function areUnlike(rows: readonly ArrayLike<number>[]): boolean {
  const length = rows[0]?.length ?? 0;
  if (rows.length < leastParts || length < 2 || length > mostUnlike) return false;
  const sample = spread(rows, mostParts);
  const columns = Array.from({ length }, (_, place) => Float64Array.from(sample, (row) => row[place]!));
  const extents = columns.map(extentOf).filter(([low, high]) => high > low);
  if (extents.length === 0) return false;
  const whole = Math.max(...extents.map(([, high]) => high)) - Math.min(...extents.map(([low]) => low));
  const narrowest = Math.min(...extents.map(([low, high]) => high - low));
  return narrowest < leastShare * whole && !isProfile(sample, columns);
}

/** Extent of most parts' values; of all where most are equal, as counts that are nearly always 0. */
function extentOf(values: Float64Array): [low: number, high: number] {
  const [low, high] = [quantile(values, tails[0]), quantile(values, tails[1])];
  return high > low ? [low, high] : [quantile(values, 0), quantile(values, 1)];
}

function isProfile(rows: readonly ArrayLike<number>[], columns: readonly Float64Array[]): boolean {
  const { length } = columns;
  if (length < leastProfile) return false;
  let [neighbours, pairs] = [0, 0];
  for (const row of rows) {
    for (let place = 1; place < length; place++)
      neighbours += (row[place]! - row[place - 1]!) ** 2 / (length - 1);
    // The mean squared difference of all pairs is twice the variance.
    pairs += (2 * length * variance(row)) / (length - 1);
  }
  if (neighbours >= smooth * pairs) return false;
  const together = columns.slice(1).flatMap((column, place) => correlation(columns[place]!, column) ?? []);
  return quantile(together, 0.5) > leastCorrelation;
}

/** Pearson's correlation; undefined where one of them does not vary. */
function correlation(a: Float64Array, b: Float64Array): number | undefined {
  const scale = Math.sqrt(variance(a) * variance(b));
  if (!(scale > 0)) return undefined;
  const sums = a.map((value, place) => value + b[place]!);
  return (variance(sums) - variance(a) - variance(b)) / (2 * scale);
}
