import * as tf from '@tensorflow/tfjs';
import type { Mapped } from './mapping.ts';

/** Estimate of the target's latent by one source. */
interface LatentEstimate extends Mapped {
  /** Presence, [batch, 1]: 1 where a part has the source, 0 where it lacks it. */
  readonly present: tf.Tensor2D;
}

/** Estimate fused from all sources. */
interface FusedEstimate extends Mapped {
  /** Share of each source in a part's estimate, 0…1, in the order of the estimates: [batch, 1] each. */
  readonly shares: readonly tf.Tensor2D[];
}

/**
 * Fuses the sources dimension by dimension, as the weighted mean of least variance for the sources' deviations σₛ and
 * the common correlation ρ of their errors, without negative shares; residuals by the sources' mean shares. At ρ = 0
 * this is the product of the sources' Gaussians (Hinton, 2002, DOI 10.1162/089976602760128018): shares in proportion
 * to 1/σₛ².
 */
export function fuse(estimates: readonly LatentEstimate[], correlation: number): FusedEstimate {
  const deviations = estimates.map(({ logvar }) => tf.exp(tf.mul(logvar, 0.5)) as tf.Tensor2D);
  const weights = leastVarianceShares(
    deviations,
    estimates.map(({ present }) => present),
    correlation,
  );
  const scaled = deviations.map((deviation, source) => tf.mul(deviation, weights[source]!) as tf.Tensor2D);
  const common = tf.mul(tf.square(tf.addN(scaled)), correlation);
  const own = tf.mul(tf.addN(scaled.map((value) => tf.square(value))), 1 - correlation);
  const shares = weights.map((weight) => tf.mean(weight, 1, true) as tf.Tensor2D);
  const residuals = estimates.flatMap(({ residual }) => residual ?? []);
  return {
    mean: weightedSum(
      estimates.map(({ mean }) => mean),
      weights,
    ),
    logvar: tf.log(tf.add(own, common)) as tf.Tensor2D,
    residual: residuals.length > 0 ? weightedSum(residuals, shares) : undefined,
    shares,
  };
}

/**
 * Shares of the least-variance mean, in proportion to Σ⁻¹1 for a covariance of equal correlation (inverted in closed
 * form by Sherman and Morrison), negative ones set to 0.
 * @param deviations [batch, latent] of each source
 * @param present [batch, 1] of each source
 */
export function leastVarianceShares(
  deviations: readonly tf.Tensor2D[],
  present: readonly tf.Tensor2D[],
  correlation: number,
): tf.Tensor2D[] {
  const inverse = deviations.map((deviation, source) => tf.div(present[source]!, deviation));
  const others = tf.mul(tf.sub(tf.addN(present as tf.Tensor2D[]), 1), correlation);
  const shared = tf.mul(tf.addN(inverse), tf.div(correlation, tf.add(others, 1)));
  const weights = inverse.map((value) => tf.relu(tf.mul(value, tf.sub(value, shared))) as tf.Tensor2D);
  // A block may end in rows without a part, where no source is.
  const total = tf.add(tf.addN(weights), 1e-30);
  return weights.map((weight) => tf.div(weight, total));
}

function weightedSum(tensors: readonly tf.Tensor2D[], weights: readonly tf.Tensor2D[]): tf.Tensor2D {
  return tf.addN(tensors.map((tensor, source) => tf.mul(tensor, weights[source]!))) as tf.Tensor2D;
}
