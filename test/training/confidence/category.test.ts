import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeName } from '../../../protocol/calibration/routes.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import { assess, type RouteCalibrations } from '../../../training/confidence/assess.ts';
import type { RouteCalibration } from '../../../training/confidence/assessor.ts';
import { featuresOf } from '../../../training/confidence/features.ts';
import { errorMoments, type Observed, scalesOf, scoresOf } from '../../../training/confidence/passes.ts';
import { suspected } from '../../../training/confidence/suspicion.ts';
import { trainingKind } from '../../../training/kinds/index.ts';
import { type Dataset, datasetOf, partsWith } from '../../../training/learning/datasets.ts';
import type { FrozenModel } from '../../../training/learning/inference.ts';
import { row } from '../../../training/learning/row-table.ts';
import { type ReconstructionOptions, reconstruct } from '../../../training/reconstruction/reconstruct.ts';
import { partsOf, plan, unseen } from '../learning/material-parts.ts';
import { modulesOf, trainOnce } from '../learning/rounds.ts';
import { onnxPrograms } from '../model/engines.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());
const sources = ['gauge', 'material'];
let frozen: FrozenModel;
let options: ReconstructionOptions;
let calibrations: RouteCalibrations;

function showing({ count, modalities }: Dataset, names: readonly string[]): Dataset {
  return { count, modalities: Object.fromEntries(names.map((name) => [name, modalities[name]!])) };
}

async function observe(
  count: number,
  seed: number,
  target: string,
  shown: readonly string[],
): Promise<Observed> {
  const whole = datasetOf(plan, partsOf(count, seed));
  const dataset = showing(whole, shown);
  const { mean, sigma } = (await reconstruct(frozen, dataset, { ...options, targets: [target] }))[target]!;
  const parts = partsWith(dataset);
  const features = await featuresOf(frozen, dataset, { target, sources: shown, parts, mean, sigma });
  const truth = whole.modalities[target]!.values;
  const { misfit } = trainingKind(modalityOf(plan, target));
  const logErrors = [...parts].map((part) => Math.log(misfit(row(truth, part), row(mean, part))));
  return { parts, features, truth, mean, sigma, logErrors };
}

async function calibrate(target: string, from: readonly string[]): Promise<RouteCalibration> {
  const [learned, held] = [await observe(160, 1, target, from), await observe(120, 4, target, from)];
  const { sums } = scalesOf(learned);
  const { moments } = errorMoments(plan.training.seed, learned, sums);
  return { sums, moments, ...scoresOf(plan.training.seed, learned, held, { sums, moments }) };
}

beforeAll(async () => {
  const parts = partsOf(160, 1);
  const generators = modulesOf(await trainOnce(plan, 'generators', parts, onnx));
  const mappings = await trainOnce(plan, 'mappings', parts, onnx, { modules: generators });
  const modules = { ...generators, ...modulesOf(mappings) };
  frozen = { plan, programs: onnx, modules, abort: new AbortController().signal };
  options = { draws: 8, includeMeasured: false, fetched: new Set(Object.keys(modules)), progress: () => {} };
  const routes = [
    ...[sources, ['gauge'], ['material']].map((from) => ({ target: 'profile', sources: from })),
    { target: 'material', sources: ['gauge'] },
  ];
  const calibrated: [string, RouteCalibration][] = [];
  for (const route of routes)
    calibrated.push([routeName(route), await calibrate(route.target, route.sources)]);
  calibrations = new Map(calibrated);
});

describe('the confidence of a category', () => {
  it('takes a value that nobody listed for strange, and known values for known', async () => {
    const tensors = partsOf(40, 3);
    const { data } = tensors['material/values']!;
    data.fill(0, 7 * (unseen + 1), 8 * (unseen + 1));
    data[7 * (unseen + 1) + unseen] = 1;
    const dataset = showing(datasetOf(plan, tensors), sources);
    const targets = { ...options, targets: ['profile'] };
    const result = (await reconstruct(frozen, dataset, targets)).profile!;
    const { alone } = await assess(frozen, dataset, 'profile', result, targets, calibrations);
    expect(alone.material![7]!).toBeLessThan(suspected);
    const known = [...alone.material!].filter((_, part) => part !== 7);
    expect(known.filter((share) => share <= suspected).length).toBeLessThanOrEqual(2);
  });

  it('is calibrated in nats where it is the target', async () => {
    const dataset = showing(datasetOf(plan, partsOf(40, 3)), ['gauge']);
    const targets = { ...options, targets: ['material'] };
    const result = (await reconstruct(frozen, dataset, targets)).material!;
    const found = await assess(frozen, dataset, 'material', result, targets, calibrations);
    expect(found.routes).toEqual(['material←gauge']);
    expect(found.logError.every(Number.isFinite)).toBe(true);
    expect(found.sigma.data.every(Number.isFinite)).toBe(true);
  });
});
