import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Weights } from '../layers.ts';

/**
 * What a kind of modality adds to the common encoder and decoder: how the decoder's last values ("raw",
 * [batch, size]) become a distribution of measurements. `decoder` is the module's name.
 */
export interface Kind {
  /** Expected measurement, in the normalised range of the data sets: [batch, size]. */
  mean(raw: Tensor2D): Tensor2D;
  /** −log p(x | raw) of each part, summed over its values, in nats: [batch]. */
  negativeLogLikelihood(x: Tensor2D, raw: Tensor2D, weights: Weights, decoder: string): Tensor1D;
  /** Variance of a measurement around its mean; broadcasts to [batch, size]. */
  variance(mean: Tensor2D, weights: Weights, decoder: string): Tensor;
}
