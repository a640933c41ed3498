import * as tf from '@tensorflow/tfjs';
import type { Modality } from '../../protocol/plan.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { klBetween } from '../model/gaussian.ts';
import { parameter, type Weights } from '../model/layers.ts';
import { expectedMeasurement, negativeLogLikelihood } from '../model/likelihood.ts';
import { weightedSums } from './objectives.ts';
import { replicaOf, replicaShapes } from './replica.ts';
import type { Objective } from './step.ts';

/**
 * Adds a term to the objective of a modality's encoder and decoder, {@link distillation} to the frozen replica of the
 * round's global ones. `noise` [batch, latent] of `objective` becomes [batch, 2 × latent]: the second half is the draws
 * from the prior on which the two are compared.
 */
export function withDistillation(objective: Objective, modality: Modality): Objective {
  const { trained, frozen, terms, loss } = objective;
  const { latent } = modality;
  const [batch] = objective.batch.noise as [number];
  return {
    ...objective,
    frozen: { ...frozen, ...replicaShapes(trained) },
    batch: { ...objective.batch, noise: [batch, 2 * latent] },
    terms: [...terms, 'distillation'],
    loss(weights, inputs) {
      const noise = parameter<tf.Rank.R2>(inputs, 'noise');
      const prior = tf.slice2d(noise, [0, latent], [batch, latent]);
      const own = { ...inputs, noise: tf.slice2d(noise, [0, 0], [batch, latent]) };
      const held = distillation(modality, weights, replicaOf(inputs), prior);
      return [...loss(weights, own), ...weightedSums(inputs, [held])];
    },
  };
}

/**
 * Distillation: distance of encoder and decoder from the frozen replica on draws from the prior, in nats a draw:
 * [batch]. The decoder's part is −log p of the replica's measurement at the replica's variances, less that of the
 * replica itself; the encoder's is KL(q_replica ‖ q) of that measurement. It stands for the parts of the other plants,
 * which are not here. Source: generative replay with distillation, van de Ven and Tolias, arXiv 1809.10635.
 */
export function distillation(
  modality: Modality,
  weights: Weights,
  replica: Weights,
  prior: tf.Tensor2D,
): tf.Tensor1D {
  const taught = decode(modality, replica, prior);
  const measurement = expectedMeasurement(modality, taught);
  const surprise = (raw: tf.Tensor2D) => negativeLogLikelihood(modality, measurement, raw, replica);
  const decoded = tf.sub(surprise(decode(modality, weights, prior)), surprise(taught));
  const encoded = klBetween(encode(modality, replica, measurement), encode(modality, weights, measurement));
  return tf.add(decoded, encoded);
}
