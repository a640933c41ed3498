import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModuleName } from '../../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { servingModules } from '../../../protocol/serving.ts';
import { valueSize } from '../../../protocol/shapes.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import { datasetOf, heldModalities } from '../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { row } from '../../../training/learning/row-table.ts';
import { meanSquaredError } from '../../../training/measures/psnr.ts';
import { givenOrInitial } from '../../../training/model/initialise.ts';
import { type ModalityReconstruction, reconstruct } from '../../../training/reconstruction/reconstruct.ts';
import { modulesOf, trainOnce } from '../learning/rounds.ts';
import { onnxPrograms } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';

const plan = tinyPlan({
  training: { batch: 8, localEpochs: 25, learningRate: 0.01, seed: 7 },
  research: { betaWarmupRounds: 0, beta: 0.1 },
});
const names = plan.modalities.map(({ name }) => name);
const onnx = await onnxPrograms();
let trained: ModuleTensors;

beforeAll(async () => {
  const parts = syntheticParts(plan, 100);
  const generators = modulesOf(await trainOnce(plan, 'generators', parts, onnx));
  trained = {
    ...generators,
    ...modulesOf(await trainOnce(plan, 'mappings', parts, onnx, { modules: generators })),
  };
});
afterAll(() => onnx.dispose());

function reconstructed(
  parts: HostTensors,
  modules: ModuleTensors = trained,
  includeMeasured = false,
  ruled: Plan = plan,
): Promise<Record<string, ModalityReconstruction>> {
  const dataset = datasetOf(plan, parts);
  const needed = servingModules(ruled, heldModalities(plan, dataset));
  const all = givenOrInitial(plan, needed, modules);
  const { signal: abort } = new AbortController();
  return reconstruct({ plan: ruled, programs: onnx, modules: all, abort }, dataset, {
    draws: 8,
    includeMeasured,
    fetched: new Set(Object.keys(modules)),
    progress: () => {},
  });
}

