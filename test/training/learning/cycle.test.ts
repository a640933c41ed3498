import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moduleUse } from '../../../protocol/modules.ts';
import type { Plan } from '../../../protocol/plan.ts';
import { wayBack, withCycle } from '../../../training/learning/cycle.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { mappingObjective } from '../../../training/learning/objectives.ts';
import { mapLatent } from '../../../training/model/mapping.ts';
import { onnxPrograms, referencePrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());

const training = { batch: 8, localEpochs: 16, learningRate: 0.01, seed: 7 };
const modalities = tinyPlan().modalities.filter(({ name }) => name !== 'note');
const cycled = (cycle: number, changes: Record<string, unknown> = {}): Plan =>
  tinyPlan({
    ...{ modalities, training, ...changes },
    research: { betaWarmupRounds: 0, beta: 0.1, cycle, ...(changes.research as object) },
  });
const blind = syntheticParts(cycled(0), 48, (name) => name === 'camera', 2);

/** What a plant that holds everything has trained by the end of stage 2. */
let global: ModuleTensors;
beforeAll(async () => {
  const parts = syntheticParts(cycled(0), 60);
  const generators = modulesOf(await trainOnce(cycled(0), 'generators', parts, onnx));
  const mappings = await trainOnce(cycled(0), 'mappings', parts, onnx, { modules: generators });
  global = { ...generators, ...modulesOf(mappings) };
});

describe('cycle consistency', () => {
  const held = ['color', 'gauge'];

  it('needs the way back from what a plant lacks, and only where the plan wants it', () => {
    const used = (cycle: number) => moduleUse(cycled(cycle), held, 'completion', 1).use;
    expect(used(1).filter((name) => !used(0).includes(name))).toEqual([
      'encoder/camera',
      'mapping/color←camera',
      'mapping/gauge←camera',
    ]);
    expect(moduleUse(cycled(1), held, 'completion', 1).train).toEqual(
      moduleUse(cycled(0), held, 'completion', 1).train,
    );
    expect(moduleUse(cycled(1), ['gauge'], 'completion', 1)).toEqual({
      train: [],
      use: ['encoder/gauge', 'decoder/gauge'],
    });
  });

  it('holds mappings to what a plant lacks alone, where the way back was trained', async () => {
    const { metrics } = await trainOnce(cycled(1), 'completion', blind, onnx, { modules: global });
    const cycles = (names: object) => Object.keys(names).filter((name) => name.endsWith('/cycle'));
    // Colour and gauge are each the surest source of some parts, and teach one another.
    expect(cycles(metrics).sort()).toEqual(['camera←color/cycle', 'camera←gauge/cycle']);
    const { 'mapping/gauge←camera': _, ...without } = global;
    const fewer = await trainOnce(cycled(1), 'completion', blind, onnx, { modules: without });
    expect(cycles(fewer.metrics)).toEqual(['camera←color/cycle']);
    expect(fewer.metrics).toHaveProperty('camera←gauge/latent');
  });

  it('brings back more of what was measured, the heavier it is', async () => {
    const lost: number[] = [];
    for (const cycle of [0.001, 100]) {
      const { metrics } = await trainOnce(cycled(cycle), 'completion', blind, onnx, { modules: global });
      const terms = Object.entries(metrics).filter(([name]) => name.endsWith('/cycle'));
      lost.push(terms.reduce((sum, [, value]) => sum + value, 0));
    }
    expect(lost[1]).toBeLessThan(0.9 * lost[0]!);
  });

  it('maps straight back where mappings read latents', () => {
    const plan = cycled(1, { mapping: { hidden: [8] }, research: { mappingInput: 'latent' } });
    const objective = withCycle(mappingObjective(plan, 'camera', 'gauge'), plan, 'camera', 'gauge');
    expect(wayBack(plan, 'camera', 'gauge')).toEqual(['mapping/gauge←camera']);
    expect(Object.keys(objective.frozen).some((name) => name.startsWith('encoder/'))).toBe(false);
    tf.tidy(() => {
      const shapes = { ...objective.trained, ...objective.frozen, ...objective.batch };
      const inputs = Object.fromEntries(
        Object.entries(shapes).map(([name, shape], seed) => [
          name,
          tf.randomNormal([...shape], 0, 0.3, 'float32', seed),
        ]),
      );
      const there = mapLatent(plan, 'camera', 'gauge', inputs, inputs.input as tf.Tensor2D);
      const back = mapLatent(plan, 'gauge', 'camera', inputs, there.mean);
      const distance = tf.sum(tf.squaredDifference(back.mean, inputs.own!), 1);
      const expected = tf.sum(tf.mul(distance, inputs.weight!)).dataSync()[0]!;
      expect(objective.loss(inputs, inputs).at(-1)!.dataSync()[0]).toBeCloseTo(expected, 4);
    });
  });

  it('gives the same weights on two engines', async () => {
    const reference = await referencePrograms();
    const by = (programs: typeof onnx) =>
      trainOnce(cycled(1, { training: { ...training, localEpochs: 1 } }), 'completion', blind, programs, {
        modules: global,
      });
    const actual = await by(onnx);
    expect(actual.metrics).toHaveProperty('camera←gauge/cycle');
    const difference = worstDifference(tensorsOf(actual), tensorsOf(await by(reference)));
    expect(difference.relative).toBeLessThan(1e-4);
    await reference.dispose();
  });
});
