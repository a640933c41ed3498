import * as tf from '@tensorflow/tfjs';
import { gridSize } from '../../protocol/convolution.ts';
import type { Modality } from '../../protocol/plan.ts';
import { convolutionsOf } from '../../protocol/shapes.ts';
import { boundLogvar, type Gaussian } from './gaussian.ts';
import { dense, parameter, type Weights } from './layers.ts';
import { expectedMeasurement } from './likelihood.ts';

/** Encoding of a part: the posterior, and the features it was computed from. */
export interface Encoding extends Gaussian {
  /** Features, the last hidden layer: [batch, last of `hidden`]. */
  readonly features: tf.Tensor2D;
}

/** Encodes one modality, q(z | x): [batch, size] → posterior over [batch, latent]. */
export function encode(modality: Modality, weights: Weights, x: tf.Tensor2D): Encoding {
  const module = `encoder/${modality.name}`;
  let features = convolve(modality, weights, x);
  for (const index of modality.hidden.keys())
    features = tf.relu(dense(weights, `${module}/hidden${index}`, features));
  return {
    features,
    mean: dense(weights, `${module}/mean`, features),
    logvar: boundLogvar(dense(weights, `${module}/logvar`, features)),
  };
}

/**
 * Decodes a latent to the decoder's last values, which the modality's kind turns into p(x | z): [batch, latent] →
 * [batch, size].
 * @param residual [batch, size], added to them by a mapping
 */
export function decode(
  modality: Modality,
  weights: Weights,
  z: tf.Tensor2D,
  residual?: tf.Tensor2D,
): tf.Tensor2D {
  const module = `decoder/${modality.name}`;
  let hidden = z;
  for (const index of modality.hidden.keys())
    hidden = tf.relu(dense(weights, `${module}/hidden${index}`, hidden));
  const raw = deconvolve(modality, weights, dense(weights, `${module}/output`, hidden));
  return residual ? tf.add(raw, residual) : raw;
}

/**
 * Expected measurement at a latent, in the normalised range of the data sets: [batch, latent] → [batch, size].
 * @param residual see {@link decode}
 */
export function decodeExpected(
  modality: Modality,
  weights: Weights,
  z: tf.Tensor2D,
  residual?: tf.Tensor2D,
): tf.Tensor2D {
  return expectedMeasurement(modality, decode(modality, weights, z, residual));
}

/** Strided convolutions with ReLU, flattened; the input itself for a dense modality. */
function convolve(modality: Modality, weights: Weights, x: tf.Tensor2D): tf.Tensor2D {
  const layers = convolutionsOf(modality, 'encoder');
  if (!layers[0]) return x;
  let maps = tf.reshape(x, [-1, ...layers[0].from]) as tf.Tensor4D;
  for (const { name, strides } of layers) {
    const layer = `encoder/${modality.name}/${name}`;
    const kernel = parameter<tf.Rank.R4>(weights, `${layer}/kernel`);
    const narrower = tf.conv2d(maps, kernel, [...strides], 'same');
    maps = tf.relu(tf.add(narrower, parameter(weights, `${layer}/bias`)));
  }
  return tf.reshape(maps, [-1, gridSize(layers.at(-1)!.to)]);
}

/** Transposed convolutions with ReLU before each, none after the last; the input itself for a dense modality. */
function deconvolve(modality: Modality, weights: Weights, values: tf.Tensor2D): tf.Tensor2D {
  const layers = convolutionsOf(modality, 'decoder');
  if (!layers[0]) return values;
  const batch = values.shape[0];
  let maps = tf.reshape(values, [-1, ...layers[0].from]) as tf.Tensor4D;
  for (const { name, to, strides } of layers) {
    const layer = `decoder/${modality.name}/${name}`;
    const kernel = parameter<tf.Rank.R4>(weights, `${layer}/kernel`);
    const wider = tf.conv2dTranspose(tf.relu(maps), kernel, [batch, ...to], [...strides], 'same');
    maps = tf.add(wider, parameter(weights, `${layer}/bias`));
  }
  return tf.reshape(maps, [-1, gridSize(layers.at(-1)!.to)]);
}
