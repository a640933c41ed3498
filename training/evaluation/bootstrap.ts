import { mean } from '../measures/statistics.ts';
import { uniformAt } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';
import type { Estimate } from './model-card.ts';

const resamplings = 1000;
/** Shares of the resampled means at the ends of the interval: 95 % lie between. */
const tails = [0.025, 0.975] as const;

/** Draws by number of parts; they serve all means over so many parts. */
const drawn = new Map<number, Uint32Array>();
const mostKept = 8;

/**
 * Mean of `values`, with the percentile bootstrap's 95 % interval: Efron and Tibshirani, An Introduction to the Bootstrap,
 * 1993, chapter 13. The same values always give the same interval.
 * @param values at least one
 */
export function bootstrapMean(values: ArrayLike<number>): Estimate {
  const { length } = values;
  const indices = drawsOf(length);
  const means = new Float64Array(resamplings);
  for (let sample = 0; sample < resamplings; sample++) {
    let sum = 0;
    for (let place = sample * length; place < (sample + 1) * length; place++) sum += values[indices[place]!]!;
    means[sample] = sum / length;
  }
  means.sort();
  const [low, high] = tails.map((share) => means[Math.round(share * (resamplings - 1))]!) as [number, number];
  return { mean: mean(values), low, high };
}

function drawsOf(length: number): Uint32Array {
  const known = drawn.get(length);
  if (known) return known;
  const key = keyOf(0, 'bootstrap', length);
  const draws = Uint32Array.from({ length: resamplings * length }, (_, place) =>
    Math.floor(uniformAt(key, place) * length),
  );
  if (drawn.size >= mostKept) drawn.clear();
  drawn.set(length, draws);
  return draws;
}
