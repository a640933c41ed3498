import type { TargetCard } from '../../protocol/model-card.ts';
import { meanOf } from './bootstrap.ts';

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
 * @returns null for too few parts
 */
export function calibrationOf(
  confidence: readonly number[],
  scores: readonly number[],
  sign: 1 | -1,
): TargetCard['calibration'] {
  const bins = Math.min(mostBins, Math.floor(scores.length / leastInBin));
  if (bins < 2) return null;
  const order = [...scores.keys()].sort((a, b) => confidence[a]! - confidence[b]!);
  return {
    rankCorrelation: rankCorrelation(
      confidence,
      scores.map((score) => sign * score),
    ),
    bins: Array.from({ length: bins }, (_, bin) => {
      const own = order.slice(
        Math.round((bin * order.length) / bins),
        Math.round(((bin + 1) * order.length) / bins),
      );
      return {
        confidence: meanOf(own.map((part) => confidence[part]!)),
        score: meanOf(own.map((part) => scores[part]!)),
        parts: own.length,
      };
    }),
  };
}

/** Spearman's rank correlation, ties sharing their mean rank; 0 where one side never differs. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const centre = (a.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (const [place, rank] of x.entries()) {
    const [dx, dy] = [rank - centre, y[place]! - centre];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? 0 : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    for (let place = first; place < end; place++) result[order[place]!] = (first + end - 1) / 2;
    first = end;
  }
  return result;
}
