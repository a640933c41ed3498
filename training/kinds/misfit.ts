import { meanSquaredError } from '../measures/psnr.ts';

/** Misfit: distance of an expectation from what was measured; greater than 0. */
type Misfit = (measured: Float32Array, expected: Float32Array) => number;

/** Misfits of a kind: how badly an expectation explains a measurement. */
export interface KindMisfit {
  /** Error of a part, which is predicted and in which tolerances are given. */
  readonly misfit: Misfit;
  /** Misfit of the value that fits worst; a broken channel would hide in a mean. */
  readonly worstMisfit: Misfit;
}

const least = 1e-6;

/** Root of the mean squared difference, in the data set's normalised range. */
export const rootMeanSquare: Misfit = (measured, expected) =>
  Math.max(least, Math.sqrt(meanSquaredError(measured, expected)));

/** Largest difference of any value. */
const largestDifference: Misfit = (measured, expected) =>
  measured.reduce((worst, value, place) => Math.max(worst, Math.abs(value - expected[place]!)), least);

/** Misfit of continuous values, trained with a Gaussian of learned variances. */
export const continuousMisfit: KindMisfit = {
  misfit: rootMeanSquare,
  worstMisfit: largestDifference,
};

/** Misfit of shares of a list's values, of which a part has one: cross-entropy, in nats. */
export const shareMisfit: KindMisfit = { misfit: crossEntropyOfShares, worstMisfit: crossEntropyOfShares };

function crossEntropyOfShares(measured: Float32Array, expected: Float32Array): number {
  const sum = measured.reduce(
    (nats, share, place) => nats - share * Math.log(Math.max(least, expected[place]!)),
    0,
  );
  return Math.max(least, sum);
}

/** Misfit of values that are present or not, each with a probability of its own. */
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
