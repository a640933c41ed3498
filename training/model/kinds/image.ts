import * as tf from '@tensorflow/tfjs';
import { boundLogvar, measurementNll } from '../gaussian.ts';
import { parameter } from '../layers.ts';
import type { Kind } from './kind.ts';

/** Pixels in 0…1: Gaussian around a sigmoid, with a learned variance for every pixel. */
export const image: Kind = {
  mean: (raw) => tf.sigmoid(raw),
  negativeLogLikelihood: (x, raw, weights, decoder) =>
    measurementNll(x, tf.sigmoid(raw), boundLogvar(parameter(weights, `${decoder}/logvar`))),
  variance: (_mean, weights, decoder) => tf.exp(boundLogvar(parameter(weights, `${decoder}/logvar`))),
};
