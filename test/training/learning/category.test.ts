import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { openBatches } from '../../../training/learning/batches.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { row } from '../../../training/learning/row-table.ts';
import { measures } from '../../../training/measures/measure-table.ts';
import { reconstruct } from '../../../training/reconstruction/reconstruct.ts';
import { onnxPrograms } from '../model/engines.ts';
import { names, partsOf, plan, unseen } from './material-parts.ts';
import { modulesOf, trainOnce } from './rounds.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());
let modules: ModuleTensors;

beforeAll(async () => {
  const parts = partsOf(160, 1);
  const generators = modulesOf(await trainOnce(plan, 'generators', parts, onnx));
  const mappings = await trainOnce(plan, 'mappings', parts, onnx, { modules: generators });
  modules = { ...generators, ...modulesOf(mappings) };
});

/** Means of `target` reconstructed from `source` alone, and the parts with their truths. */
async function reconstructed(
  target: string,
  source: string,
  change: (dataset: HostTensors) => void = () => {},
) {
  const tensors = partsOf(96, 2);
  change(tensors);
  const whole = datasetOf(plan, tensors);
  const frozen = { plan, programs: onnx, modules, abort: new AbortController().signal };
  const shown = { count: whole.count, modalities: { [source]: whole.modalities[source]! } };
  const results = await reconstruct(frozen, shown, {
    ...{ draws: 4, includeMeasured: false, fetched: new Set(Object.keys(modules)), progress: () => {} },
    targets: [target],
  });
  const { mean } = results[target]!;
  const truth = whole.modalities[target]!.values;
  return Array.from({ length: whole.count }, (_, part) => ({
    guess: row(mean, part),
    truth: row(truth, part),
  }));
}

function average(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

const material = plan.modalities.find(({ name }) => name === 'material')!;
const profile = plan.modalities.find(({ name }) => name === 'profile')!;

describe('a category that a gauge determines', () => {
  it('is reconstructed far better than by the commonest value, as shares that sum to 1', async () => {
    const parts = await reconstructed('material', 'gauge');
    const { accuracy, trueShare } = measures;
    const majority = average(parts.map(({ truth }) => truth[0]!));
    expect(majority).toBeCloseTo(5 / 8, 6);
    expect(average(parts.map(({ guess, truth }) => accuracy.ofPart(material, truth, guess)))).toBeGreaterThan(
      0.9,
    );
    expect(
      average(parts.map(({ guess, truth }) => trueShare.ofPart(material, truth, guess))),
    ).toBeGreaterThan(0.8);
    for (const { guess } of parts) {
      expect(guess.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
      expect(guess[unseen]).toBeLessThan(0.1);
    }
  });
});

describe('a category as a source', () => {
  const error = (parts: readonly { guess: Float32Array; truth: Float32Array }[]) =>
    average(parts.map(({ guess, truth }) => measures.error.ofPart(profile, truth, guess)));

  it('helps another target: the error is far below that of the mean', async () => {
    const parts = await reconstructed('profile', 'material');
    const mean = Float32Array.from({ length: 6 }, (_, place) =>
      average(parts.map(({ truth }) => truth[place]!)),
    );
    expect(error(parts)).toBeLessThan(0.6 * error(parts.map(({ truth }) => ({ guess: mean, truth }))));
  });

  it('of an unseen value says little more than the mean, and nothing wild', async () => {
    const parts = await reconstructed('profile', 'material', (tensors) => {
      const { data } = tensors['material/values']!;
      data.fill(0);
      for (let part = 0; part < 96; part++) data[part * (names.length + 1) + unseen] = 1;
    });
    const mean = Float32Array.from({ length: 6 }, (_, place) =>
      average(parts.map(({ truth }) => truth[place]!)),
    );
    const { guess } = parts[0]!;
    const apart = Math.sqrt(average([...guess].map((value, place) => (value - mean[place]!) ** 2)));
    expect(apart).toBeLessThan(0.07);
  });
});

describe('a completed category', () => {
  it('teaches by its shares where a part lacks it, and every loss stays finite', async () => {
    const parts = partsOf(48, 6);
    const present = { shape: [48], data: Float32Array.from({ length: 48 }, (_, part) => part % 2) };
    const lacking = { ...parts, 'material/present': present };
    const fetched = { modules, dataset: datasetOf(plan, lacking) };
    const result = await trainOnce(plan, 'completion', lacking, onnx, fetched);
    const losses = Object.entries({ ...result.metrics });
    expect(losses.map(([name]) => name)).toContain('material←gauge/likelihood');
    expect(losses.filter(([, value]) => !Number.isFinite(value))).toEqual([]);
    expect(result.modules.get('mapping/material←gauge')!.samples).toBeGreaterThan(0);
  });
});

describe('values that no part shows', () => {
  const count = 400;
  const given = (epochs: number) =>
    openBatches(
      {
        parts: Uint32Array.from({ length: count }, (_, part) => part),
        inputs: {
          input: { width: 2, data: new Float32Array(2 * count) },
          values: { width: 2, data: new Float32Array(2 * count) },
        },
        unlisted: { input: Float32Array.of(0, 1) },
      },
      { batch: 40, epochs, unroll: 1, seed: 1, path: ['a'] },
    );

  it('take the place of a few rows of the input that they are for, the same each time that a round is run', () => {
    const rows = (input: string) => {
      const batches = given(5);
      return Array.from({ length: batches.steps }, (_, step) => [...batches.fill(step)[input]!.data]).flat();
    };
    const taken = average(rows('input').filter((_, place) => place % 2 === 1));
    expect(taken).toBeGreaterThan(0.015);
    expect(taken).toBeLessThan(0.045);
    expect(rows('input')).toEqual(rows('input'));
    expect(rows('values')).not.toContain(1);
  });
});
