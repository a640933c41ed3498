import { afterAll, describe, expect, it } from 'vitest';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { memoryStateStore } from '../../../training/learning/task-state.ts';
import { referencePrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { disposePrograms, pairs, plan, planWith, trainBy } from './optional.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

afterAll(disposePrograms);
const first = await trainBy(plan, 'generators');
const global: ModuleTensors = modulesOf(first);

/** ‖a − b‖² over all tensors of `b`. */
function squaredDistance(a: HostTensors, b: HostTensors): number {
  return Object.entries(b).reduce(
    (total, [name, { data }]) =>
      total + data.reduce((sum, value, place) => sum + (value - a[name]!.data[place]!) ** 2, 0),
    0,
  );
}

describe('the default plan', () => {
  /** Losses of three rounds as they were before the plan had these options. */
  const recorded = {
    generators: { 'camera/likelihood': 36.42211, 'note/kl': 0.4059834 },
    mappings: {
      'camera←gauge/likelihood': 28.04102,
      'camera←gauge/latent': 3.599814,
      'camera←gauge/variance': 4.080625,
    },
    completion: { 'camera←gauge/likelihood': 27.58705, 'color←gauge/latent': 0.0320609 },
  };

  it('trains as it did before there were options', async () => {
    let modules: ModuleTensors = {};
    for (const [index, stage] of (['generators', 'mappings', 'completion'] as const).entries()) {
      const result = await trainBy(tinyPlan(), stage, { modules, round: index + 1 });
      modules = { ...modules, ...modulesOf(result) };
      for (const [term, value] of Object.entries(recorded[stage]))
        expect(result.metrics[term]! / value, term).toBeCloseTo(1, 3);
    }
  });
});

describe('optimiser moments', () => {
  it('start afresh each round where the plan resets them', async () => {
    const reset = planWith({ moments: 'reset' });
    const state = memoryStateStore();
    await trainBy(reset, 'generators', { state, key: 'round 1' });
    const second = { round: 2, modules: global, key: 'round 2' };
    const after = await trainBy(reset, 'generators', { ...second, state });
    const fresh = await trainBy(reset, 'generators', second);
    expect(worstDifference(tensorsOf(after), tensorsOf(fresh)).relative).toBe(0);
    const { adamSteps, step } = (await state.load('gauge'))!;
    expect(adamSteps).toBe(step);
  });

  it('of a round that was stopped live on in it all the same', async () => {
    const reset = planWith({ moments: 'reset' });
    const state = memoryStateStore();
    const controller = new AbortController();
    const progress = () => controller.abort(new Error('stop'));
    await expect(trainBy(reset, 'generators', { state, abort: controller.signal, progress })).rejects.toThrow(
      'stop',
    );
    const resumed = await trainBy(reset, 'generators', { state });
    const whole = await trainBy(reset, 'generators');
    expect(worstDifference(tensorsOf(resumed), tensorsOf(whole)).relative).toBe(0);
  });
});

describe('the proximal term', () => {
  it.each(['generators', 'mappings'] as const)(
    'holds what is trained near the global parameters in %s, the more the heavier it is',
    async (stage) => {
      const modules: ModuleTensors = {
        ...global,
        ...modulesOf(await trainBy(plan, 'mappings', { modules: global }, pairs)),
      };
      const start: HostTensors = Object.assign({}, ...Object.values(modules));
      const moved: number[] = [];
      for (const proximal of [0, 10, 1000]) {
        const result = await trainBy(planWith({ proximal }), stage, { modules, round: 2 }, pairs);
        moved.push(squaredDistance(start, tensorsOf(result)));
      }
      expect(moved[1]!).toBeLessThan(0.7 * moved[0]!);
      expect(moved[2]!).toBeLessThan(0.7 * moved[1]!);
    },
  );

  it('sends back the trained parameters and nothing of the replica', async () => {
    const result = await trainBy(planWith({ proximal: 1 }), 'generators');
    expect(Object.keys(tensorsOf(result)).sort()).toEqual(Object.keys(tensorsOf(first)).sort());
  });
});

describe('free bits', () => {
  it('let a latent carry what a heavy KL term would have taken from it', async () => {
    const heavy = { beta: 10, localEpochs: 20 };
    const kl = async (freeBits: number) => {
      const result = await trainBy(planWith({ ...heavy, freeBits }), 'generators', { round: 2 });
      const after = await trainBy(planWith({ localEpochs: 1, learningRate: 1e-12 }), 'generators', {
        modules: modulesOf(result),
      });
      return after.metrics['gauge/kl']!;
    };
    expect(await kl(0)).toBeLessThan(0.5);
    expect(await kl(1)).toBeGreaterThan(1.5);
  });
});

describe('options on two engines', () => {
  // One option at a time: what holds generators near the global ones would be another.
  const small = { localEpochs: 1, freezing: { rule: 'none' } };
  it.each([
    ['generators', { proximal: 0.1 }],
    ['mappings', { proximal: 0.1 }],
    ['generators', { freeBits: 0.2, beta: 1 }],
    ['generators', { moments: 'reset' }],
    ['mappings', { contrastiveWeight: 1, decoderWeight: 0.5 }],
    ['mappings', { distributionWeight: 1 }],
  ] as const)('give the same weights: %s with %o', async (stage, options) => {
    const changed = planWith({ ...small, ...options });
    // A dense and a convolutional modality are enough to map between.
    const held = stage === 'mappings' ? ['camera', 'color'] : plan.modalities.map(({ name }) => name);
    const few = syntheticParts(
      changed,
      24,
      (name, part) => !held.includes(name) || (name === 'camera' && part % 4 === 0),
    );
    const reference = await referencePrograms();
    const job = { modules: global, round: 2 };
    const expected = await trainOnce(changed, stage, few, reference, job);
    const actual = await trainBy(changed, stage, job, few);
    expect(worstDifference(tensorsOf(actual), tensorsOf(expected)).relative).toBeLessThan(1e-4);
    await reference.dispose();
  });
});
