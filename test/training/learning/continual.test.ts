import { afterAll, describe, expect, it } from 'vitest';
import { parsePlan } from '../../../protocol/plan.ts';
import { type Dataset, datasetOf, joinDatasets, selectParts } from '../../../training/learning/datasets.ts';
import { partIdentities } from '../../../training/learning/identity.ts';
import { remember } from '../../../training/learning/memory.ts';
import { offer } from '../../../training/learning/reservoir.ts';
import { memoryStateStore, type StateStore } from '../../../training/learning/task-state.ts';
import { onnxPrograms, worstDifference } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';
import { research, training } from './optional.ts';
import { tensorsOf, trainOnce } from './rounds.ts';

const plan = tinyPlan({ training, research, continual: { reservoir: 6 } });
const arrival = (seed: number, count: number): Dataset =>
  datasetOf(
    plan,
    syntheticParts(plan, count, (name, part) => name === 'note' && part % 2 === 0, seed),
  );
const [first, second, third] = [arrival(1, 30), arrival(2, 10), arrival(3, 12)];
const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('the reservoir', () => {
  it('keeps each of all parts offered with the same probability, whenever they came', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++) {
      let kept = offer({ parts: [], offered: 0 }, named('a', 20), 5, seed);
      kept = offer(kept, named('b', 20), 5, seed);
      expect(kept.parts).toHaveLength(5);
      expect(new Set(kept.parts).size).toBe(5);
      for (const part of kept.parts) counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    // 250 expected of each; their standard deviation is √(2000 · ⅛ · ⅞) ≈ 15.
    for (const part of [...named('a', 20), ...named('b', 20)]) {
      expect(counts.get(part)).toBeGreaterThan(190);
      expect(counts.get(part)).toBeLessThan(310);
    }
  });

  it('gives the same parts whether they are offered at once or one by one', () => {
    const parts = named('a', 40);
    let kept = offer({ parts: [], offered: 0 }, [], 5, 1);
    for (const part of parts) kept = offer(kept, [part], 5, 1);
    expect(kept).toEqual(offer({ parts: [], offered: 0 }, parts, 5, 1));
  });

  it('holds nothing without slots', () => {
    expect(offer({ parts: ['a'], offered: 1 }, ['b'], 0, 1)).toEqual({ parts: [], offered: 2 });
  });
});

describe('the identity of a part', () => {
  it('survives another order and other neighbours, and changes with what was measured', () => {
    const identities = partIdentities(first);
    expect(new Set(identities).size).toBe(30);
    const turned = selectParts(first, Uint32Array.from(identities.keys()).reverse());
    expect(partIdentities(turned).reverse()).toEqual(identities);
    expect(partIdentities(joinDatasets([second, first])).slice(10)).toEqual(identities);
    const changed = structuredClone(first);
    changed.modalities.gauge!.values.data[0]! += 0.1;
    expect(partIdentities(changed)[0]).not.toBe(identities[0]);
    expect(partIdentities(changed).slice(1)).toEqual(identities.slice(1));
  });

  it('tells parts apart that were measured alike, and names no empty row', () => {
    const twice = partIdentities(joinDatasets([first, first]));
    expect(new Set(twice).size).toBe(60);
    const emptied = structuredClone(first);
    for (const { present } of Object.values(emptied.modalities)) present[3] = 0;
    expect(partIdentities(emptied)[3]).toBeUndefined();
  });
});

describe('what a plant remembers', () => {
  it('is the same until other parts arrive', () => {
    const memory = remember(undefined, named('a', 8), 3, 1);
    expect(memory.newest).toEqual(named('a', 8));
    expect(remember(memory, named('a', 8), 3, 1)).toBe(memory);
  });

  it('makes room for the newest arrivals, and keeps some of those before', () => {
    const old = remember(undefined, named('a', 8), 3, 1);
    const memory = remember(old, [...named('a', 8), ...named('b', 4)], 3, 1);
    expect(memory.newest).toEqual(named('b', 4));
    expect(memory.reservoir.parts).toHaveLength(3);
    for (const part of memory.reservoir.parts) expect(old.newest).toContain(part);
  });

  it('forgets parts that are gone', () => {
    const two = remember(remember(undefined, ['a', 'b'], 3, 1), ['a', 'b', 'c'], 3, 1);
    expect(remember(two, ['b', 'c'], 3, 1)).toEqual({
      newest: ['c'],
      earlier: ['b'],
      reservoir: { parts: ['b'], offered: 2 },
    });
  });
});

describe('a plant whose parts keep coming', () => {
  let programs: Awaited<ReturnType<typeof onnxPrograms>>;
  afterAll(() => programs.dispose());
  const round = async (dataset: Dataset, state: StateStore, changed = plan, key = 'key') => {
    programs ??= await onnxPrograms();
    return trainOnce(changed, 'generators', {}, programs, { dataset, state, key });
  };
  const trainedOn = (result: Awaited<ReturnType<typeof round>>) =>
    result.modules.get('encoder/gauge')!.samples;

  it('trains on everything at first, then on the newest and as many old ones as the plan says', async () => {
    const state = memoryStateStore();
    const counts: number[] = [];
    for (const arrivals of [[first], [first], [first, second], [first, second], [first, second, third]])
      counts.push(trainedOn(await round(joinDatasets(arrivals), state)));
    expect(counts).toEqual([30, 30, 16, 16, 18]);
  });

  it('trains on all parts in every round where the plan says so', async () => {
    const all = tinyPlan({ training });
    const state = memoryStateStore();
    await round(first, state, all);
    expect(trainedOn(await round(joinDatasets([first, second]), state, all))).toBe(40);
    expect(await state.loadMemory()).toBeUndefined();
  });

  it('gives the weights of just those parts, and the same ones again after an interruption', async () => {
    const state = memoryStateStore();
    await round(first, state);
    const now = joinDatasets([first, second]);
    const reset = { ...plan, research: { ...plan.research, moments: 'reset' as const } };
    const result = await round(now, state, reset, 'second');
    const memory = (await state.loadMemory())!;
    const wanted = new Set([...memory.newest, ...memory.reservoir.parts]);
    const chosen = partIdentities(now).flatMap((identity, part) => (wanted.has(identity!) ? [part] : []));
    const alone = await round(
      selectParts(now, Uint32Array.from(chosen)),
      memoryStateStore(),
      { ...reset, continual: { reservoir: 'all' } },
      'second',
    );
    expect(worstDifference(tensorsOf(result), tensorsOf(alone)).relative).toBe(0);

    const stopped: StateStore = memoryStateStore();
    await stopped.saveMemory(memory);
    expect(
      worstDifference(tensorsOf(await round(now, stopped, reset, 'second')), tensorsOf(result)).relative,
    ).toBe(0);
  });

  it('takes a part that was measured anew for a new one', async () => {
    const state = memoryStateStore();
    await round(first, state);
    const again = structuredClone(first);
    again.modalities.gauge!.values.data[0]! += 0.1;
    expect(trainedOn(await round(again, state))).toBe(1 + 6);
  });
});

describe('the plan', () => {
  it('trains on all parts unless it says otherwise, and refuses a reservoir of no size', () => {
    expect(tinyPlan().continual).toEqual({ reservoir: 'all' });
    expect(() => parsePlan({ ...plan, continual: { reservoir: -1 } })).toThrow(/continual\.reservoir/);
  });
});
