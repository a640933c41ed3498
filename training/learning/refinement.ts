import * as tf from '@tensorflow/tfjs';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { moduleShapes, valueSize } from '../../protocol/shapes.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { klBetween, klToPrior, sample } from '../model/gaussian.ts';
import { kinds } from '../model/kinds/table.ts';
import { parameter, type Weights } from '../model/layers.ts';
import { weightedSums } from './objectives.ts';
import { replicaOf, replicaShapes } from './replica.ts';
import type { Objective } from './step.ts';

/** Widths of what a refinement draws: a latent of the part, and one of the prior for the replica to speak of. */
export function refinementNoise({ latent }: Modality): number {
  return 2 * latent;
}

/**
 * Stage 3, encoder and decoder of a modality that is measured beside others: the negative ELBO as in stage 1,
 * −log p(x | D(t)) at the latent t that the surest other source maps to, so that the decoder learns the latents
 * it is used on, and {@link distillation}. The decoder's own variances learn from the ELBO alone: what a mapping
 * leaves open is no noise of the measurement.
 * Batch: `values` [batch, size], `mapped` [batch, latent] (t), `certainty` [batch, 1], 0…1, of t, `noise`
 * [batch, 2 × latent], `weight` [batch].
 */
export function refinementObjective(plan: Plan, modality: Modality): Objective {
  const { batch } = plan.training;
  const { latent } = modality;
  const decoder = `decoder/${modality.name}` as const;
  const trained = { ...moduleShapes(plan, `encoder/${modality.name}`), ...moduleShapes(plan, decoder) };
  return {
    trained,
    frozen: replicaShapes(trained),
    batch: {
      values: [batch, valueSize(modality)],
      mapped: [batch, latent],
      certainty: [batch, 1],
      noise: [batch, refinementNoise(modality)],
      weight: [batch],
    },
    terms: ['likelihood', 'kl', 'mapped', 'distillation'],
    loss(weights, inputs) {
      const replica = replicaOf(inputs);
      const nll = kinds[modality.kind].negativeLogLikelihood;
      const x = parameter<tf.Rank.R2>(inputs, 'values');
      const noise = parameter<tf.Rank.R2>(inputs, 'noise');
      const posterior = encode(modality, weights, x);
      const z = sample(posterior, tf.slice2d(noise, [0, 0], [batch, latent]));
      const prior = tf.slice2d(noise, [0, latent], [batch, latent]);
      const fromMapped = decode(modality, weights, parameter(inputs, 'mapped'));
      const certainty = tf.reshape(parameter(inputs, 'certainty'), [batch]) as tf.Tensor1D;
      return weightedSums(inputs, [
        nll(x, decode(modality, weights, z), weights, decoder),
        klToPrior(posterior),
        tf.mul(nll(x, fromMapped, replica, decoder), certainty),
        distillation(modality, weights, replica, prior),
      ]);
    },
  };
}

/**
 * How far encoder and decoder have left the frozen replica, on draws from the prior, in nats a draw: [batch].
 * The decoder's part is −log p of the replica's measurement at the replica's variances, less what the replica itself
 * has; the encoder's is KL(q_replica ‖ q) of that measurement. It stands for the parts of the other plants,
 * which are not here. Source: generative replay with distillation, van de Ven and Tolias, arXiv 1809.10635.
 */
export function distillation(
  modality: Modality,
  weights: Weights,
  replica: Weights,
  prior: tf.Tensor2D,
): tf.Tensor1D {
  const decoder = `decoder/${modality.name}`;
  const { mean, negativeLogLikelihood } = kinds[modality.kind];
  const taught = decode(modality, replica, prior);
  const measurement = mean(taught);
  const surprise = (raw: tf.Tensor2D) => negativeLogLikelihood(measurement, raw, replica, decoder);
  const decoded = tf.sub(surprise(decode(modality, weights, prior)), surprise(taught));
  const encoded = klBetween(encode(modality, replica, measurement), encode(modality, weights, measurement));
  return tf.add(decoded, encoded);
}
