import * as tf from '@tensorflow/tfjs';
import type { Modality, Plan } from '../../protocol/plan.ts';
import { contrast } from '../model/contrast.ts';
import { type Gaussian, gaussianNll, klBetween } from '../model/gaussian.ts';
import { detach, type Weights } from '../model/layers.ts';
import { negativeLogLikelihood } from '../model/likelihood.ts';

/** Batch from which the terms of a mapping's loss are computed. */
export interface MappedBatch {
  readonly target: Modality;
  readonly weights: Weights;
  /** Target's latent by the mapping. */
  readonly mapped: Gaussian;
  /** Output of the target's decoder at the mapped mean, with the mapping's residual: [batch, size]. */
  readonly raw: tf.Tensor2D;
  /** Values of the target as measured or completed: [batch, size]. */
  readonly values: tf.Tensor2D;
  /** Posterior of the target by its own encoder, or by the teacher that completed it. */
  readonly posterior: Gaussian;
  /** Share of each part in the batch: [batch]. */
  readonly weight: tf.Tensor1D;
}

/** Term of a mapping's loss. */
interface MappingTerm {
  readonly name: string;
  /** Weight in the sum; 0 where the term is only measured. */
  readonly factor: number;
  /** Value for each part: [batch]. */
  loss(batch: MappedBatch): tf.Tensor1D;
}

/** Temperature of the contrastive term. */
const temperature = 0.1;

/**
 * Terms of a mapping's loss, each with its weight in the plan:
 *
 * - `likelihood`: −log p_n(x_n | D_n(t)), through the frozen decoder of the target;
 * - `latent`: ‖t − μ_n‖², the regression to the target's posterior mean;
 * - `variance`: Gaussian negative log-likelihood of μ_n under a detached t, which teaches the variance head alone;
 * - `contrastive`: InfoNCE, t against the posterior means of the batch;
 * - `distribution`: KL(q_n ‖ N(t, s²)). It moves the variance head too, towards the error of t and the posterior's own
 *   width.
 *
 * The first three are always measured; the last two are computed only where the plan gives them weight.
 */
export function mappingTerms({ research }: Plan): MappingTerm[] {
  const always: MappingTerm[] = [
    {
      name: 'likelihood',
      factor: research.decoderWeight,
      loss: ({ target, weights, raw, values }) => negativeLogLikelihood(target, values, raw, weights),
    },
    {
      name: 'latent',
      factor: research.latentWeight,
      loss: ({ mapped, posterior }) =>
        tf.sum(tf.squaredDifference(mapped.mean, posterior.mean) as tf.Tensor2D, 1),
    },
    {
      name: 'variance',
      factor: 1,
      loss: ({ mapped, posterior }) => gaussianNll(posterior.mean, detach(mapped.mean), mapped.logvar),
    },
  ];
  const optional: MappingTerm[] = [
    {
      name: 'contrastive',
      factor: research.contrastiveWeight,
      loss: ({ mapped, posterior, weight }) => contrast(mapped.mean, posterior.mean, weight, temperature),
    },
    {
      name: 'distribution',
      factor: research.distributionWeight,
      loss: ({ mapped, posterior }) => klBetween(posterior, mapped),
    },
  ];
  return [...always, ...optional.filter(({ factor }) => factor > 0)];
}
