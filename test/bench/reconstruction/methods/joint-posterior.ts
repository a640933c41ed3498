import * as tf from '@tensorflow/tfjs';
import type { Gaussian } from '../../../../training/model/gaussian.ts';

/** A modality's own posterior, and which parts have it: 1 or 0, [batch, 1] or for all. */
export type Expert = readonly [posterior: Gaussian, present: tf.Tensor | number];

/** What makes a joint posterior of the modalities' own ones. */
export interface Joint {
  /** Sets of modalities whose joint posterior is trained to tell all modalities. */
  subsets(held: readonly string[]): string[][];
  /** The posterior that a subset is trained by. */
  posterior(experts: readonly Expert[]): Gaussian;
  /** Where the parts of these posteriors lie in the joint latent. */
  centre(posteriors: readonly Gaussian[]): tf.Tensor2D;
  /** Images of the parts, from the posteriors of the sources. */
  imageOf(posteriors: readonly Gaussian[], decodeMean: (z: tf.Tensor2D) => tf.Tensor2D): tf.Tensor2D;
}

/** Wu and Goodman, arXiv 1802.05335, with every subset trained: the product of the experts and of the prior expert. */
export const productOfExperts: Joint = {
  subsets: everySubset,
  posterior: product,
  centre: productOfAll,
  imageOf: (posteriors, decodeMean) => decodeMean(productOfAll(posteriors)),
};

/** Shi et al., arXiv 1911.03393, with one draw of each expert (stratified) and the KL of each to the prior. */
export const mixtureOfExperts: Joint = {
  subsets: (held) => held.map((name) => [name]),
  posterior: ([expert]) => expert![0],
  centre: (posteriors) => tf.div(tf.addN(posteriors.map(({ mean }) => mean)), posteriors.length),
  imageOf: (posteriors, decodeMean) =>
    tf.div(tf.addN(posteriors.map(({ mean }) => decodeMean(mean))), posteriors.length),
};

/** All non-empty subsets. */
export function everySubset(names: readonly string[]): string[][] {
  return Array.from({ length: 2 ** names.length - 1 }, (_, index) =>
    names.filter((_, place) => ((index + 1) >> place) & 1),
  );
}

/**
 * The product of Gaussian experts and of the prior N(0, I), in which precisions add up. What a part lacks has none.
 */
export function product(experts: readonly Expert[]): Gaussian {
  const precisions = experts.map(
    ([{ logvar }, present]) => tf.mul(tf.exp(tf.neg(logvar)), present) as tf.Tensor2D,
  );
  const precision = precisions.reduce((sum, one) => tf.add(sum, one), tf.onesLike(precisions[0]!));
  const weighted = experts.map(([{ mean }], place) => tf.mul(mean, precisions[place]!));
  const mean = tf.div(
    weighted.reduce((sum, one) => tf.add(sum, one)),
    precision,
  );
  return { mean: mean as tf.Tensor2D, logvar: tf.neg(tf.log(precision)) };
}

function productOfAll(posteriors: readonly Gaussian[]): tf.Tensor2D {
  return product(posteriors.map((one): Expert => [one, 1])).mean;
}