describe('reconstruction', () => {
  const subsets = Array.from({ length: 2 ** names.length - 1 }, (_, mask) =>
    names.filter((_, bit) => (mask + 1) & (1 << bit)),
  );

  it.each(subsets.map((held) => [held.join('+'), held] as const))(
    'gives all that is lacking, from any subset: %s',
    async (_, held) => {
      const results = await reconstructed(syntheticParts(plan, 5, (name) => !held.includes(name), 2));
      expect(Object.keys(results)).toEqual(names.filter((name) => !held.includes(name)));
      for (const [name, { parts, mean, sigma, confidence, shares }] of Object.entries(results)) {
        expect([...parts]).toEqual([0, 1, 2, 3, 4]);
        expect(mean.width).toBe(valueSize(modalityOf(plan, name)));
        expect(mean.data.every(Number.isFinite)).toBe(true);
        expect(sigma.data.every((value) => value >= 0)).toBe(true);
        expect(confidence.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(Object.keys(shares)).toEqual(held);
      }
    },
  );

  it('is closer to the truth than the mean of all parts', async () => {
    const truth = syntheticParts(plan, 80, () => false, 2);
    const { camera } = await reconstructed(syntheticParts(plan, 80, (name) => name === 'camera', 2));
    const values = { data: truth['camera/values']!.data, width: 64 };
    const mean = Float32Array.from({ length: 64 }, (_, pixel) => {
      const column = Array.from({ length: 80 }, (_, part) => values.data[part * 64 + pixel]!);
      return column.reduce((sum, value) => sum + value, 0) / 80;
    });
    const error = (guess: (part: number) => Float32Array) =>
      Array.from({ length: 80 }, (_, part) => meanSquaredError(guess(part), row(values, part))).reduce(
        (sum, value) => sum + value,
        0,
      );
    expect(error((part) => row(camera!.mean, part))).toBeLessThan(0.5 * error(() => mean));
  });

  it('skips parts that have no other modality, and what is measured unless asked', async () => {
    const parts = syntheticParts(plan, 6, (name, part) => name !== 'camera' && part < 2, 2);
    expect([...(await reconstructed(parts)).gauge!.parts]).toEqual([0, 1]);
    const lonely = syntheticParts(plan, 3, (name) => name !== 'camera', 2);
    expect((await reconstructed(lonely, trained, true)).camera).toBeUndefined();
    const measured = await reconstructed(
      syntheticParts(plan, 3, () => false, 2),
      trained,
      true,
    );
    expect(Object.keys(measured)).toEqual(names);
    expect(Object.keys(measured.camera!.shares)).toEqual(['color', 'gauge', 'note']);
  });

  it('gives the same numbers every time', async () => {
    const parts = syntheticParts(plan, 70, (name) => name === 'gauge', 3);
    const [first, second] = [await reconstructed(parts), await reconstructed(parts)];
    expect(second.gauge!.mean.data).toEqual(first.gauge!.mean.data);
    expect(second.gauge!.sigma.data).toEqual(first.gauge!.sigma.data);
    expect(second.gauge!.confidence).toEqual(first.gauge!.confidence);
  });

  it('leaves out a mapping nobody has trained while there is another', async () => {
    const without = Object.fromEntries(
      Object.entries(trained).filter(([name]) => name !== 'mapping/camera←note'),
    ) as Partial<Record<ModuleName, HostTensors>>;
    const parts = syntheticParts(plan, 3, (name) => name === 'camera', 2);
    expect(Object.keys((await reconstructed(parts, without)).camera!.shares)).toEqual(['color', 'gauge']);
    expect(Object.keys((await reconstructed(parts, {})).camera!.shares)).toEqual(['color', 'gauge', 'note']);
  });

  it('takes the errors of several sources to be correlated as the plan says, which changes nothing of one', async () => {
    const by = async (errorCorrelation: number, ...held: string[]) => {
      const parts = syntheticParts(plan, 6, (name) => !held.includes(name), 2);
      const correlated = { ...plan, research: { ...plan.research, errorCorrelation } };
      return (await reconstructed(parts, trained, false, correlated)).camera!;
    };
    const [alone, other] = [await by(0.5, 'gauge'), await by(0, 'gauge')];
    for (const table of ['mean', 'sigma'] as const)
      for (const [place, value] of other[table].data.entries())
        expect(value).toBeCloseTo(alone[table].data[place]!, 4);
    const means = [0, 0.5].map(async (correlation) => (await by(correlation, 'gauge', 'note')).mean.data);
    expect(await means[0]).not.toEqual(await means[1]);
  });

  it('is surer of a part where more is known', async () => {
    const confidence = async (...held: string[]) => {
      const parts = syntheticParts(plan, 60, (name) => !held.includes(name), 2);
      const { camera } = await reconstructed(parts);
      return camera!.confidence.reduce((sum, value) => sum + value, 0) / 60;
    };
    expect(await confidence('color')).toBeGreaterThan(await confidence('note'));
  });
});

describe('a bridge', () => {
  /** What a federation has where no plant holds camera and gauge, nor gauge and note. */
  const apart = () =>
    Object.fromEntries(
      Object.entries(trained).filter(
        ([name]) => !['mapping/camera←gauge', 'mapping/note←gauge'].includes(name),
      ),
    ) as ModuleTensors;
  const gaugeOnly = () => syntheticParts(plan, 60, (name) => name !== 'gauge', 2);
  const bridging = { ...plan, reconstruction: { bridges: true } };

  it('reaches through a third modality what no plant could learn directly, and says so', async () => {
    const truth = { data: syntheticParts(plan, 60, () => false, 2)['camera/values']!.data, width: 64 };
    const error = ({ parts, mean }: ModalityReconstruction) =>
      parts.reduce((sum, part) => sum + meanSquaredError(row(mean, part), row(truth, part)), 0) / 60;
    const over = (await reconstructed(gaugeOnly(), apart(), false, bridging)).camera!;
    const without = (await reconstructed(gaugeOnly(), apart())).camera!;
    expect(over.bridges).toEqual({ gauge: 'color' });
    expect(without.bridges).toEqual({});
    expect(error(over)).toBeLessThan(0.7 * error(without));
    expect(over.sigma.data.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    const again = (await reconstructed(gaugeOnly(), apart(), false, bridging)).camera!;
    expect(again.mean.data).toEqual(over.mean.data);
  });

  it('is not taken where a mapping of the pair was trained: nothing changes', async () => {
    const direct = (await reconstructed(gaugeOnly())).camera!;
    const allowed = (await reconstructed(gaugeOnly(), trained, false, bridging)).camera!;
    expect(allowed.bridges).toEqual({});
    expect(allowed.mean.data).toEqual(direct.mean.data);
    expect(allowed.sigma.data).toEqual(direct.sigma.data);
  });

  it('that was learned is told as one that is composed, and changes nothing else', async () => {
    const parts = datasetOf(plan, gaugeOnly());
    const modules = Object.fromEntries(servingModules(plan, ['gauge']).map((name) => [name, trained[name]!]));
    const { signal: abort } = new AbortController();
    const common = {
      draws: 8,
      includeMeasured: false,
      fetched: new Set(Object.keys(trained)),
      progress: () => {},
    };
    const frozen = { plan, programs: onnx, modules, abort };
    const learned = { 'mapping/camera←gauge': 'note', 'mapping/camera←color': 'note' };
    const marked = (await reconstruct(frozen, parts, { ...common, learned })).camera!;
    const plain = (await reconstruct(frozen, parts, common)).camera!;
    expect([marked.bridges, plain.bridges]).toEqual([{ gauge: 'note' }, {}]);
    expect(marked.mean.data).toEqual(plain.mean.data);
  });

  it('serves beside a direct source', async () => {
    const parts = syntheticParts(plan, 8, (name) => !['gauge', 'note'].includes(name), 2);
    const { camera } = await reconstructed(parts, apart(), false, bridging);
    expect(Object.keys(camera!.shares)).toEqual(['gauge', 'note']);
    expect(camera!.bridges).toEqual({ gauge: 'color' });
  });
});
