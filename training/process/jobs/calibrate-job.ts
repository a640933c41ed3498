import { canMeasure, parseRoute, type Route } from '../../../protocol/calibration/routes.ts';
import {
  checkSums,
  encodeSums,
  leastCalibrationParts,
  type Sums,
} from '../../../protocol/calibration/sums.ts';
import { heldOutParts, trainingParts } from '../../confidence/hold-out.ts';
import { observe } from '../../confidence/observe.ts';
import {
  asStatistics,
  errorMoments,
  type Observed,
  ofPass,
  scalesOf,
  scoresOf,
} from '../../confidence/passes.ts';
import {
  type Dataset,
  heldModalities,
  partsWith,
  readDatasets,
  selectParts,
} from '../../learning/datasets.ts';
import { usualDraws } from '../../reconstruction/part-draws.ts';
import { readSums } from '../files/calibration-files.ts';
import { readModules } from '../files/module-files.ts';
import { tensorFile, writeAtomically } from '../files/whole-files.ts';
import type { JobContext } from '../job-context.ts';
import type { CalibrateJob, CalibrateResult } from '../messages.ts';

/** Largest number of parts of a route that are used, evenly spread: more of them add little, and take longer. */
const mostParts = 1000;

/** Sums of the passes before that a pass needs. */
type Before = { readonly scales: Sums; readonly moments: Sums };

/**
 * Makes this plant's sums of one pass of a calibration: of each route that was asked for, on the parts that have its
 * target and all its sources. A route with too few of them, or without sums in an earlier pass, is left out.
 */
export async function runCalibrate(job: CalibrateJob, context: JobContext): Promise<CalibrateResult> {
  const { plan, progress, abort } = context;
  progress({ phase: 'reading', fraction: 0 });
  const dataset = await readDatasets(plan, job.datasets);
  const learned = trainingParts(plan, dataset);
  const held = selectParts(dataset, heldOutParts(plan, dataset));
  const needed = job.pass === 'scores' ? [learned, held] : [learned];
  const before: Before = {
    scales: job.sums.scales ? await readSums(job.sums.scales) : {},
    moments: job.sums.moments ? await readSums(job.sums.moments) : {},
  };
  const own = heldModalities(plan, dataset);
  const asked = job.routes.filter(
    (name) => canMeasure(own, parseRoute(name)) && isReady(job.pass, name, before),
  );
  const counts = asked.map((name) => [name, fewestParts(needed, parseRoute(name))] as const);
  const enough = counts.filter(([, parts]) => parts >= leastCalibrationParts);

  const { modules } = await readModules(plan, job.modules);
  progress({ phase: 'compiling', fraction: 0 });
  const programs = await context.programs();
  const options = { draws: usualDraws, fetched: new Set(Object.keys(modules)), learned: job.bridges };
  const look = (from: Dataset, route: Route) =>
    observe({ plan, programs, modules, abort }, from, route, options, mostParts);
  const sums: Record<string, Sums[string]> = {};
  for (const [place, [name]] of enough.entries()) {
    const route = parseRoute(name);
    const onLearned = await look(learned, route);
    const onHeld = job.pass === 'scores' ? await look(held, route) : undefined;
    sums[name] = statistics(plan.training.seed, name, before, onLearned, onHeld, job.pass);
    progress({ phase: 'calibrating', fraction: (place + 1) / enough.length });
  }
  const missing = Object.fromEntries(
    counts.flatMap(([name, parts]) =>
      parts < leastCalibrationParts ? [[name, leastCalibrationParts - parts]] : [],
    ),
  );
  if (enough.length === 0) return { kind: 'calibrate', sums: null, numbers: 0, parts: 0, missing };
  checkSums(plan, job.pass, asked, sums);
  const path = tensorFile(job.output, 'sums');
  await writeAtomically(path, encodeSums(sums));
  const lengths = Object.values(sums).flatMap((one) => Object.values(one).map(({ length }) => length));
  return {
    kind: 'calibrate',
    sums: path,
    numbers: lengths.reduce((total, length) => total + length, 0),
    parts: Math.max(...enough.map(([, parts]) => parts)),
    missing,
  };
}

function statistics(
  seed: number,
  route: string,
  { scales, moments }: Before,
  learned: Observed,
  held: Observed | undefined,
  pass: CalibrateJob['pass'],
): Sums[string] {
  if (pass === 'scales') return asStatistics(scalesOf(learned));
  const { sums } = ofPass('scales', scales[route]!);
  if (pass === 'moments') return asStatistics(errorMoments(seed, learned, sums));
  return asStatistics(scoresOf(seed, learned, held!, { sums, ...ofPass('moments', moments[route]!) }));
}

function isReady(pass: CalibrateJob['pass'], route: string, { scales, moments }: Before): boolean {
  if (pass === 'scales') return true;
  return scales[route] !== undefined && (pass === 'moments' || moments[route] !== undefined);
}

function fewestParts(datasets: readonly Dataset[], { target, sources }: Route): number {
  return Math.min(
    ...datasets.map((dataset) => Math.min(mostParts, partsWith(dataset, target, ...sources).length)),
  );
}
