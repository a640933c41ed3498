import * as tf from '@tensorflow/tfjs';
import type { Mapped } from '../model/mapping.ts';
import { errorCorrelation, type LatentFusion } from '../reconstruction/fusion.ts';

/** Shares [batch, latent] of each source from its deviations, summing to 1 over the sources. */
type Shares = (deviations: readonly tf.Tensor2D[]) => tf.Tensor2D[];

const rules: Readonly<Record<LatentFusion, Shares>> = {
  correlated: (deviations) => leastVariance(deviations, errorCorrelation),
  precision: (deviations) => leastVariance(deviations, 0),
  mean: (deviations) => deviations.map((deviation) => tf.fill(deviation.shape, 1 / deviations.length)),
};

/**
 * `fuse` of the reconstruction on tensors, where a gradient passes through the shares too.
 * @param estimates [batch, latent] each, residuals [batch, size]
 */
export function fuseTensors(
  estimates: readonly Mapped[],
  fusion: LatentFusion,
): Pick<Mapped, 'mean' | 'residual'> {
  const shares = rules[fusion](estimates.map(({ logvar }) => tf.exp(tf.mul(logvar, 0.5))));
  const weighted = (tensors: readonly tf.Tensor2D[], weights: readonly tf.Tensor2D[]) =>
    tf.addN(tensors.map((tensor, index) => tf.mul(tensor, weights[index]!))) as tf.Tensor2D;
  const residuals = estimates.flatMap(({ residual }) => residual ?? []);
  return {
    mean: weighted(
      estimates.map(({ mean }) => mean),
      shares,
    ),
    residual:
      residuals.length > 0
        ? weighted(
            residuals,
            shares.map((share) => tf.mean(share, 1, true)),
          )
        : undefined,
  };
}

/** As `leastVarianceWeights`, dimension by dimension. */
function leastVariance(deviations: readonly tf.Tensor2D[], correlation: number): tf.Tensor2D[] {
  const inverse = deviations.map((deviation) => tf.reciprocal(deviation));
  const common = correlation / (1 + (deviations.length - 1) * correlation);
  const shared = tf.mul(tf.addN(inverse), common);
  const weights = inverse.map((value) => tf.relu(tf.mul(value, tf.sub(value, shared))) as tf.Tensor2D);
  const total = tf.addN(weights);
  return weights.map((weight) => tf.div(weight, total));
}
