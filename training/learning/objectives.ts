import * as tf from '@tensorflow/tfjs';
import { mappingName } from '../../protocol/modules.ts';
import { type Modality, modalityOf, type Plan } from '../../protocol/plan.ts';
import { mappingInputSize, moduleShapes, valueSize } from '../../protocol/shapes.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { klToPrior, klWithFreeBits, sample } from '../model/gaussian.ts';
import { parameter, type Weights } from '../model/layers.ts';
import { negativeLogLikelihood } from '../model/likelihood.ts';
import { mapLatent } from '../model/mapping.ts';
import { type MappedBatch, mappingTerms } from './mapping-terms.ts';
import type { Objective } from './step.ts';

/**
 * Objective of stage 1, the negative ELBO of one modality: −log p(x|z) + β·KL(q(z|x) ‖ N(0, I)), with the plan's free
 * bits.
 * Batch: `values` [batch, size], `noise` [batch, latent], `weight` [batch].
 * @param trainsDecoder false where the decoder is frozen and the encoder learns alone
 */
export function generatorObjective(plan: Plan, modality: Modality, trainsDecoder = true): Objective {
  const { batch } = plan.training;
  const decoder = `decoder/${modality.name}` as const;
  const encoding = moduleShapes(plan, `encoder/${modality.name}`);
  const decoding = moduleShapes(plan, decoder);
  return {
    trained: trainsDecoder ? { ...encoding, ...decoding } : encoding,
    frozen: trainsDecoder ? {} : decoding,
    batch: { values: [batch, valueSize(modality)], noise: [batch, modality.latent], weight: [batch] },
    terms: ['likelihood', 'kl'],
    loss(weights, inputs) {
      const x = parameter<tf.Rank.R2>(inputs, 'values');
      const posterior = encode(modality, weights, x);
      const z = sample(posterior, parameter(inputs, 'noise'));
      const raw = decode(modality, weights, z);
      const likelihood = negativeLogLikelihood(modality, x, raw, weights);
      const { freeBits } = plan.research;
      if (freeBits === 0) return weightedSums(inputs, [likelihood, klToPrior(posterior)]);
      const kl = klWithFreeBits(posterior, parameter(inputs, 'weight'), freeBits);
      return [...weightedSums(inputs, [likelihood]), kl];
    },
  };
}

/**
 * Objective of one mapping T(n←m) on frozen generators (stages 2 and 3): the weighted sum of {@link mappingTerms}.
 * Batch: `input` [batch, `mappingInputSize` of m], `latent` and `logvar` [batch, latent of n] (the posterior of n),
 * `values` [batch, size of n], `weight` [batch].
 */
export function mappingObjective(plan: Plan, targetName: string, source: string): Objective {
  const { batch } = plan.training;
  const target = modalityOf(plan, targetName);
  const terms = mappingTerms(plan);
  return {
    trained: moduleShapes(plan, mappingName(targetName, source)),
    frozen: moduleShapes(plan, `decoder/${targetName}`),
    batch: {
      input: [batch, mappingInputSize(plan, modalityOf(plan, source))],
      latent: [batch, target.latent],
      logvar: [batch, target.latent],
      values: [batch, valueSize(target)],
      weight: [batch],
    },
    terms: terms.map(({ name }) => name),
    loss(weights, inputs) {
      const mapped = mapLatent(plan, targetName, source, weights, parameter(inputs, 'input'));
      const given: MappedBatch = {
        target,
        weights,
        mapped,
        raw: decode(target, weights, mapped.mean, mapped.residual),
        values: parameter(inputs, 'values'),
        posterior: { mean: parameter(inputs, 'latent'), logvar: parameter(inputs, 'logvar') },
        weight: parameter(inputs, 'weight'),
      };
      return weightedSums(
        inputs,
        terms.map(({ loss }) => loss(given)),
      );
    },
  };
}

/** Weighted sums of terms by part [batch] over the parts, with their input `weight`: a scalar for each term. */
export function weightedSums(inputs: Weights, terms: readonly tf.Tensor1D[]): tf.Scalar[] {
  const weight = parameter(inputs, 'weight');
  return terms.map((term) => tf.sum(tf.mul(term, weight)) as tf.Scalar);
}
