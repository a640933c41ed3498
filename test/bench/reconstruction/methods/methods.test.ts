import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGarments } from '../../../../main/demo/garments.ts';
import { type Engine, openEngine } from '../../../../training/engine/index.ts';
import { budgets, planOf, type Setting, sourceSetNames } from '../setting.ts';
import { smallModels } from '../small-models.ts';
import { makeWorld, type World } from '../world.ts';
import { methodNamed, methods } from './index.ts';
import { everySubset, product } from './joint-posterior.ts';
import { longer } from './longer.ts';
import type { Method, Snapshot } from './method.ts';
import { logMixture } from './mmvae-plus.ts';
import { variants } from './variants.ts';

const rounds = { generators: 1, mappings: 1, completion: 1 };
const setting: Setting = {
  alpha: 1,
  missing: 0.3,
  seed: 1,
  budget: { ...budgets.quick, parts: 200, judgeParts: 50, rounds },
};
let world: World;
let engine: Engine;

beforeAll(async () => {
  world = makeWorld(await planOf(setting, smallModels), setting, (await readGarments()).slice(0, 500));
  engine = await openEngine({ engine: 'onnx', threads: 1 });
});
afterAll(() => engine.dispose());

/** Methods whose plants exchange something. */
const exchanging = [
  'fedrecon',
  'fedrecon-adam',
  'mean-image',
  'class-mean',
  'direct',
  'zero-filling',
  'fedavg-poe',
  'fedavg-moe',
  'scaffold',
  'mmvae-plus',
  'cgan',
  'diffusion',
];

/** The same networks, tasks and reconstruction as others, and long to compile. */
const alike = ['fedprox', 'fedadam', 'fedyogi', 'fedrecon-adam', 'fedrecon-yogi', 'fedrecon-mixture'];
const different = [...methods, ...variants].filter(({ name }) => !alike.includes(name));

describe.each(different.map((method) => [method.name, method] as const))('%s', (name, method) => {
  it('gives an image of every held-out part from every source set, after as many rounds as it says', async () => {
    const tables: Record<string, readonly { width: number; data: Float32Array }[]> = {};
    let last: Snapshot | undefined;
    let count = 0;
    for await (const snapshot of method.run(world, engine)) {
      expect(snapshot.round).toBe(++count);
      last = snapshot;
      if (snapshot.round < snapshot.rounds) continue;
      for (const source of sourceSetNames) {
        tables[source] = await snapshot.reconstruct(source);
        for (const { truth, mapped, own = mapped } of (await snapshot.latents?.(source)) ?? [])
          for (const { width, data } of [truth, mapped, own]) {
            expect([width, data.length / width]).toEqual([truth.width, world.test.length]);
            expect(data.every(Number.isFinite)).toBe(true);
            expect(data.some((value) => value !== data[0])).toBe(true);
          }
      }
    }
    expect(count).toBe(last!.rounds);
    expect(last!.bytes > 0).toBe(exchanging.includes(name));
    for (const source of sourceSetNames) {
      expect(tables[source]!.length).toBeGreaterThan(0);
      for (const { width, data } of tables[source]!) {
        expect([width, data.length]).toEqual([784, 784 * world.test.length]);
        expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(data.some((value) => value > 0.05)).toBe(true);
      }
    }
  });
});

describe('a mixture of sources', () => {
  it('is the mean of what each source alone reconstructs', async () => {
    let last: Snapshot | undefined;
    for await (const snapshot of methodNamed('fedrecon-mixture')!.run(world, engine)) {
      last = snapshot;
      if (snapshot.round < snapshot.rounds) continue;
      const [[gauge], [note], [both]] = [
        await snapshot.reconstruct('gauge'),
        await snapshot.reconstruct('note'),
        await snapshot.reconstruct('both'),
      ];
      for (const [place, value] of both!.data.entries())
        if (Math.abs(value - (gauge!.data[place]! + note!.data[place]!) / 2) > 1e-6)
          expect([place, value]).toEqual([place, (gauge!.data[place]! + note!.data[place]!) / 2]);
    }
    expect(last).toBeDefined();
  });
});

describe('the product of experts', () => {
  const expert = (mean: number, variance: number) => ({
    mean: tf.tensor2d([[mean]]),
    logvar: tf.tensor2d([[Math.log(variance)]]),
  });

  it('adds the precisions of the experts and of the prior', () => {
    const { mean, logvar } = product([
      [expert(2, 0.5), 1],
      [expert(-1, 0.25), 1],
    ]);
    // Precisions 1 (prior at 0), 2 and 4.
    expect(mean.dataSync()[0]).toBeCloseTo((2 * 2 - 1 * 4) / 7, 5);
    expect(Math.exp(logvar.dataSync()[0]!)).toBeCloseTo(1 / 7, 5);
  });

  it('leaves out what a part lacks', () => {
    const { mean } = product([
      [expert(2, 0.5), 1],
      [expert(-1, 0.25), tf.tensor2d([[0]])],
    ]);
    expect(mean.dataSync()[0]).toBeCloseTo(4 / 3, 5);
  });

  it('is trained on every subset', () => {
    expect(everySubset(['a', 'b', 'c']).map((subset) => subset.join(''))).toEqual([
      'a',
      'b',
      'ab',
      'c',
      'ac',
      'bc',
      'abc',
    ]);
  });
});

describe('the mixture of experts', () => {
  const expert = (mean: number) => ({ mean: tf.tensor2d([[mean]]), logvar: tf.tensor2d([[0]]) });
  const density = (x: number) => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
  const at = (u: number, present: readonly number[]) =>
    logMixture(
      tf.tensor2d([[u]]),
      [expert(0), expert(3)],
      present.map((one) => tf.tensor1d([one])),
    ).dataSync()[0]!;

  it('has the mean of their densities', () => {
    expect(at(1, [1, 1])).toBeCloseTo(Math.log((density(1) + density(-2)) / 2), 5);
  });

  it('leaves out what a part lacks', () => {
    expect(at(1, [0, 1])).toBeCloseTo(Math.log(density(-2)), 5);
  });
});

describe('a method named with a factor', () => {
  it('trains that many times as long in each round', async () => {
    const given: number[] = [];
    const plain: Method = {
      name: 'plain',
      about: 'notes the passes it is given',
      async *run({ plan }) {
        given.push(plan.training.localEpochs);
        yield* [];
      },
    };
    for (const method of [plain, longer(plain, 10)]) for await (const _ of method.run(world, engine));
    expect(given[1]).toBe(10 * given[0]!);
    expect(methodNamed('direct:10')!.name).toBe('direct:10');
  });

  it('is refused if there is no such method or no such factor', () => {
    for (const word of ['nothing', 'nothing:2', 'direct:', 'direct:0', 'direct:1.5'])
      expect(methodNamed(word)).toBeUndefined();
    expect(methodNamed('direct')!.name).toBe('direct');
  });
});
