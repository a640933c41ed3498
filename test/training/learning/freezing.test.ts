import { afterAll, describe, expect, it } from 'vitest';
import { moduleUse } from '../../../protocol/modules.ts';
import type { Plan } from '../../../protocol/plan.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { memoryStateStore } from '../../../training/learning/task-state.ts';
import { referencePrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { disposePrograms, plan, planWith, trainBy } from './optional.ts';
import { modulesOf, tensorsOf, trainOnce } from './rounds.ts';

afterAll(disposePrograms);
const global: ModuleTensors = modulesOf(await trainBy(plan, 'generators'));

/** The tiny plan with enough rounds of stage 1 for its freezing to be seen. */
function freezingPlan(freezing: Record<string, unknown>, options: Record<string, unknown> = {}): Plan {
  return planWith({ ...options, freezing }, { stages: [{ stage: 'generators', rounds: 10 }] });
}

/** Names of what a complete plant trains in each of the first rounds, by their first letters. */
function trainedRoles(freezing: Record<string, unknown>): string[] {
  const frozen = freezingPlan(freezing);
  return [1, 2, 3, 4, 5].map((round) => {
    const { train, use } = moduleUse(frozen, ['camera', 'gauge'], 'generators', round);
    // What is not trained is used: nothing of a plant's own modalities is left out.
    expect([...train, ...use]).toHaveLength(4);
    return [...new Set(train.map((name) => name[0]))].join('');
  });
}

describe('freezing of the global generator', () => {
  it('leaves decoders out of the rounds that the plan says', () => {
    expect(trainedRoles({ rule: 'none' })).toEqual(['ed', 'ed', 'ed', 'ed', 'ed']);
    expect(trainedRoles({ rule: 'distillation' })).toEqual(['ed', 'ed', 'ed', 'ed', 'ed']);
    expect(trainedRoles({ rule: 'alternating' })).toEqual(['ed', 'e', 'ed', 'e', 'ed']);
    expect(trainedRoles({ rule: 'warm-up', rounds: 3 })).toEqual(['ed', 'ed', 'ed', 'e', 'e']);
  });

  it.each([
    [{ rule: 'alternating' }, 2],
    [{ rule: 'warm-up', rounds: 1 }, 4],
  ] as const)('by %o sends encoders alone, which still learn', async (freezing, round) => {
    const frozen = freezingPlan(freezing);
    const result = await trainBy(frozen, 'generators', { modules: global, round });
    const held = frozen.modalities.map(({ name }) => name);
    expect([...result.modules.keys()].sort()).toEqual(
      moduleUse(frozen, held, 'generators', round).train.sort(),
    );
    expect([...result.modules.keys()].every((name) => name.startsWith('encoder/'))).toBe(true);
    const still = freezingPlan(freezing, { localEpochs: 1, learningRate: 1e-12 });
    const loss = async (modules: ModuleTensors) => {
      const { metrics } = await trainBy(still, 'generators', { modules, round });
      return metrics['encoder/gauge/likelihood']! + still.research.beta * metrics['encoder/gauge/kl']!;
    };
    expect(await loss({ ...global, ...modulesOf(result) })).toBeLessThan(await loss(global));
  });

  it('keeps the moments of a whole generator over a round in which its encoder learnt alone', async () => {
    const alternating = freezingPlan({ rule: 'alternating' });
    const state = memoryStateStore();
    await trainBy(alternating, 'generators', { state, key: 'round 1' });
    await trainBy(alternating, 'generators', { state, key: 'round 2', modules: global, round: 2 });
    const whole = await state.load('gauge');
    expect(whole?.key).toBe('round 1');
    expect((await state.load('encoder/gauge'))?.key).toBe('round 2');
    await trainBy(alternating, 'generators', { state, key: 'round 3', modules: global, round: 3 });
    expect((await state.load('gauge'))?.adamSteps).toBe(2 * whole!.adamSteps);
  });

  it('stays the nearer to the replica the heavier the distillation', async () => {
    const left: number[] = [];
    for (const weight of [0.01, 1, 30]) {
      const held = freezingPlan({ rule: 'distillation', weight });
      const { metrics } = await trainBy(held, 'generators', { modules: global, round: 2 });
      left.push(metrics['camera/distillation']!);
    }
    expect(left[1]!).toBeLessThan(0.9 * left[0]!);
    expect(left[2]!).toBeLessThan(0.9 * left[1]!);
  });

  it('does not hold the first round to a generator that nobody has trained', async () => {
    const held = await trainBy(freezingPlan({ rule: 'distillation' }), 'generators');
    const free = await trainBy(freezingPlan({ rule: 'none' }), 'generators');
    expect(worstDifference(tensorsOf(held), tensorsOf(free)).relative).toBe(0);
  });

  it.each([
    [{ rule: 'distillation' }, {}],
    [{ rule: 'distillation' }, { proximal: 0.1, freeBits: 0.2, beta: 1 }],
    [{ rule: 'alternating' }, {}],
    [{ rule: 'warm-up', rounds: 1 }, { proximal: 0.1 }],
  ] as const)('gives the same weights on two engines: %o with %o', async (freezing, options) => {
    const changed = freezingPlan(freezing, { ...options, localEpochs: 1 });
    const few: HostTensors = syntheticParts(
      changed,
      24,
      (name, part) => name === 'note' || (name === 'camera' && part % 4 === 0),
    );
    const reference = await referencePrograms();
    const job = { modules: global, round: 2 };
    const expected = await trainOnce(changed, 'generators', few, reference, job);
    const actual = await trainBy(changed, 'generators', job, few);
    expect(worstDifference(tensorsOf(actual), tensorsOf(expected)).relative).toBeLessThan(1e-4);
    await reference.dispose();
  });
});
