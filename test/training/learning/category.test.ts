import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePlan } from '../../../protocol/plan.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { openBatches } from '../../../training/learning/batches.ts';
import { datasetOf } from '../../../training/learning/dataset.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { row } from '../../../training/learning/table.ts';
import { measures } from '../../../training/measures/table.ts';
import { fillNormal, fillUniform } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { reconstruct } from '../../../training/reconstruction/reconstruct.ts';
import { onnxPrograms } from '../model/engines.ts';
import { modulesOf, trainOnce } from './rounds.ts';

const label = { en: 'x', ja: 'x' };
const names = ['steel', 'brass', 'glass', 'paper'];
const plan = parsePlan({
  format: 'fedrecon-plan/2',
  name: 'A category',
  modalities: [
    ...['gauge', 'profile'].map((name) => ({
      ...{ kind: 'signal', name, label, length: 6, unit: '', range: [0, 1], latent: 4, hidden: [24] },
    })),
    { kind: 'category', name: 'material', label, values: names, list: 'growing', latent: 4, hidden: [16] },
  ],
  mapping: { hidden: [32] },
  training: { batch: 16, localEpochs: 60, learningRate: 0.01, seed: 3 },
  stages: [
    { stage: 'generators', rounds: 1 },
    { stage: 'mappings', rounds: 1 },
  ],
});
const unseen = names.length;

/** Of a part's material: more than half of all parts are of the first one. */
function materialOf(part: number): number {
  return [0, 0, 0, 1, 0, 2, 0, 3][part % 8]!;
}

/** What each material looks like to the gauge and to the profile. */
const looks = ['gauge', 'profile'].map((name) => {
  const own = new Float32Array(names.length * 6);
  fillUniform(own, keyOf(5, 'looks', name), 0.15, 0.85);
  return own;
});

/** Parts whose material shows in gauge and profile, each with noise of its own. */
function partsOf(count: number, seed: number): HostTensors {
  const present = { shape: [count], data: new Float32Array(count).fill(1) };
  const material = new Float32Array(count * (names.length + 1));
  for (let part = 0; part < count; part++) material[part * (names.length + 1) + materialOf(part)] = 1;
  const signals = ['gauge', 'profile'].map((name, index) => {
    const noise = new Float32Array(count * 6);
    fillNormal(noise, keyOf(seed, 'noise', name));
    const data = noise.map((value, place) => {
      const kind = materialOf(Math.floor(place / 6));
      return looks[index]![kind * 6 + (place % 6)]! + 0.08 * value;
    });
    return [name, data] as const;
  });
  return Object.fromEntries([
    ...signals.flatMap(([name, data]) => [
      [`${name}/values`, { shape: [count, 6], data }] as const,
      [`${name}/present`, present] as const,
    ]),
    ['material/values', { shape: [count, names.length + 1], data: material }],
    ['material/present', present],
  ]);
}

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
