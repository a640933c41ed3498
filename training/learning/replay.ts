import * as tf from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import { decode } from '../model/autoencoder.ts';
import { klBetween } from '../model/gaussian.ts';
import { parameter, type Weights } from '../model/layers.ts';
import { expectedMeasurement, negativeLogLikelihood } from '../model/likelihood.ts';
import { type Mapped, mapLatent, mappingInputAt } from '../model/mapping.ts';
import { weightedSums } from './objectives.ts';
import { replicaOf, replicaShapes } from './replica.ts';
import type { Task } from './task.ts';

/**
 * Adds a term to the task of T(target←source), `distillation`: the distance of T from the frozen replica, in nats a
 * draw, on what the frozen global generator of the source makes of draws from the prior. The draws stand for parts that
 * were here once and for those of the other plants, so that new parts do not make the mapping worse on them. The
 * distance is KL(T_replica ‖ T) of the latents; where the mapping has a residual, also that of the measurements that
 * the two expect.
 * Source: generative replay with distillation, van de Ven and Tolias, arXiv 1809.10635.
 */
export function withReplay(plan: Plan, target: string, source: string, task: Task): Task {
  const { objective, examples } = task;
  const { batch } = plan.training;
  const { latent } = modalityOf(plan, source);
  return {
    ...task,
    objective: {
      ...objective,
      frozen: {
        ...objective.frozen,
        ...replicaShapes(objective.trained),
        ...moduleShapes(plan, `encoder/${source}`),
        ...moduleShapes(plan, `decoder/${source}`),
      },
      batch: { ...objective.batch, noise: [batch, latent] },
      terms: [...objective.terms, 'distillation'],
      loss(weights, inputs) {
        const input = mappingInputAt(plan, source, inputs, parameter(inputs, 'noise'));
        const [taught, mapped] = [replicaOf(inputs), weights].map((by) =>
          mapLatent(plan, target, source, by, input),
        ) as [Mapped, Mapped];
        const latents = klBetween(taught, mapped);
        const distance = mapped.residual
          ? (tf.add(latents, expectedDistance(plan, target, weights, taught, mapped)) as tf.Tensor1D)
          : latents;
        return [...objective.loss(weights, inputs), ...weightedSums(inputs, [distance])];
      },
    },
    factors: [...task.factors, plan.research.mappingDistillation],
    examples: { ...examples, noise: latent },
  };
}

/**
 * Distance between the measurements that two mappings expect, in nats: how much less likely the replica's is under the
 * other mapping's: [batch].
 * @param weights parameters with the target's decoder
 */
function expectedDistance(
  plan: Plan,
  target: string,
  weights: Weights,
  taught: Mapped,
  mapped: Mapped,
): tf.Tensor1D {
  const entry = modalityOf(plan, target);
  const [before, now] = [taught, mapped].map((by) => decode(entry, weights, by.mean, by.residual));
  const expected = expectedMeasurement(entry, before!);
  const [least, own] = [before!, now!].map((raw) => negativeLogLikelihood(entry, expected, raw, weights));
  return tf.sub(own!, least!) as tf.Tensor1D;
}
