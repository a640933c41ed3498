import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureBlocks } from '../../../protocol/calibration/lengths.ts';
import { routeName } from '../../../protocol/calibration/routes.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import { decodeTensors } from '../../../protocol/safetensors.ts';
import {
  type Assessed,
  assess,
  type RouteCalibrations,
  toldFeatures,
} from '../../../training/confidence/assess.ts';
import type { RouteCalibration } from '../../../training/confidence/assessor.ts';
import { featuresOf } from '../../../training/confidence/features.ts';
import { errorMoments, type Observed, scalesOf, scoresOf } from '../../../training/confidence/passes.ts';
import { confidenceAt, recordOf, routeRecord, usualTolerance } from '../../../training/confidence/record.ts';
import { suspected } from '../../../training/confidence/suspicion.ts';
import { trainingKind } from '../../../training/kinds/index.ts';
import { type Dataset, datasetOf, partsWith } from '../../../training/learning/datasets.ts';
import type { FrozenModel, ModuleTensors } from '../../../training/learning/inference.ts';
import { row } from '../../../training/learning/row-table.ts';
import { reconstructionFile } from '../../../training/process/files/reconstruction-file.ts';
import { type ReconstructionOptions, reconstruct } from '../../../training/reconstruction/reconstruct.ts';
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
const sources = ['gauge', 'note'];
let frozen: FrozenModel;
let options: ReconstructionOptions;
let calibration: RouteCalibration;
/** Of each source alone, too. */
let calibrations: RouteCalibrations;

/** Parts with the camera hidden, reconstructed from `shown`, and the truth beside them. */
async function observe(count: number, seed: number, shown: readonly string[]): Promise<Observed> {
  const whole = datasetOf(
    plan,
    syntheticParts(plan, count, () => false, seed),
  );
  const dataset = showing(whole, shown);
  const { mean, sigma } = (await reconstruct(frozen, dataset, options)).camera!;
  const parts = partsWith(dataset);
  const features = await featuresOf(frozen, dataset, {
    target: 'camera',
    sources: shown,
    parts,
    mean,
    sigma,
  });
  const truth = whole.modalities.camera!.values;
  const { misfit } = trainingKind(modalityOf(plan, 'camera'));
  const logErrors = [...parts].map((part) => Math.log(misfit(row(truth, part), row(mean, part))));
  return { parts, features, truth, mean, sigma, logErrors };
}

async function calibrate(from: readonly string[]): Promise<RouteCalibration> {
  const [learned, held] = [await observe(120, 1, from), await observe(100, 2, from)];
  const { sums } = scalesOf(learned);
  const { moments } = errorMoments(plan.training.seed, learned, sums);
  return { sums, moments, ...scoresOf(plan.training.seed, learned, held, { sums, moments }) };
}

function showing({ count, modalities }: Dataset, names: readonly string[]): Dataset {
  return { count, modalities: Object.fromEntries(names.map((name) => [name, modalities[name]!])) };
}

beforeAll(async () => {
  const parts = syntheticParts(plan, 120);
  const generators = modulesOf(await trainOnce(plan, 'generators', parts, onnx));
  const modules: ModuleTensors = {
    ...generators,
    ...modulesOf(await trainOnce(plan, 'mappings', parts, onnx, { modules: generators })),
  };
  frozen = { plan, programs: onnx, modules, abort: new AbortController().signal };
  options = {
    draws: 8,
    includeMeasured: false,
    fetched: new Set(Object.keys(modules)),
    targets: ['camera'],
    progress: () => {},
  };
  const routes = [sources, ['gauge'], ['note']];
  calibrations = new Map(
    await Promise.all(
      routes.map(
        async (from) => [routeName({ target: 'camera', sources: from }), await calibrate(from)] as const,
      ),
    ),
  );
  calibration = calibrations.get('camera←gauge+note')!;
});

async function assessed(calibrations: RouteCalibrations, shown = sources): Promise<Assessed> {
  const dataset = showing(
    datasetOf(
      plan,
      syntheticParts(plan, 40, () => false, 3),
    ),
    shown,
  );
  const result = (await reconstruct(frozen, dataset, options)).camera!;
  return assess(frozen, dataset, 'camera', result, options, calibrations);
}

