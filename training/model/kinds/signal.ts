import * as tf from '@tensorflow/tfjs';
import { boundLogvar, measurementNll } from '../gaussian.ts';
import { parameter } from '../layers.ts';
import type { Kind } from './kind.ts';

/** Values scaled by the plan's range, which noise may leave: Gaussian around a linear output with a learned variance for every value. */
export const signal: Kind = {
  mean: (raw) => raw,
  negativeLogLikelihood: (x, raw, weights, decoder) =>
    measurementNll(x, raw, boundLogvar(parameter(weights, `${decoder}/logvar`))),
  variance: (_mean, weights, decoder) => tf.exp(boundLogvar(parameter(weights, `${decoder}/logvar`))),
};
