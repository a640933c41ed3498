import { afterAll, describe, expect, it } from 'vitest';
import type { Plan, StageName } from '../../../protocol/plan.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Modules } from '../../../training/learning/inference.ts';
import type { RoundJob, RoundResult } from '../../../training/learning/round.ts';
import { memoryStateStore } from '../../../training/learning/state.ts';
import { onnxPrograms, referencePrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

const training = { batch: 8, localEpochs: 4, learningRate: 0.01, betaWarmupRounds: 0, seed: 7 };
const plan = tinyPlan({ training });
const parts = syntheticParts(plan, 60);
const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());

/** The tiny plan with other options of training. */
function withTraining(options: Record<string, unknown>): Plan {
  return tinyPlan({ training: { ...training, ...options } });
}

/** One round with programs of its own, because the plan decides what is compiled. */
async function trainBy(
  changed: Plan,
  stage: StageName,
  changes: Partial<RoundJob> = {},
  data: HostTensors = parts,
): Promise<RoundResult> {
  const programs = await onnxPrograms();
  const result = await trainOnce(changed, stage, data, programs, changes);
  await programs.dispose();
  return result;
}

/** ‖a − b‖² over all tensors of `b`. */
function squaredDistance(a: HostTensors, b: HostTensors): number {
  return Object.entries(b).reduce(
    (total, [name, { data }]) =>
      total + data.reduce((sum, value, place) => sum + (value - a[name]!.data[place]!) ** 2, 0),
    0,
  );
}

const first = await trainOnce(plan, 'generators', parts, onnx);
const global: Modules = modulesOf(first);

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
    let modules: Modules = {};
    for (const [index, stage] of (['generators', 'mappings', 'completion'] as const).entries()) {
      const result = await trainOnce(tinyPlan(), stage, parts, onnx, { modules, round: index + 1 });
      modules = { ...modules, ...modulesOf(result) };
      for (const [term, value] of Object.entries(recorded[stage]))
        expect(result.metrics[term]! / value, term).toBeCloseTo(1, 3);
    }
  });
});

describe('optimiser moments', () => {
  it('start afresh each round where the plan resets them', async () => {
    const reset = withTraining({ moments: 'reset' });
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
    const reset = withTraining({ moments: 'reset' });
    const state = memoryStateStore();
    const controller = new AbortController();
    const progress = () => controller.abort(new Error('stop'));
    await expect(
      trainBy(reset, 'generators', { state, signal: controller.signal, progress }),
    ).rejects.toThrow('stop');
    const resumed = await trainBy(reset, 'generators', { state });
    const whole = await trainBy(reset, 'generators');
    expect(worstDifference(tensorsOf(resumed), tensorsOf(whole)).relative).toBe(0);
  });
});

describe('the proximal term', () => {
  it.each(['generators', 'mappings'] as const)(
    'holds what is trained near the global parameters in %s, the more the heavier it is',
    async (stage) => {
      const modules: Modules = {
        ...global,
        ...modulesOf(await trainOnce(plan, 'mappings', parts, onnx, { modules: global })),
      };
      const start: HostTensors = Object.assign({}, ...Object.values(modules));
      const moved: number[] = [];
      for (const proximal of [0, 10, 1000]) {
        const result = await trainBy(withTraining({ proximal }), stage, { modules, round: 2 });
        moved.push(squaredDistance(start, tensorsOf(result)));
      }
      expect(moved[1]!).toBeLessThan(0.7 * moved[0]!);
      expect(moved[2]!).toBeLessThan(0.7 * moved[1]!);
    },
  );

  it('sends back the trained parameters and nothing of the replica', async () => {
    const result = await trainBy(withTraining({ proximal: 1 }), 'generators');
    expect(Object.keys(tensorsOf(result)).sort()).toEqual(Object.keys(tensorsOf(first)).sort());
  });
});

describe('free bits', () => {
  it('let a latent carry what a heavy KL term would have taken from it', async () => {
    const heavy = { beta: 10, localEpochs: 20 };
    const kl = async (freeBits: number) => {
      const result = await trainBy(withTraining({ ...heavy, freeBits }), 'generators', { round: 2 });
      const after = await trainBy(withTraining({ localEpochs: 1, learningRate: 1e-12 }), 'generators', {
        modules: modulesOf(result),
      });
      return after.metrics['gauge/kl']!;
    };
    expect(await kl(0)).toBeLessThan(0.5);
    expect(await kl(1)).toBeGreaterThan(1.5);
  });
});

