import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Model, reduceModel, type Shelf } from '../../aggregator/rounds/reduce-model.ts';
import {
  type ServerOptimiser,
  serverMomentum,
  serverStep,
} from '../../aggregator/rounds/server-optimiser.ts';
import { encodeTensors } from '../../protocol/safetensors.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import { serverAdam, serverYogi } from '../bench/reconstruction/methods/adaptive-server.ts';
import { smallPlan } from './support/plan.ts';

const runs = { seed: 1, numRuns: 60 };
const value = fc.float({ noNaN: true, min: -10, max: 10 }).map((number) => number + 0);
const changes = fc.array(value, { minLength: 1, maxLength: 12 });

const tensors = (...values: number[]): HostTensors => ({
  w: { shape: [values.length], data: Float32Array.from(values) },
});

/** Where a value that starts at 0 is after each of the plants' mean changes to it. */
async function course(rule: ServerOptimiser, deltas: readonly number[]): Promise<number[]> {
  let base = tensors(0);
  let state: HostTensors | undefined;
  const places: number[] = [];
  for (const delta of deltas) {
    const average = tensors(base.w!.data[0]! + delta);
    const step = await serverStep(rule, base, average, state);
    [base, state] = [step.tensors, step.state];
    places.push(base.w!.data[0]!);
  }
  return places;
}

describe('the server’s step', () => {
  it('with no momentum is the average', async () => {
    const rule = serverMomentum(0);
    await fc.assert(
      fc.asyncProperty(value, value, value, async (base, average, second) => {
        const first = await serverStep(rule, tensors(base), tensors(average), undefined);
        expect(first.tensors.w!.data[0]).toBeCloseTo(average, 5);
        const next = await serverStep(rule, first.tensors, tensors(second), first.state);
        expect(next.tensors.w!.data[0]).toBeCloseTo(second, 5);
      }),
      runs,
    );
  });

  it('with momentum goes on the way it went', async () => {
    // v = .5 · v + Δ, and each step is v.
    const places = await course(serverMomentum(0.5), [1, 0, 2]);
    for (const [place, expected] of [1, 1.5, 3.75].entries()) expect(places[place]).toBeCloseTo(expected, 6);
  });

  it('by Adam and by Yogi is that of the paper’s algorithm', async () => {
    for (const rule of [serverAdam, serverYogi]) {
      const [rate, beta1, beta2, tau] = [0.3, 0.8, 0.9, 0.05];
      const deltas = [0.5, -0.2, 0.01, 0.3];
      let [m, v, x] = [0, tau ** 2, 0];
      const expected = deltas.map((delta) => {
        const g = delta;
        m = beta1 * m + (1 - beta1) * g;
        v =
          rule === serverAdam
            ? beta2 * v + (1 - beta2) * g ** 2
            : v - (1 - beta2) * g ** 2 * Math.sign(v - g ** 2);
        x += (rate * m) / (Math.sqrt(v) + tau);
        return x;
      });
      const places = await course(rule({ learningRate: rate, beta1, beta2, epsilon: tau }), deltas);
      for (const [place, right] of expected.entries()) expect(places[place]).toBeCloseTo(right, 5);
    }
  });

  it('by Adam is never longer than the rate allows, however far the plants went', async () => {
    const rule = serverAdam({ learningRate: 0.1 });
    // Cauchy–Schwarz on m against √v: (1 − β₁) / √((1 − β₂)(1 − β₁²/β₂)).
    const longest = (0.1 * (1 - 0.9)) / Math.sqrt((1 - 0.99) * (1 - 0.9 ** 2 / 0.99));
    await fc.assert(
      fc.asyncProperty(changes, async (deltas) => {
        const places = [0, ...(await course(rule, deltas))];
        for (const [place, at] of places.slice(1).entries())
          expect(Math.abs(at - places[place]!)).toBeLessThanOrEqual(longest + 1e-5);
      }),
      runs,
    );
  });

  it('leaves a module alone that no plant has changed, from the first step on', async () => {
    for (const rule of [serverMomentum(0.9), serverAdam(), serverYogi()])
      expect(await course(rule, [0, 0, 0])).toEqual([0, 0, 0]);
  });

  it('does not change what it was given', async () => {
    const rule = serverYogi();
    const { state } = await serverStep(rule, tensors(1), tensors(2), undefined);
    const before = Buffer.from(encodeTensors(state)).toString('hex');
    const again = [1, 2].map(() => serverStep(rule, tensors(2), tensors(5), state));
    const [first, second] = await Promise.all(again);
    expect(Buffer.from(encodeTensors(state)).toString('hex')).toBe(before);
    expect(encodeTensors({ ...first!.tensors, ...first!.state })).toEqual(
      encodeTensors({ ...second!.tensors, ...second!.state }),
    );
  });
});

