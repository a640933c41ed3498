import type * as tf from '@tensorflow/tfjs';
import { mappingName } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import { boundLogvar, type Gaussian } from './gaussian.ts';
import { dense, detach, gelu, layerNorm, type Weights } from './layers.ts';

/**
 * T(target←source): re-encodes what is known of one modality as the latent of another. The mean is
 * trained by the losses on the mean; the variance head reads detached features, so it learns how far
 * the mean is off without moving it.
 * @param input [batch, `mappingInputSize`]
 */
export function mapLatent(
  plan: Plan,
  target: string,
  source: string,
  weights: Weights,
  input: tf.Tensor2D,
): Gaussian {
  const module = mappingName(target, source);
  let hidden = input;
  for (const index of plan.mapping.hidden.keys()) {
    const layer = `${module}/hidden${index}`;
    hidden = gelu(layerNorm(weights, layer, dense(weights, layer, hidden)));
  }
  return {
    mean: dense(weights, `${module}/mean`, hidden),
    logvar: boundLogvar(dense(weights, `${module}/logvar`, detach(hidden))),
  };
}
