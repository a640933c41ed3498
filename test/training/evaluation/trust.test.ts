import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelVersion } from '../../../training/evaluation/score.ts';
import { cardTrustOf, unknownTrust } from '../../../training/evaluation/trust.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { modulesOf, trainOnce } from '../learning/rounds.ts';
import { onnxPrograms } from '../model/engines.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';

const plan = tinyPlan({
  training: { batch: 8, localEpochs: 20, learningRate: 0.005, seed: 7 },
  research: { betaWarmupRounds: 0, beta: 0.1 },
});
const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());
let candidate: ModelVersion;
const parts = (count: number, seed: number) => syntheticParts(plan, count, () => false, seed);
const dataset = (count: number, seed: number) => datasetOf(plan, parts(count, seed));

beforeAll(async () => {
  const generators = modulesOf(await trainOnce(plan, 'generators', parts(120, 1), onnx));
  const modules: ModuleTensors = {
    ...generators,
    ...modulesOf(await trainOnce(plan, 'mappings', parts(120, 1), onnx, { modules: generators })),
  };
  candidate = {
    frozen: { plan, programs: onnx, modules, abort: new AbortController().signal },
    fetched: new Set(Object.keys(modules)),
    learned: {},
  };
});

describe('what intervals and confidence are worth at a plant', () => {
  const route = { target: 'camera', sources: ['gauge', 'note'] };

  it('is counted on the half of its held-out parts that did not calibrate', async () => {
    const { coverage, calibration } = await cardTrustOf(candidate, route, dataset(120, 1), dataset(160, 2));
    expect(coverage).toMatchObject({ nominal: 0.9, parts: 160 });
    expect(coverage!.share).toBeGreaterThan(0.87);
    expect(coverage!.share).toBeLessThan(0.97);
    expect(calibration!.bins.reduce((sum, { parts }) => sum + parts, 0)).toBe(160);
    const off = calibration!.bins.map(({ confidence, within }) => Math.abs(confidence - within));
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.12);
  });

  it('is not said of too few parts, and of words without an interval', async () => {
    expect(await cardTrustOf(candidate, route, dataset(120, 1), dataset(30, 2))).toEqual(unknownTrust);
    const words = await cardTrustOf(
      candidate,
      { target: 'note', sources: ['gauge'] },
      dataset(120, 1),
      dataset(60, 2),
    );
    expect(words.coverage).toBeNull();
    expect(words.calibration).not.toBeNull();
  });
});
