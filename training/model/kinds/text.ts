import * as tf from '@tensorflow/tfjs';
import type { Kind } from './kind.ts';

/** Hashed words as 0/1: an independent Bernoulli a bucket, cross-entropy from logits. */
export const text: Kind = {
  mean: (raw) => tf.sigmoid(raw),
  negativeLogLikelihood: (x, raw) => tf.sum(tf.sub(tf.softplus(raw), tf.mul(x, raw)) as tf.Tensor2D, 1),
  variance: (mean) => tf.mul(mean, tf.sub(1, mean)),
};
