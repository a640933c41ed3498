import * as tf from '@tensorflow/tfjs';
import type { Modality } from '../../protocol/kinds/index.ts';
import { trainingKind } from '../kinds/index.ts';
import type { DecoderOperations, TensorOperations } from '../kinds/likelihood.ts';
import { boundLogvar, measurementNll } from './gaussian.ts';
import { parameter, type Weights } from './layers.ts';

const operations: TensorOperations<tf.Tensor> = {
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  exp: (x) => tf.exp(x),
  sigmoid: (x) => tf.sigmoid(x),
  softplus: (x) => tf.softplus(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  sumOfPart: (x) => tf.sum(x, 1),
};

/** The operations with the variances that a modality's decoder has learned. */
function operationsWith({ name }: Modality, weights: Weights): DecoderOperations<tf.Tensor> {
  const logvar = () => boundLogvar(parameter(weights, `decoder/${name}/logvar`));
  return {
    ...operations,
    learnedVariance: () => tf.exp(logvar()),
    gaussianNll: (x, mean) => measurementNll(x as tf.Tensor2D, mean as tf.Tensor2D, logvar()),
  };
}

/** Expected measurement, in the normalised range of the data sets: [batch, size]. @param raw see `decode` */
export function expectedMeasurement(modality: Modality, raw: tf.Tensor2D): tf.Tensor2D {
  return trainingKind(modality).mean<tf.Tensor>(raw, operations) as tf.Tensor2D;
}

/** −log p(x | raw) of each part, summed over its values, in nats: [batch]. @param weights with the modality's decoder */
export function negativeLogLikelihood(
  modality: Modality,
  x: tf.Tensor2D,
  raw: tf.Tensor2D,
  weights: Weights,
): tf.Tensor1D {
  const given = operationsWith(modality, weights);
  return trainingKind(modality).negativeLogLikelihood<tf.Tensor>(x, raw, given) as tf.Tensor1D;
}

/** Variance of a measurement around its mean; broadcasts to [batch, size]. @param weights with the modality's decoder */
export function measurementVariance(modality: Modality, mean: tf.Tensor2D, weights: Weights): tf.Tensor {
  return trainingKind(modality).variance<tf.Tensor>(mean, operationsWith(modality, weights));
}
