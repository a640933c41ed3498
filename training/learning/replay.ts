import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import { klBetween } from '../model/gaussian.ts';
import { parameter } from '../model/layers.ts';
import { mapLatent, mappingInputAt } from '../model/mapping.ts';
import { weightedSums } from './objectives.ts';
import { replicaOf, replicaShapes } from './replica.ts';
import type { Task } from './task.ts';

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
        const input = mappingInputAt(plan, source, inputs, parameter(inputs, 'noise'));
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