describe('a round’s reduction', () => {
  const shelf: Shelf<HostTensors> = {
    load: async (stored) => stored,
    store: async (made) => made,
    same: (one, other) => one === other,
  };
  const empty: Model<HostTensors> = { modules: {}, serving: {}, optimiser: {} };
  const sent = (...entries: [name: string, value: number][]) => [
    Object.fromEntries(entries.map(([name, at]) => [name, { samples: 1, tensors: tensors(at) }])),
  ];
  const at = (stored: HostTensors | undefined) => stored?.w?.data[0];

  it('takes a module’s first average as it is, and gives each module a state of its own', async () => {
    const plan = smallPlan({ stages: [{ stage: 'generators', rounds: 9 }] });
    const first = await reduceModel(plan, 1, sent(['encoder/camera', 1]), empty, shelf);
    expect([at(first.modules['encoder/camera']), first.optimiser]).toEqual([1, {}]);
    const names = ['encoder/camera', 'decoder/camera', 'mapping/camera←note'] as const;
    const second = await reduceModel(
      plan,
      2,
      sent(...names.map((name) => [name, 3] as [string, number])),
      first,
      shelf,
    );
    expect(Object.keys(second.optimiser)).toEqual(['encoder/camera']);
    const third = await reduceModel(plan, 3, sent([names[1], 4], [names[2], 4]), second, shelf);
    expect(Object.keys(third.optimiser).sort()).toEqual([
      'decoder/camera',
      'encoder/camera',
      'mapping/camera←note',
    ]);
    // The encoder moved by 2, then rested, and goes on with half of that; the mapping moved by 1 just before.
    const fourth = await reduceModel(plan, 4, sent([names[0], 3], [names[2], 7]), third, shelf);
    expect(names.map((name) => at(fourth.modules[name]))).toEqual([4, 4, 7.5]);
    expect(fourth.optimiser['decoder/camera']).toBe(third.optimiser['decoder/camera']);
  });

  it('takes averages as they are and remembers nothing where the plan wants no momentum', async () => {
    const plan = smallPlan({ research: { serverMomentum: 0 } });
    const one = await reduceModel(plan, 3, sent(['mapping/camera←note', 1]), empty, shelf);
    const average = sent(['mapping/camera←note', 3]);
    const two = await reduceModel(plan, 3, average, one, shelf);
    expect([at(two.modules['mapping/camera←note']), two.optimiser]).toEqual([3, {}]);
    // A server of the benchmark's own steps all the same.
    const adam = await reduceModel(plan, 3, average, one, shelf, serverAdam());
    expect(at(adam.modules['mapping/camera←note'])).not.toBe(3);
    expect(Object.keys(adam.optimiser)).toEqual(['mapping/camera←note']);
  });

  it('lets what serves follow a module that rests, and forgets the optimiser at the end of a stage', async () => {
    const plan = smallPlan();
    const one = await reduceModel(plan, 3, sent(['mapping/camera←note', 0]), empty, shelf);
    const two = await reduceModel(plan, 3, sent(['mapping/camera←note', 1]), one, shelf);
    const three = await reduceModel(plan, 3, [], two, shelf);
    expect(at(two.serving['mapping/camera←note'])).toBeCloseTo(0.3, 6);
    expect(at(three.serving['mapping/camera←note'])).toBeCloseTo(0.51, 6);
    expect(Object.keys(three.optimiser)).toEqual(['mapping/camera←note']);
    const ended = await reduceModel(plan, 2, sent(['mapping/camera←note', 1]), three, shelf);
    expect(ended.optimiser).toEqual({});
    expect(ended.modules).toBe(ended.serving);
  });
});
