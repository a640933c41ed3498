import { afterAll, describe, expect, it } from 'vitest';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { referencePrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { disposePrograms, pairs, plan, planWith, trainBy } from './optional.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

afterAll(disposePrograms);
const generators = modulesOf(await trainBy(plan, 'generators'));
const modules: ModuleTensors = {
  ...generators,
  ...modulesOf(await trainBy(plan, 'mappings', { modules: generators }, pairs)),
};
/** Parts of another world, where other things go together. */
const others = syntheticParts(plan, 40, (name) => name !== 'camera' && name !== 'gauge', 9);
const held = (
  distillation: number,
  options: Record<string, unknown> = {},
  mappingInput = 'features',
  residual = 0,
) =>
  planWith(
    { ...options, mappingInput, mappingDistillation: distillation },
    { mapping: { ...plan.mapping, residual } },
  );

/** The mappings of another plan have other shapes. */
async function latentModules(): Promise<ModuleTensors> {
  const by = held(0, { localEpochs: 1 }, 'latent');
  return { ...generators, ...modulesOf(await trainBy(by, 'mappings', { modules: generators }, pairs)) };
}

describe('mappings held by distillation to the frozen replica', () => {
  it('stay the nearer to the global ones the heavier it weighs', async () => {
    const left: number[] = [];
    for (const weight of [0.01, 1, 30]) {
      const { metrics } = await trainBy(held(weight), 'mappings', { modules }, others);
      left.push(metrics['camera←gauge/distillation']!);
    }
    expect(left[1]!).toBeLessThan(0.9 * left[0]!);
    expect(left[2]!).toBeLessThan(0.9 * left[1]!);
  });

  it('keep what they add to the decoder’s output, too', async () => {
    const by = (distillation: number) => held(distillation, {}, 'measurement', 64);
    const before = modulesOf(await trainBy(by(0), 'mappings', { modules: generators }, pairs));
    const added = (modules: ModuleTensors) =>
      modules['mapping/camera←gauge']!['mapping/camera←gauge/residual/kernel']!.data;
    const moved: number[] = [];
    for (const weight of [0.01, 30]) {
      const given = { modules: { ...generators, ...before } };
      const now = added(modulesOf(await trainBy(by(weight), 'mappings', given, others)));
      moved.push(Math.hypot(...added(before).map((value, place) => now[place]! - value)));
    }
    expect(moved[1]!).toBeLessThan(0.7 * moved[0]!);
  });

  it('are where they were before the first step: the term is nothing there', async () => {
    const still = held(1, { localEpochs: 1, learningRate: 1e-12 });
    const { metrics } = await trainBy(still, 'mappings', { modules }, others);
    expect(metrics['camera←gauge/distillation']!).toBeCloseTo(0, 5);
  });

  it('are left alone while nobody has trained them', async () => {
    const { metrics } = await trainBy(held(1), 'mappings', { modules: generators }, others);
    expect(metrics).not.toHaveProperty('camera←gauge/distillation');
  });

  it.each(['features', 'latent'])('give the same weights on two engines, reading %s', async (input) => {
    const both = held(1, { localEpochs: 1, proximal: 0.1 }, input);
    const few = syntheticParts(plan, 8, (name) => name !== 'camera' && name !== 'gauge');
    const reference = await referencePrograms();
    const given = { modules: input === 'features' ? modules : await latentModules(), round: 3 };
    const expected = await trainOnce(both, 'mappings', few, reference, given);
    const actual = await trainBy(both, 'mappings', given, few);
    expect(Object.keys(actual.metrics)).toContain('gauge←camera/distillation');
    expect(worstDifference(tensorsOf(actual), tensorsOf(expected)).relative).toBeLessThan(1e-4);
    await reference.dispose();
  });
});
