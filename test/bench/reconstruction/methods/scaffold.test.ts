import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import { parsePlan } from '../../../../protocol/plan.ts';
import type { Dataset } from '../../../../training/learning/datasets.ts';
import type { Task } from '../../../../training/learning/task.ts';
import { parameter } from '../../../../training/model/layers.ts';
import { onnxPrograms } from '../../../training/model/engines.ts';
import { tinyPlan } from '../../../training/model/plans.ts';
import { simulate } from '../../simulate.ts';
import { controlledTraining, withCorrection } from './scaffold.ts';

const programs = await onnxPrograms();
afterAll(() => programs.dispose());

const batch = 4;
const plan = parsePlan({
  ...tinyPlan(),
  training: { batch, localEpochs: 20, learningRate: 1e-3 },
  research: { ...tinyPlan().research, servingEma: 0 },
  stages: [{ stage: 'generators', rounds: 2 }],
});
const start = { 'encoder/x': { 'encoder/x/w': { shape: [1], data: Float32Array.of(0) } } };

/** A plant whose every part pulls the one parameter towards `aim`: ½ (w − aim)². */
function plantAt(aim: number) {
  const values = { data: new Float32Array(16).fill(aim), width: 1 };
  const dataset: Dataset = {
    count: 16,
    modalities: { x: { values, present: new Float32Array(16).fill(1) } },
  };
  return { name: `${aim}`, dataset };
}

function taskOf({ modalities: { x } }: Dataset): Task {
  return {
    name: 'pull',
    modules: ['encoder/x'],
    objective: withCorrection({
      trained: { 'encoder/x/w': [1] },
      frozen: {},
      batch: { values: [batch, 1], weight: [batch] },
      terms: ['square'],
      loss(weights, given) {
        const difference = tf.sub(parameter<tf.Rank.R2>(given, 'values'), weights['encoder/x/w']!);
        const weight = tf.reshape(parameter(given, 'weight'), [batch, 1]);
        return [tf.sum(tf.mul(tf.mul(tf.square(difference), 0.5), weight)) as tf.Scalar];
      },
    }),
    factors: [1, 1],
    examples: { parts: Uint32Array.from({ length: 16 }, (_, part) => part), inputs: { values: x!.values } },
    samples: 16,
  };
}

/** Where each plant ends in each round, and the control variates that it sends. */
async function rounds(aims: readonly number[]) {
  const training = controlledTraining(1);
  const sent: { place: number; control: number }[] = [];
  const run = simulate(plan, aims.map(plantAt), programs, async (job) => {
    const modules = { ...start, ...job.modules };
    const result = await training.train(job, [taskOf(job.dataset)], modules);
    const numberOf = (module: 'encoder/x' | 'encoder/x/control', tensor: string) =>
      result.modules.get(module)!.tensors[tensor]!.data[0]!;
    sent.push({
      place: numberOf('encoder/x', 'encoder/x/w'),
      control: numberOf('encoder/x/control', 'control/encoder/x/w'),
    });
    return result;
  });
  for await (const _ of run);
  return sent;
}

describe('the control variates', () => {
  it('are the plants’ own gradients, and turn plants that pull apart towards the common aim', async () => {
    const [left, right, leftNext, rightNext] = await rounds([-1, 3]);
    expect(left!.place).toBeLessThan(0);
    expect(right!.place).toBeGreaterThan(0);
    // The gradient w − aim, near w = 0.
    expect(left!.control).toBeCloseTo(1, 0);
    expect(right!.control).toBeCloseTo(-3, 0);
    // Corrected by c − c_i, both go towards 1 from the average, where they met.
    const met = (left!.place + right!.place) / 2;
    expect(leftNext!.place).toBeGreaterThan(met);
    expect(rightNext!.place).toBeGreaterThan(met);
    expect(leftNext!.control).toBeCloseTo(1, 0);
  });

  it('correct nothing where there is one plant only', async () => {
    const [first, second] = await rounds([5]);
    expect(second!.place).toBeGreaterThan(first!.place);
    expect(second!.control).toBeCloseTo(second!.place - 5, 1);
  });
});