describe('the losses of mappings', () => {
  const pairOnly = (name: string) => !['camera', 'gauge'].includes(name);
  const pairs = syntheticParts(plan, 60, pairOnly);
  /** The terms after a longer round of mappings on the same generators. */
  const termsAfter = async (options: Record<string, unknown>) => {
    const taught = withTraining({ localEpochs: 20, ...options });
    const modules = {
      ...global,
      ...modulesOf(await trainBy(taught, 'mappings', { modules: global }, pairs)),
    };
    const all = { contrastiveWeight: 1, distributionWeight: 1, localEpochs: 1, learningRate: 1e-12 };
    const { metrics } = await trainBy(withTraining({ ...options, ...all }), 'mappings', {
      modules,
      round: 2,
    });
    return (term: string) => metrics[`camera←gauge/${term}`]!;
  };
  const none = { decoderWeight: 0, latentWeight: 0 };

  it.each([
    ['decoder', { ...none, decoderWeight: 1 }, 'likelihood'],
    ['latent', { ...none, latentWeight: 1 }, 'latent'],
    ['contrastive', { ...none, contrastiveWeight: 1 }, 'contrastive'],
    ['distribution by divergence', { ...none, distributionWeight: 1 }, 'distribution'],
    [
      'distribution by Wasserstein',
      { ...none, distributionWeight: 1, distributionDistance: 'wasserstein' },
      'distribution',
    ],
  ])('each teach by themselves: %s', async (_, options, term) => {
    const before = (await termsAfter({ ...options, learningRate: 1e-12 }))(term);
    const after = (await termsAfter(options))(term);
    expect(after).toBeLessThan(term === 'likelihood' ? before - 1 : 0.9 * before);
  });

  it('that have no weight move nothing: only the variance head learns without the others', async () => {
    const tiny = { ...none, contrastiveWeight: 1e-30 };
    const start = await trainBy(withTraining({ ...tiny, learningRate: 1e-12 }), 'mappings', {
      modules: global,
    });
    const result = await trainBy(withTraining(tiny), 'mappings', { modules: global });
    const moved = (name: string) =>
      worstDifference({ [name]: tensorsOf(result)[name]! }, { [name]: tensorsOf(start)[name]! }).relative;
    expect(moved('mapping/camera←gauge/mean/kernel')).toBeLessThan(1e-6);
    expect(moved('mapping/camera←gauge/logvar/kernel')).toBeGreaterThan(1e-3);
  });

  it.each(['kl', 'wasserstein'] as const)(
    'never see a missing value, with every term in the sum: %s',
    async (distributionDistance) => {
      const all = withTraining({ contrastiveWeight: 1, distributionWeight: 1, distributionDistance });
      const lacking = (name: string, part: number) => pairOnly(name) || (name === 'gauge' && part % 3 === 0);
      const clean = syntheticParts(all, 40, lacking);
      const { shape, data } = clean['gauge/values']!;
      const garbled = data.map((value, place) => (Math.floor(place / shape[1]!) % 3 === 0 ? 99 : value));
      const modules = { ...global, ...modulesOf(await trainBy(all, 'mappings', { modules: global })) };
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
    },
  );
});

describe('options on two engines', () => {
  const small = { ...training, localEpochs: 1 };
  it.each([
    ['generators', { proximal: 0.1 }],
    ['mappings', { proximal: 0.1 }],
    ['generators', { freeBits: 0.2, beta: 1 }],
    ['generators', { moments: 'reset' }],
    ['mappings', { contrastiveWeight: 1, decoderWeight: 0.5 }],
    ['mappings', { distributionWeight: 1 }],
    ['mappings', { distributionWeight: 1, distributionDistance: 'wasserstein' }],
  ] as const)(
    'give the same weights: %s with %o',
    async (stage, options) => {
      const changed = withTraining({ ...small, ...options });
      const few = syntheticParts(changed, 24, (name, part) => name === 'camera' && part % 4 === 0);
      const reference = await referencePrograms();
      const job = { modules: global, round: 2 };
      const expected = await trainOnce(changed, stage, few, reference, job);
      const actual = await trainBy(changed, stage, job, few);
      expect(worstDifference(tensorsOf(actual), tensorsOf(expected)).relative).toBeLessThan(1e-4);
      await reference.dispose();
    },
    60_000,
  );
});
