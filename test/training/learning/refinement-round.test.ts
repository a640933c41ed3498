import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moduleUse } from '../../../protocol/modules.ts';
import { moduleShapes } from '../../../protocol/shapes.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { referencePrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { disposePrograms, pairs, plan, planWith, trainBy } from './optional.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

afterAll(disposePrograms);
const global: ModuleTensors = modulesOf(await trainBy(plan, 'generators'));

describe('refinement in stage 3', () => {
  const refining = (options: Record<string, unknown> = {}) => planWith({ refine: true, ...options });
  const held = ['camera', 'gauge'];
  const unwritten = syntheticParts(plan, 60, (name) => name === 'note');
  let modules: ModuleTensors;
  beforeAll(async () => {
    modules = {
      ...global,
      ...modulesOf(await trainBy(plan, 'mappings', { modules: global }, unwritten)),
    };
  });
  /** The terms where a round's modules stand. */
  const termsAt = async (at: ModuleTensors) => {
    const still = refining({ localEpochs: 1, learningRate: 1e-12 });
    return (await trainBy(still, 'completion', { modules: at, round: 3 }, pairs)).metrics;
  };

  it('trains what the plan says and sends nothing else back', async () => {
    const { modules: trained } = await trainBy(refining(), 'completion', { modules }, pairs);
    expect([...trained.keys()]).toContain('decoder/camera');
    expect([...trained.keys()]).not.toContain('decoder/note');
    for (const name of trained.keys())
      expect(moduleUse(refining(), held, 'completion', 1).train).toContain(name);
    for (const [name, { tensors }] of trained)
      expect(Object.keys(tensors).sort()).toEqual(Object.keys(moduleShapes(plan, name)).sort());
  });

  it('makes the decoder better at the latents it is used on', async () => {
    const refined = await trainBy(refining({ localEpochs: 20 }), 'completion', { modules }, pairs);
    // The same encoders and mappings, so the same latents; and the same variances, so the same measure.
    const variances = 'decoder/camera/logvar';
    const decoder = {
      ...refined.modules.get('decoder/camera')!.tensors,
      [variances]: modules['decoder/camera']![variances]!,
    };
    const [old, now] = [await termsAt(modules), await termsAt({ ...modules, 'decoder/camera': decoder })];
    expect(now['camera/mapped']!).toBeLessThan(old['camera/mapped']! - 1);
  });

  it('stays the nearer to the replica the heavier the distillation', async () => {
    const left: number[] = [];
    for (const refineDistillation of [0, 1, 30]) {
      const { metrics } = await trainBy(refining({ refineDistillation }), 'completion', { modules }, pairs);
      left.push(metrics['camera/distillation']!);
    }
    expect(left[1]!).toBeLessThan(0.9 * left[0]!);
    expect(left[2]!).toBeLessThan(0.9 * left[1]!);
  });

  it('does not refine by mappings nobody has trained', async () => {
    const { modules: trained } = await trainBy(refining(), 'completion', { modules: global }, pairs);
    expect([...trained.keys()].sort()).toEqual(['mapping/camera←gauge', 'mapping/gauge←camera']);
  });

  it('never sees a missing value', async () => {
    const lacking = syntheticParts(
      plan,
      40,
      (name, part) => !held.includes(name) || (name === 'gauge' && part % 3 === 0),
    );
    const { shape, data } = lacking['gauge/values']!;
    const garbled = data.map((value, place) => (Math.floor(place / shape[1]!) % 3 === 0 ? 99 : value));
    const clean = await trainBy(refining(), 'completion', { modules }, lacking);
    const other = await trainBy(
      refining(),
      'completion',
      { modules },
      { ...lacking, 'gauge/values': { shape, data: garbled } },
    );
    expect(worstDifference(tensorsOf(other), tensorsOf(clean)).relative).toBe(0);
  });

  it('gives the same weights on two engines, held by a proximal term too', async () => {
    const both = refining({ localEpochs: 1, proximal: 0.1 });
    const few = syntheticParts(
      plan,
      24,
      (name, part) => name === 'note' || (name === 'camera' && part % 4 === 0),
    );
    const reference = await referencePrograms();
    const expected = await trainOnce(both, 'completion', few, reference, { modules, round: 3 });
    const actual = await trainBy(both, 'completion', { modules, round: 3 }, few);
    expect([...expected.modules.keys()]).toContain('encoder/color');
    expect(worstDifference(tensorsOf(actual), tensorsOf(expected)).relative).toBeLessThan(1e-4);
    await reference.dispose();
  });
});
