import type { TargetCard } from '../../protocol/model-card.ts';
import { rankCorrelation } from '../measures/rank-correlation.ts';
import { mean } from '../measures/statistics.ts';

/** Half width of the interval in standard deviations: 90 % of a normal distribution. */
export const halfWidth = { sigmas: 1.645, nominal: 0.9 };
/** Fewer parts than these in a bin tell nothing. */
const leastInBin = 10;
const mostBins = 5;

/** How many of the values lay within their interval. */
export function coverageOf(
  truth: readonly Float32Array[],
  mean: readonly Float32Array[],
  sigma: readonly Float32Array[],
): NonNullable<TargetCard['coverage']> {
  let [inside, values] = [0, 0];
  for (const [part, own] of truth.entries())
    for (const [place, value] of own.entries()) {
      values++;
      if (Math.abs(value - mean[part]![place]!) <= halfWidth.sigmas * sigma[part]![place]!) inside++;
    }
  return { nominal: halfWidth.nominal, share: inside / values, values };
}

/**
 * Whether parts of more confidence are reconstructed better.
 * @param scores of the parts; `sign` −1 where less is better
 * @returns null for too few parts; a rank correlation of 0 where one side never differs
 */
export function calibrationOf(
  confidence: readonly number[],
  scores: readonly number[],
  sign: 1 | -1,
): TargetCard['calibration'] {
  const bins = Math.min(mostBins, Math.floor(scores.length / leastInBin));
  if (bins < 2) return null;
  const signed = scores.map((score) => sign * score);
  const order = [...scores.keys()].sort((a, b) => confidence[a]! - confidence[b]!);
  return {
    rankCorrelation: rankCorrelation(confidence, signed) ?? 0,
    bins: Array.from({ length: bins }, (_, bin) => {
      const own = order.slice(
        Math.round((bin * order.length) / bins),
        Math.round(((bin + 1) * order.length) / bins),
      );
      return {
        confidence: mean(own.map((part) => confidence[part]!)),
        score: mean(own.map((part) => scores[part]!)),
        parts: own.length,
      };
    }),
  };
}
