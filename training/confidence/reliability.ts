import { calibrationSizes } from '../../protocol/calibration/lengths.ts';
import type { Statistics } from '../../protocol/calibration/statistics.ts';
import type { ExpectedError } from './error-model.ts';

/** Surprises: counts of parts by how far their error was from the expected one, in expected deviations. */
export interface Surprises extends Statistics {
  /** Counts of parts that the error model learned from, each as if it had been left out. */
  readonly learned: Float64Array;
  /** Counts of held-out parts. */
  readonly held: Float64Array;
}

/** Bins from −`reach` to `reach` deviations; what lies further out is counted in the outermost. */
const reach = 6;
const { bins } = calibrationSizes;

/** Error of a part beside the expected one. */
export interface ObservedError {
  readonly logError: number;
  readonly expected: ExpectedError;
}

/** Surprises of parts. @param learned parts that the error model learned from @param held parts that it did not */
export function surprisesOf(learned: readonly ObservedError[], held: readonly ObservedError[]): Surprises {
  return { learned: surpriseCounts(learned.map(leftOut)), held: surpriseCounts(held.map(surprise)) };
}

function surprise({ logError, expected }: ObservedError): number {
  return (logError - expected.logError) / expected.deviation;
}

/**
 * Surprise of a part, as {@link surprise}, had the model not learned from it: with h = φᵀ(Σφφᵀ + λI)⁻¹φ, e/(1 − h) in
 * deviations σ·√(1 + h/(1 − h)) (Cook and Weisberg, Residuals and Influence in Regression, 1982).
 */
function leftOut({ logError, expected }: ObservedError): number {
  const { leverage, deviation } = expected;
  const noise = deviation / Math.sqrt(1 + leverage);
  return (logError - expected.logError) / (noise * Math.sqrt(Math.max(1e-3, 1 - leverage)));
}

/** Counts of parts by their surprise. @param surprises (log error − expected) / deviation */
export function surpriseCounts(surprises: readonly number[]): Float64Array {
  const counts = new Float64Array(bins);
  for (const value of surprises) counts[Math.max(0, Math.min(bins - 1, Math.floor(placeOf(value))))]!++;
  return counts;
}

/**
 * Confidence: the probability that a part's error is at most `tolerance`. It is the frequency of parts with no larger
 * surprise, so it can be checked by counting. It holds for any tolerance. Held-out parts, which are few, say where
 * surprises lie and how wide they spread; the form of their distribution comes from the many that the model learned
 * from.
 */
export function withinTolerance(
  { learned, held }: Surprises,
  { logError, deviation }: ExpectedError,
  tolerance: number,
): number {
  const [from, to] = [centreAndSpread(held), centreAndSpread(learned)];
  const surprise = (Math.log(tolerance) - logError) / deviation;
  const place = placeOf(to.centre + ((surprise - from.centre) / from.spread) * to.spread);
  let below = 0;
  for (let bin = 0; bin < bins; bin++) below += learned[bin]! * Math.max(0, Math.min(1, place - bin));
  // Laplace's rule: with few parts no frequency is 0 or 1.
  return (below + 1) / (to.total + 2);
}

/** Mean and standard deviation of counted surprises. */
export function centreAndSpread(counts: ArrayLike<number>): {
  total: number;
  centre: number;
  spread: number;
} {
  let [total, sum, squares] = [0, 0, 0];
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    const value = ((bin + 0.5) / bins) * 2 * reach - reach;
    total += count;
    sum += count * value;
    squares += count * value * value;
  }
  const centre = sum / Math.max(1, total);
  return { total, centre, spread: Math.sqrt(Math.max(1e-2, squares / Math.max(1, total) - centre ** 2)) };
}

function placeOf(surprise: number): number {
  return ((surprise + reach) / (2 * reach)) * bins;
}
