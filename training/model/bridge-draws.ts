import * as tf from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { fillNormal } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';
import { sample } from './gaussian.ts';
import { detach, type Weights } from './layers.ts';
import { type Mapped, mapLatent, mappingInputAt } from './mapping.ts';
import type { BridgePath } from './recipe.ts';

/** Number of draws of the latent of the modality in the middle; even, because normal values come in pairs. */
export const bridgeDraws = 8;

/** Least variance of a bridge's result, so that its logarithm is a number. */
const leastVariance = 1e-8;

/**
 * Maps over a bridge: T(target←through) after T(through←source), for a pair that no plant holds. Draws from the first
 * mapping's Gaussian go through the second, as latents or, where mappings read anything else, decoded and encoded anew.
 * The residual is the second mapping's mean over the draws. By the law of total variance the result's variance is the
 * mean of the second mapping's variances and the variance of its means, so the first one's uncertainty is not lost.
 * @param input what mappings read of `source`: [batch, …]
 * @param noise standard normal, see {@link bridgeNoise}: [bridgeDraws · batch, latent of `through`]
 * @param ofHidden see `mapLatent`
 */
export function mapOverBridge(
  plan: Plan,
  [target, through, source]: BridgePath,
  weights: Weights,
  input: tf.Tensor2D,
  noise: tf.Tensor2D,
  ofHidden: (hidden: tf.Tensor2D) => tf.Tensor2D = detach,
): Mapped {
  const rows = input.shape[0];
  const middle = mapLatent(plan, through, source, weights, input, ofHidden);
  const wide = (tensor: tf.Tensor2D) => tf.tile(tensor, [bridgeDraws, 1]);
  const latents = sample({ mean: wide(middle.mean), logvar: wide(middle.logvar) }, noise);
  const again = mappingInputAt(plan, through, weights, latents, middle.residual && wide(middle.residual));
  const far = mapLatent(plan, target, through, weights, again, ofHidden);
  const byDraw = (tensor: tf.Tensor2D) => tf.reshape(tensor, [bridgeDraws, rows, tensor.shape[1]]);
  const means = byDraw(far.mean);
  const centre = tf.mean(means, 0, true);
  // Not `squaredDifference`, whose gradient knows no broadcasting.
  const between = tf.mean(tf.square(tf.sub(means, centre)), 0);
  const within = tf.mean(byDraw(tf.exp(far.logvar)), 0);
  return {
    mean: tf.reshape(centre, [rows, far.mean.shape[1]]),
    logvar: tf.log(tf.maximum(tf.add(between, within), leastVariance)) as tf.Tensor2D,
    residual: far.residual && (tf.mean(byDraw(far.residual), 0) as tf.Tensor2D),
  };
}

/**
 * Noise for a block of `rows` parts, each part's own wherever it stands, so that a part's result does not depend on the
 * parts beside it.
 * @param parts part numbers, at most `rows`; missing ones stay zero
 * @returns [bridgeDraws · rows, latent of the modality in the middle]
 */
export function bridgeNoise(
  plan: Plan,
  [target, through, source]: BridgePath,
  parts: ArrayLike<number>,
  rows: number,
): { readonly shape: readonly number[]; readonly data: Float32Array } {
  const { latent } = modalityOf(plan, through);
  const key = keyOf(plan.training.seed, 'bridge', target, through, source);
  const data = new Float32Array(bridgeDraws * rows * latent);
  const own = new Float32Array(bridgeDraws * latent);
  for (let place = 0; place < parts.length; place++) {
    fillNormal(own, key, parts[place]! * own.length);
    for (let draw = 0; draw < bridgeDraws; draw++)
      data.set(own.subarray(draw * latent, (draw + 1) * latent), (draw * rows + place) * latent);
  }
  return { shape: [bridgeDraws * rows, latent], data };
}
