import type { Modality } from '../../protocol/plan.ts';
import { meanSquaredError } from '../measures/psnr.ts';

/** How far an expectation is from what was measured. */
type Misfit = (measured: Float32Array, expected: Float32Array) => number;

const least = 1e-6;

/** Root of the mean squared difference, in the data set's normalised range. */
export const rootMeanSquare: Misfit = (measured, expected) =>
  Math.max(least, Math.sqrt(meanSquaredError(measured, expected)));

/** Cross-entropy of words that are there or not, in nats a word position. */
const crossEntropy: Misfit = (measured, expected) => {
  let sum = 0;
  for (const [place, value] of measured.entries()) {
    const probability = Math.max(least, Math.min(1 - least, expected[place]!));
    sum -= value > 0.5 ? Math.log(probability) : Math.log1p(-probability);
  }
  return Math.max(least, sum / measured.length);
};

/** Largest difference of any value. */
const largestDifference: Misfit = (measured, expected) =>
  measured.reduce((worst, value, place) => Math.max(worst, Math.abs(value - expected[place]!)), least);

/** −log of the probability of the least likely word that is there, in nats. */
const leastLikelyWord: Misfit = (measured, expected) =>
  measured.reduce(
    (worst, value, place) =>
      value > 0.5 ? Math.max(worst, -Math.log(Math.max(least, expected[place]!))) : worst,
    least,
  );

const misfits: Readonly<Record<Modality['kind'], { whole: Misfit; worst: Misfit }>> = {
  image: { whole: rootMeanSquare, worst: largestDifference },
  signal: { whole: rootMeanSquare, worst: largestDifference },
  text: { whole: crossEntropy, worst: leastLikelyWord },
};

/** A part's error, greater than 0: what tolerances are given in, and what is predicted. */
export function misfitOf({ kind }: Modality): Misfit {
  return misfits[kind].whole;
}

/** The same of the value that fits worst: a broken channel hides in a mean. */
export function worstMisfitOf({ kind }: Modality): Misfit {
  return misfits[kind].worst;
}
