import * as tf from '@tensorflow/tfjs';
import { detach } from './layers.ts';

/** Diagonal Gaussians, one a row: [batch, dimensions] each. */
export interface Gaussian {
  readonly mean: tf.Tensor2D;
  readonly logvar: tf.Tensor2D;
}

/** Bounds of learned log-variances, so that no exponential overflows in a bad moment. */
const logvarBounds = [-10, 6] as const;

/** Keeps a log-variance inside `logvarBounds`; no gradient outside. */
export function boundLogvar<T extends tf.Tensor>(logvar: T): T {
  return tf.clipByValue(logvar, ...logvarBounds);
}

/** Draws from Gaussians by the reparameterisation of Kingma and Welling, arXiv 1312.6114: mean + σ·noise. */
export function sample({ mean, logvar }: Gaussian, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.add(mean, tf.mul(tf.exp(tf.mul(logvar, 0.5)), noise));
}

/** KL(q ‖ N(0, I)) of each row, in nats: [batch]. Source: arXiv 1312.6114, appendix B. */
export function klToPrior({ mean, logvar }: Gaussian): tf.Tensor1D {
  const terms = tf.sub(tf.add(tf.exp(logvar), tf.square(mean)), tf.add(logvar, 1));
  return tf.mul(tf.sum(terms, 1), 0.5);
}

/**
 * KL(q ‖ N(0, I)) averaged over a batch, where each latent dimension costs `free` nats even if it carries less:
 * Σⱼ max(free, Σᵣ weightᵣ·KLᵣⱼ). A dimension under that has no gradient, so it is not switched off before it
 * has learned anything. Source: the free bits of Kingma et al., arXiv 1606.04934, with the minibatch as their subset.
 * @param weight [batch], each row's share of the average
 * @returns a scalar
 */
export function klWithFreeBits({ mean, logvar }: Gaussian, weight: tf.Tensor1D, free: number): tf.Scalar {
  const nats = tf.mul(tf.sub(tf.add(tf.exp(logvar), tf.square(mean)), tf.add(logvar, 1)), 0.5);
  const byDimension = tf.sum(tf.mul(nats, tf.expandDims(weight, 1)), 0);
  return tf.sum(tf.add(tf.relu(tf.sub(byDimension, free)), free));
}

/** KL(q ‖ p) of each row, in nats: [batch]. Source: arXiv 1312.6114, appendix B, for two general diagonal Gaussians. */
export function klBetween(q: Gaussian, p: Gaussian): tf.Tensor1D {
  const apart = tf.add(tf.exp(q.logvar), tf.squaredDifference(q.mean, p.mean));
  const ratio = tf.sub(p.logvar, q.logvar);
  const terms = tf.sub(tf.add(tf.mul(apart, tf.exp(tf.neg(p.logvar))), ratio), 1);
  return tf.mul(tf.sum(terms as tf.Tensor2D, 1), 0.5);
}

/**
 * −log N(x | mean, exp logvar) of each row, in nats: [batch]. `logvar` broadcasts, so a single learned
 * value serves a whole modality.
 */
export function gaussianNll(x: tf.Tensor2D, mean: tf.Tensor2D, logvar: tf.Tensor): tf.Tensor1D {
  const scaled = tf.mul(tf.squaredDifference(x, mean), tf.exp(tf.neg(logvar)));
  const terms = tf.add(tf.add(scaled, logvar), Math.log(2 * Math.PI));
  return tf.mul(tf.sum(terms as tf.Tensor2D, 1), 0.5);
}

/**
 * −log N(x | mean, exp logvar) of each row, in nats: [batch], with a learned variance for every value: [size].
 * The variances learn from it as it is. The mean learns as if all values had their average variance: weighed
 * by its own, an image's dark corners, which hardly vary, would drown the part. The trouble and the kind of cure are
 * those of Seitzer et al., arXiv 2203.09168.
 */
export function measurementNll(x: tf.Tensor2D, mean: tf.Tensor2D, logvar: tf.Tensor): tf.Tensor1D {
  const own = gaussianNll(x, detach(mean), logvar);
  const common = gaussianNll(x, mean, tf.log(tf.mean(tf.exp(detach(logvar)))));
  return tf.add(own, tf.sub(common, detach(common)));
}
