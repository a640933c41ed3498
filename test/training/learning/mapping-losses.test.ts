import { afterAll, describe, expect, it } from 'vitest';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { disposePrograms, pairs, plan, planWith, trainBy } from './optional.ts';
import { modulesOf, tensorsOf } from './rounds.ts';

afterAll(disposePrograms);
const global: ModuleTensors = modulesOf(await trainBy(plan, 'generators'));

describe('the losses of mappings', () => {
  const pairOnly = (name: string) => !['camera', 'gauge'].includes(name);
  /** The terms after a longer round of mappings on the same generators. */
  const termsAfter = async (options: Record<string, unknown>) => {
    const taught = planWith({ localEpochs: 20, ...options });
    const modules = {
      ...global,
      ...modulesOf(await trainBy(taught, 'mappings', { modules: global }, pairs)),
    };
    const all = { contrastiveWeight: 1, distributionWeight: 1, localEpochs: 1, learningRate: 1e-12 };
    const still = planWith({ ...options, ...all });
    const { metrics } = await trainBy(still, 'mappings', { modules, round: 2 }, pairs);
    return (term: string) => metrics[`camera←gauge/${term}`]!;
  };
  const none = { decoderWeight: 0, latentWeight: 0 };

  it.each([
    ['decoder', { ...none, decoderWeight: 1 }, 'likelihood'],
    ['latent', { ...none, latentWeight: 1 }, 'latent'],
    ['contrastive', { ...none, contrastiveWeight: 1 }, 'contrastive'],
    ['distribution', { ...none, distributionWeight: 1 }, 'distribution'],
  ])('each teach by themselves: %s', async (_, options, term) => {
    const before = (await termsAfter({ ...options, learningRate: 1e-12 }))(term);
    const after = (await termsAfter(options))(term);
    expect(after).toBeLessThan(term === 'likelihood' ? before - 1 : 0.9 * before);
  });

  it('that have no weight move nothing: only the variance head learns without the others', async () => {
    const tiny = { ...none, contrastiveWeight: 1e-30 };
    const given = { modules: global };
    const start = await trainBy(planWith({ ...tiny, learningRate: 1e-12 }), 'mappings', given, pairs);
    const result = await trainBy(planWith(tiny), 'mappings', given, pairs);
    const moved = (name: string) =>
      worstDifference({ [name]: tensorsOf(result)[name]! }, { [name]: tensorsOf(start)[name]! }).relative;
    expect(moved('mapping/camera←gauge/mean/kernel')).toBeLessThan(1e-6);
    expect(moved('mapping/camera←gauge/logvar/kernel')).toBeGreaterThan(1e-3);
  });

  it('never see a missing value, with every term in the sum', async () => {
    const all = planWith({ contrastiveWeight: 1, distributionWeight: 1 });
    const lacking = (name: string, part: number) => pairOnly(name) || (name === 'gauge' && part % 3 === 0);
    const clean = syntheticParts(all, 40, lacking);
    const { shape, data } = clean['gauge/values']!;
    const garbled = data.map((value, place) => (Math.floor(place / shape[1]!) % 3 === 0 ? 99 : value));
    const modules = { ...global, ...modulesOf(await trainBy(all, 'mappings', { modules: global }, pairs)) };
    for (const stage of ['mappings', 'completion'] as const) {
      const expected = await trainBy(all, stage, { modules }, clean);
      const actual = await trainBy(
        all,
        stage,
        { modules },
        {
          ...clean,
          'gauge/values': { shape, data: garbled },
        },
      );
      expect(worstDifference(tensorsOf(actual), tensorsOf(expected)).relative).toBe(0);
    }
  });
});
