import type * as tf from '@tensorflow/tfjs';
import { mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { hasResidual, mappingInputOf } from '../../protocol/shapes.ts';
import { decodeExpected, type Encoding, encode } from './autoencoder.ts';
import { boundLogvar, type Gaussian } from './gaussian.ts';
import { dense, detach, gelu, layerNorm, type Weights } from './layers.ts';

/** Result of a mapping: the target's latent, and the residual. */
export interface Mapped extends Gaussian {
  /** Residual added to the decoder's output: [batch, size of the target]; only where the plan gives the mapping one. */
  readonly residual?: tf.Tensor2D | undefined;
}

/** Input of mappings from a modality: [batch, `mappingInputSize`]. @param values measured values */
export function mappingInput(
  plan: Plan,
  source: string,
  values: tf.Tensor2D,
  { features, mean }: Encoding,
): tf.Tensor2D {
  return { features, latent: mean, measurement: values }[mappingInputOf(plan, modalityOf(plan, source))];
}

/** Input of mappings straight from measured values; an encoder runs only where it has to. */
export function readMeasured(plan: Plan, source: string, weights: Weights, values: tf.Tensor2D): tf.Tensor2D {
  const modality = modalityOf(plan, source);
  if (mappingInputOf(plan, modality) === 'measurement') return values;
  return mappingInput(plan, source, values, encode(modality, weights, values));
}

/**
 * Input of mappings from the measurement that a modality's generator expects at a latent: [batch, `mappingInputSize`].
 * @param residual added by a mapping to the decoder's output
 */
export function mappingInputAt(
  plan: Plan,
  source: string,
  weights: Weights,
  latent: tf.Tensor2D,
  residual?: tf.Tensor2D,
): tf.Tensor2D {
  if (plan.research.mappingInput === 'latent') return latent;
  const expected = decodeExpected(modalityOf(plan, source), weights, latent, residual);
  return readMeasured(plan, source, weights, expected);
}

/**
 * Mapping T(target←source): re-encodes one modality's input as the latent of another. The mean is trained by the losses
 * on the mean; the variance head reads detached features, so it learns how far the mean is off without moving it. The
 * residual carries what a source tells of the target beyond its latent, which is learned from the target's own
 * measurements.
 * @param input [batch, `mappingInputSize`]
 * @param ofHidden gives the input of the variance head from the last hidden layer; an explanation follows the gradient
 *   there too
 */
export function mapLatent(
  plan: Plan,
  target: string,
  source: string,
  weights: Weights,
  input: tf.Tensor2D,
  ofHidden: (hidden: tf.Tensor2D) => tf.Tensor2D = detach,
): Mapped {
  const module = mappingName(target, source);
  let hidden = input;
  for (const index of plan.mapping.hidden.keys()) {
    const layer = `${module}/hidden${index}`;
    hidden = gelu(layerNorm(weights, layer, dense(weights, layer, hidden)));
  }
  return {
    mean: dense(weights, `${module}/mean`, hidden),
    logvar: boundLogvar(dense(weights, `${module}/logvar`, ofHidden(hidden))),
    residual: hasResidual(plan, modalityOf(plan, target))
      ? dense(weights, `${module}/residual`, hidden)
      : undefined,
  };
}
