import type * as tf from '@tensorflow/tfjs';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import { decode, encode } from '../model/autoencoder.ts';
import { klBetween } from '../model/gaussian.ts';
import { kinds } from '../model/kinds/table.ts';
import { parameter, type Weights } from '../model/layers.ts';
import { mapLatent } from '../model/mapping.ts';
import { weightedSums } from './objectives.ts';
import { replicaOf, replicaShapes } from './replica.ts';
import type { Task } from './tasks.ts';

/**
 * The training of T(target←source) with one more term, `distillation`: KL(T_replica ‖ T), in nats a draw, on what the
 * frozen global generator of the source makes of draws from the prior. They stand for parts that were here once and
 * for those of the other plants, so new parts do not wash out what the mapping says of old ones.
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
        const input = replayed(plan, source, inputs, parameter(inputs, 'noise'));
        const [taught, mapped] = [replicaOf(inputs), weights].map((by) =>
          mapLatent(plan, target, source, by, input),
        );
        return [...objective.loss(weights, inputs), ...weightedSums(inputs, [klBetween(taught!, mapped!)])];
      },
    },
    factors: [...task.factors, plan.continual.distillation],
    examples: { ...examples, noise: latent },
  };
}

/** What mappings read of measurements that the source's frozen generator makes of latents: [batch, features]. */
function replayed(plan: Plan, source: string, frozen: Weights, prior: tf.Tensor2D): tf.Tensor2D {
  const modality = modalityOf(plan, source);
  const measurement = kinds[modality.kind].mean(decode(modality, frozen, prior));
  const { features, mean } = encode(modality, frozen, measurement);
  return plan.mapping.input === 'latent' ? mean : features;
}
