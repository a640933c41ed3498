import type { Statistics } from './additive.ts';
import type { ExpectedError } from './error-model.ts';

/** Counts of calibration parts by how far their error was from the expected one, in expected deviations. */
export interface Surprises extends Statistics {
  readonly counts: Float64Array;
}

/** Bins from −`reach` to `reach` deviations; what lies further out is counted in the outermost. */
const reach = 6;
const bins = 120;

/** @param logErrors of calibration parts, which no model was trained on @param expected of the same */
export function surprisesOf(logErrors: readonly number[], expected: readonly ExpectedError[]): Surprises {
  const counts = new Float64Array(bins);
  for (const [part, { logError, deviation }] of expected.entries()) {
    const place = placeOf((logErrors[part]! - logError) / deviation);
    counts[Math.max(0, Math.min(bins - 1, Math.floor(place)))]!++;
  }
  return { counts };
}

/**
 * The probability that a part's error is at most `tolerance`: the frequency with which calibration parts were surprised by
 * no more, so a number that can be checked by counting. It holds for any tolerance.
 */
export function withinTolerance(
  { counts }: Surprises,
  { logError, deviation }: ExpectedError,
  tolerance: number,
): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const place = placeOf((Math.log(tolerance) - logError) / deviation);
  let below = 0;
  for (let bin = 0; bin < bins; bin++) below += counts[bin]! * Math.max(0, Math.min(1, place - bin));
  // Laplace's rule: with few parts no frequency is 0 or 1.
  return (below + 1) / (total + 2);
}

function placeOf(surprise: number): number {
  return ((surprise + reach) / (2 * reach)) * bins;
}
