import * as tf from '@tensorflow/tfjs';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { hasResidual, moduleShapes, valueSize } from '../../protocol/shapes.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { klToPrior, sample } from '../model/gaussian.ts';
import { parameter } from '../model/layers.ts';
import { negativeLogLikelihood } from '../model/likelihood.ts';
import { withDistillation } from './distillation.ts';
import { weightedSums } from './objectives.ts';
import { replicaOf, replicaShapes } from './replica.ts';
import type { Objective } from './step.ts';

/**
 * Objective of refinement in stage 3, for encoder and decoder of a modality that is measured beside others: the
 * negative ELBO as in stage 1, −log p(x | D(t)) at the latent t that the surest other source maps to, with its residual
 * where the plan has them, so that the decoder learns the latents it is used on, and distillation to the replica. The
 * decoder's own variances learn from the ELBO alone: a mapping's uncertainty is no noise of the measurement.
 * Batch: `values` [batch, size], `mapped` [batch, latent] (t), `residual` [batch, size], `certainty` [batch, 1], 0…1,
 * of t, `noise` [batch, 2 × latent], `weight` [batch].
 */
export function refinementObjective(plan: Plan, modality: Modality): Objective {
  const { batch } = plan.training;
  const { latent } = modality;
  const decoder = `decoder/${modality.name}` as const;
  const trained = { ...moduleShapes(plan, `encoder/${modality.name}`), ...moduleShapes(plan, decoder) };
  const refined: Objective = {
    trained,
    frozen: replicaShapes(trained),
    batch: {
      values: [batch, valueSize(modality)],
      mapped: [batch, latent],
      certainty: [batch, 1],
      ...(hasResidual(plan, modality) && { residual: [batch, valueSize(modality)] }),
      noise: [batch, latent],
      weight: [batch],
    },
    terms: ['likelihood', 'kl', 'mapped'],
    loss(weights, inputs) {
      const replica = replicaOf(inputs);
      const x = parameter<tf.Rank.R2>(inputs, 'values');
      const posterior = encode(modality, weights, x);
      const z = sample(posterior, parameter(inputs, 'noise'));
      const fromMapped = decode(
        modality,
        weights,
        parameter(inputs, 'mapped'),
        hasResidual(plan, modality) ? parameter(inputs, 'residual') : undefined,
      );
      const certainty = tf.reshape(parameter(inputs, 'certainty'), [batch]) as tf.Tensor1D;
      return weightedSums(inputs, [
        negativeLogLikelihood(modality, x, decode(modality, weights, z), weights),
        klToPrior(posterior),
        tf.mul(negativeLogLikelihood(modality, x, fromMapped, replica), certainty),
      ]);
    },
  };
  return withDistillation(refined, modality);
}
