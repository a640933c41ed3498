import type { Modality } from '../../protocol/plan.ts';

/** How far an expectation is from what was measured. */
type Misfit = (measured: Float32Array, expected: Float32Array) => number;

const least = 1e-6;

/** Root of the mean squared difference, in the data set's normalised range. */
export const rootMeanSquare: Misfit = (measured, expected) => {
  let sum = 0;
  for (const [place, value] of measured.entries()) sum += (value - expected[place]!) ** 2;
  return Math.max(least, Math.sqrt(sum / measured.length));
};

/** Cross-entropy of words that are there or not, in nats a word position. */
const crossEntropy: Misfit = (measured, expected) => {
  let sum = 0;
  for (const [place, value] of measured.entries()) {
    const probability = Math.max(least, Math.min(1 - least, expected[place]!));
    sum -= value > 0.5 ? Math.log(probability) : Math.log1p(-probability);
  }
  return Math.max(least, sum / measured.length);
};

const misfits: Readonly<Record<Modality['kind'], Misfit>> = {
  image: rootMeanSquare,
  signal: rootMeanSquare,
  text: crossEntropy,
};

/** A part's error, greater than 0: what tolerances are given in, and what is predicted. */
export function misfitOf({ kind }: Modality): Misfit {
  return misfits[kind];
}
