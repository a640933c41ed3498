import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { pathCost, trainingFlop } from '../../../protocol/cost.ts';
import { type ModuleName, mappingName } from '../../../protocol/modules.ts';
import { mappingInputSize, moduleShapes, type Shapes, valueSize } from '../../../protocol/shapes.ts';
import { generatorObjective, mappingObjective } from '../../../training/learning/objectives.ts';
import { type Objective, trainingStep } from '../../../training/learning/step.ts';
import { decode, encode } from '../../../training/model/autoencoder.ts';
import { mapLatent } from '../../../training/model/mapping.ts';
import { reconstructionCost } from '../../bench/reconstruction/cost.ts';
import { multiplyAdds } from './multiply-adds.ts';
import { tinyPlan } from './plans.ts';

const plan = tinyPlan();
const modality = (name: string) => plan.modalities.find((entry) => entry.name === name)!;

describe('the cost of a plan', () => {
  it.each([
    ['color', 'gauge'],
    ['note', 'color'],
  ])('is what the model multiplies when it reconstructs %s from %s', async (target, source) => {
    const weights = zeros({
      ...moduleShapes(plan, `encoder/${source}`),
      ...moduleShapes(plan, mappingName(target, source)),
      ...moduleShapes(plan, `decoder/${target}`),
    });
    const run = () => {
      const x = tf.zeros([1, valueSize(modality(source))]) as tf.Tensor2D;
      const { features } = encode(modality(source), weights, x);
      expect(features.shape).toEqual([1, mappingInputSize(plan, modality(source))]);
      return decode(modality(target), weights, mapLatent(plan, target, source, weights, features).mean);
    };
    expect(2 * (await multiplyAdds(run))).toBe(reconstructionCost(plan, target, [source]).flop);
  });

  it('leaves out an encoder that no mapping reads', () => {
    const measured = tinyPlan({
      mapping: { hidden: [8], residual: 4096 },
      research: { mappingInput: 'measurement' },
    });
    const parameters = (...modules: ModuleName[]) => pathCost(measured, modules).parameters;
    expect(reconstructionCost(measured, 'camera', ['gauge', 'color']).parameters).toBe(
      parameters('encoder/color', 'mapping/camera←gauge', 'mapping/camera←color', 'decoder/camera'),
    );
  });

  it.each(plan.modalities.map(({ name }) => name))(
    'is what a training step of the generator of %s multiplies, gradients included',
    async (name) => {
      const expected = trainingFlop(plan, `encoder/${name}`) + trainingFlop(plan, `decoder/${name}`);
      expect(await stepFlop(generatorObjective(plan, modality(name)))).toBe(expected);
    },
  );

  it('is what a training step of a mapping multiplies', async () => {
    const expected = trainingFlop(plan, 'mapping/color←gauge');
    expect(await stepFlop(mappingObjective(plan, 'color', 'gauge'))).toBe(expected);
  });
});

/** FLOP a part of one training step. */
async function stepFlop(objective: Objective): Promise<number> {
  const { fn, signature } = trainingStep(objective);
  const inputs = zeros(signature.inputs);
  return (2 * (await multiplyAdds(() => fn(inputs)))) / plan.training.batch;
}

function zeros(shapes: Shapes | Readonly<Record<string, readonly number[]>>) {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tf.zeros([...shape])]));
}