describe('features', () => {
  it.each([[['gauge']], [['note']], [['gauge', 'note']], [['color', 'gauge', 'note']]])(
    'is as wide as both sides of a calibration expect: from %s',
    async (shown) => {
      const { features } = await observe(8, 4, shown);
      expect(features.blocks).toEqual(featureBlocks(plan, { target: 'camera', sources: shown }));
      expect(features.table.data.every(Number.isFinite)).toBe(true);
    },
  );
});

describe('assessing reconstructions', () => {
  it('says of calibrated routes what to expect, and makes the deviations as large as that', async () => {
    const found = await assessed(new Map([['camera←gauge+note', calibration]]));
    expect(found.routes).toEqual(['camera←gauge+note']);
    for (let part = 0; part < 40; part++) {
      expect(found.route[part]).toBe(0);
      expect(found.familiarity[part]!).toBeGreaterThan(0);
      const sigma = row(found.sigma, part);
      const size = Math.sqrt(sigma.reduce((sum, value) => sum + value ** 2, 0) / sigma.length);
      expect(size).toBeCloseTo(Math.exp(found.logError[part]!), 4);
      // Nobody calibrated the sources one by one.
      expect(found.alone.gauge![part]).toBeNaN();
    }
  });

  it('tells of a part with a broken instrument by which of its features', async () => {
    const dataset = showing(
      datasetOf(
        plan,
        syntheticParts(plan, 40, () => false, 3),
      ),
      sources,
    );
    const gauge = row(dataset.modalities.gauge!.values, 7);
    for (const place of gauge.keys()) gauge[place] = place % 2 === 0 ? 4 : -3;
    const result = (await reconstruct(frozen, dataset, options)).camera!;
    const route = 'camera←gauge+note';
    const found = await assess(frozen, dataset, 'camera', result, options, calibrations);
    const tellingOf = (part: number) =>
      [...row(found.cautions, part)].flatMap((place) => found.features[route]![place - 1] ?? []);
    expect(found.familiarity[7]!).toBeLessThan(0.02);
    expect(tellingOf(7)).not.toEqual([]);
    for (const { of } of tellingOf(7)) expect(of).toContain('gauge');
    const isUsual = (part: number) =>
      [found.familiarity, found.alone.gauge!, found.alone.note!].every((of) => of[part]! > suspected);
    const usual = Array.from({ length: 40 }, (_, part) => part).filter(isUsual);
    expect(usual.length).toBeGreaterThan(20);
    expect(usual.flatMap(tellingOf)).toEqual([]);
  });

  it('says nothing of routes that no plant calibrated, and leaves their deviations', async () => {
    const found = await assessed(new Map([['camera←gauge+note', calibration]]), ['gauge']);
    expect(found.routes).toEqual([]);
    expect([...found.route]).toEqual(new Array(40).fill(-1));
    expect(found.logError.every(Number.isNaN)).toBe(true);
  });

  it('is kept in the file with all that is needed to say it again', async () => {
    const dataset = showing(
      datasetOf(
        plan,
        syntheticParts(plan, 40, () => false, 3),
      ),
      sources,
    );
    const result = (await reconstruct(frozen, dataset, options)).camera!;
    const found = await assess(
      frozen,
      dataset,
      'camera',
      result,
      options,
      new Map([['camera←gauge+note', calibration]]),
    );
    const worst = calibration.intervals.missed.map((missed) => missed / calibration.intervals.count[0]!);
    const record = recordOf('camera←gauge+note', { ...calibration, plants: 2, parts: 100, worst });
    const file = decodeTensors(reconstructionFile('camera', result, { assessed: found, records: [record] }));
    const [read] = routeRecord.array().parse(JSON.parse(file.metadata.routes!));
    expect(read).toEqual(record);
    const at = (name: string) => file.tensors[name]!.data[5]!;
    const expected = { logError: at('expected'), deviation: at('deviation') };
    const tolerance = usualTolerance(read!);
    const confidence = confidenceAt(read!, expected, tolerance);
    expect(confidence).toBeGreaterThan(0);
    expect(confidenceAt(read!, expected, 2 * tolerance)).toBeGreaterThanOrEqual(confidence);
    expect(at('route')).toBe(0);
    expect(JSON.parse(file.metadata.features!)['camera←gauge+note'].length).toBe(
      featureBlocks(plan, { target: 'camera', sources })[0],
    );
    expect(file.tensors.cautions!.shape).toEqual([40, toldFeatures]);
    expect(at('familiarity')).toBeCloseTo(found.familiarity[5]!, 6);
  });
});
