import { calibrationSizes } from '../../protocol/calibration/lengths.ts';
import type { Statistics } from '../../protocol/calibration/statistics.ts';

/** Distances: counts of held-out parts by how far they are from those that the error model learned from. */
export interface Distances extends Statistics {
  readonly counts: Float64Array;
}

/** Bins over the logarithm of the leverage, from e^`least` to e^`most`; what lies beyond is counted in the outermost. */
const least = -8;
const most = 4;
const { bins } = calibrationSizes;

/** Distances of held-out parts. @param leverages theirs */
export function distancesOf(leverages: readonly number[]): Distances {
  const counts = new Float64Array(bins);
  for (const leverage of leverages) counts[binOf(leverage)]!++;
  return { counts };
}

/**
 * Familiarity: the share of known parts that are at least as far out as this one, a conformal p-value (Bates et al.,
 * arXiv 2104.08279), so of known parts at most the share α has one of α or less. It is small for parts unlike any that
 * the federation learned from, and for broken measurements.
 */
export function familiarity({ counts }: Distances, leverage: number): number {
  const bin = binOf(leverage);
  let [beyond, total] = [0, 0];
  for (const [place, count] of counts.entries()) {
    total += count;
    if (place >= bin) beyond += count;
  }
  return (beyond + 1) / (total + 1);
}

function binOf(leverage: number): number {
  const place = ((Math.log(Math.max(leverage, Number.MIN_VALUE)) - least) / (most - least)) * bins;
  return Math.max(0, Math.min(bins - 1, Math.floor(place)));
}
