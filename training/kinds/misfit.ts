import { meanSquaredError } from '../measures/psnr.ts';

/** How far an expectation is from what was measured; greater than 0. */
type Misfit = (measured: Float32Array, expected: Float32Array) => number;

/** What a kind says of how well an expectation explains a measurement. */
export interface KindMisfit {
  /** A part's error: what tolerances are given in, and what is predicted. */
  readonly misfit: Misfit;
  /** The same of the value that fits worst: a broken channel hides in a mean. */
  readonly worstMisfit: Misfit;
}

const least = 1e-6;

/** Root of the mean squared difference, in the data set's normalised range. */
export const rootMeanSquare: Misfit = (measured, expected) =>
  Math.max(least, Math.sqrt(meanSquaredError(measured, expected)));

/** Largest difference of any value. */
const largestDifference: Misfit = (measured, expected) =>
  measured.reduce((worst, value, place) => Math.max(worst, Math.abs(value - expected[place]!)), least);

/** Of values that may lie anywhere, around which a Gaussian of learned variances was trained. */
export const continuousMisfit: KindMisfit = {
  misfit: rootMeanSquare,
  worstMisfit: largestDifference,
};

/** Of shares of which a part is one: cross-entropy, in nats. */
export const shareMisfit: KindMisfit = { misfit: crossEntropyOfShares, worstMisfit: crossEntropyOfShares };

function crossEntropyOfShares(measured: Float32Array, expected: Float32Array): number {
  const sum = measured.reduce(
    (nats, share, place) => nats - share * Math.log(Math.max(least, expected[place]!)),
    0,
  );
  return Math.max(least, sum);
}

/** Of values that are there or not, each with a probability of its own. */
export const presenceMisfit: KindMisfit = {
  // Cross-entropy, in nats a value.
  misfit(measured, expected) {
    let sum = 0;
    for (const [place, value] of measured.entries()) {
      const probability = Math.max(least, Math.min(1 - least, expected[place]!));
      sum -= value > 0.5 ? Math.log(probability) : Math.log1p(-probability);
    }
    return Math.max(least, sum / measured.length);
  },
  // −log of the probability of the least likely one that is there, in nats.
  worstMisfit: (measured, expected) =>
    measured.reduce(
      (worst, value, place) =>
        value > 0.5 ? Math.max(worst, -Math.log(Math.max(least, expected[place]!))) : worst,
      least,
    ),
};
