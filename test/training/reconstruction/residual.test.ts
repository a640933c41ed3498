import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { mappingInputSize, moduleShapes, valueSize } from '../../../protocol/shapes.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { row, type Table } from '../../../training/learning/row-table.ts';
import { decode } from '../../../training/model/autoencoder.ts';
import { initialModule } from '../../../training/model/initialise.ts';
import { mapLatent } from '../../../training/model/mapping.ts';
import { fuseParts } from '../../../training/reconstruction/fuse-parts.ts';
import { reconstruct } from '../../../training/reconstruction/reconstruct.ts';
import { modulesOf, trainOnce } from '../learning/rounds.ts';
import { onnxPrograms } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());

function planWith(mapping: Record<string, unknown>): Plan {
  return tinyPlan({
    mapping: { hidden: [8, 6], ...mapping },
    training: { batch: 8, localEpochs: 10, learningRate: 0.01, seed: 7 },
    research: { mappingInput: 'measurement', betaWarmupRounds: 0, refine: true, errorCorrelation: 0 },
  });
}

describe('a mapping that reads the measurement', () => {
  it('reads as many values as were measured, or the features of a convolutional modality', () => {
    const plan = planWith({});
    for (const name of ['camera', 'gauge', 'note'])
      expect(mappingInputSize(plan, modalityOf(plan, name))).toBe(valueSize(modalityOf(plan, name)));
    expect(mappingInputSize(plan, modalityOf(plan, 'color'))).toBe(10);
  });
});

describe('a residual', () => {
  const plan = planWith({});

  it('is as wide as its target, starts at nothing, and is added to what the decoder says', () => {
    const module = 'mapping/color←gauge' as const;
    const { latent, ...color } = modalityOf(plan, 'color');
    const size = valueSize({ latent, ...color } as ReturnType<typeof modalityOf>);
    expect(moduleShapes(plan, module)[`${module}/residual/kernel`]).toEqual([6, size]);
    const tensors = Object.entries({
      ...initialModule(plan, module),
      ...initialModule(plan, 'decoder/color'),
    }).map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])] as const);
    const weights = Object.fromEntries(tensors);
    const { mean, residual } = mapLatent(plan, 'color', 'gauge', weights, tf.ones([2, 10]));
    expect(Math.max(...residual!.abs().dataSync())).toBe(0);
    const added = tf.fill<tf.Rank.R2>([2, size], 0.25);
    const apart = tf.sub(
      decode(modalityOf(plan, 'color'), weights, mean, added),
      decode(modalityOf(plan, 'color'), weights, mean),
    );
    for (const value of apart.dataSync()) expect(value).toBeCloseTo(0.25, 5);
  });

  it('learns what a decoder that never learned cannot say', async () => {
    const parts = syntheticParts(plan, 60, (name) => name !== 'camera' && name !== 'gauge');
    const likelihood = async (residual: number) => {
      const programs = await onnxPrograms();
      const { metrics } = await trainOnce(planWith({ residual }), 'mappings', parts, programs);
      await programs.dispose();
      return metrics['camera←gauge/likelihood']!;
    };
    expect(await likelihood(4096)).toBeLessThan((await likelihood(0)) - 5);
  });

  it('goes through all stages, and changes what one and several sources reconstruct', async () => {
    const parts = syntheticParts(plan, 40);
    let modules: ModuleTensors = {};
    for (const [index, stage] of (['generators', 'mappings', 'completion'] as const).entries()) {
      const result = await trainOnce(plan, stage, parts, onnx, { modules, round: index + 1 });
      modules = { ...modules, ...modulesOf(result) };
    }
    const without = Object.fromEntries(
      Object.entries(modules).map(([name, tensors]) => [
        name,
        Object.fromEntries(
          Object.entries(tensors!).map(([tensor, { shape, data }]) => [
            tensor,
            { shape, data: tensor.includes('/residual/') ? new Float32Array(data.length) : data },
          ]),
        ),
      ]),
    );
    for (const held of [['gauge'], ['gauge', 'note']]) {
      const dataset = datasetOf(
        plan,
        syntheticParts(plan, 5, (name) => !held.includes(name), 2),
      );
      const images = async (from: ModuleTensors): Promise<Table> => {
        const frozen = { plan, programs: onnx, modules: from, abort: new AbortController().signal };
        const fetched = new Set(Object.keys(from));
        const options = { draws: 4, includeMeasured: false, fetched, progress: () => {} };
        return (await reconstruct(frozen, dataset, options)).camera!.mean;
      };
      const [own, bare] = [await images(modules), await images(without)];
      expect(own.data.every(Number.isFinite)).toBe(true);
      const furthest = Math.max(...own.data.map((value, place) => Math.abs(value - bare.data[place]!)));
      expect(furthest).toBeGreaterThan(0.01);
    }
  });

  it('of several sources is theirs by their shares', async () => {
    const table = (width: number, ...data: number[]) => ({ width, data: Float32Array.from(data) });
    const estimate = (source: string, logvar: number, residual: number, present: readonly number[]) => ({
      source,
      mean: table(1, 0, 0),
      logvar: table(1, logvar, logvar),
      residual: table(2, residual, 2 * residual, residual, 2 * residual),
      has: (part: number) => present.includes(part),
    });
    const programs = await onnxPrograms();
    const { residual, shares } = await fuseParts(
      { plan, programs, modules: {}, abort: new AbortController().signal },
      'camera',
      [estimate('gauge', Math.log(1), 1, [0, 1]), estimate('note', Math.log(3), 5, [1])],
      Uint32Array.of(0, 1),
    );
    await programs.dispose();
    expect(shares.note![1]).toBeCloseTo(0.25, 6);
    expect([...row(residual!, 0)]).toEqual([1, 2]);
    expect(row(residual!, 1)[0]).toBeCloseTo(0.75 * 1 + 0.25 * 5, 5);
  });
});
