import { createHash } from 'node:crypto';
import { z } from 'zod';
import { learnedBridges } from '../../protocol/backing.ts';
import { type FeatureName, featureList } from '../../protocol/calibration/features.ts';
import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import { documentHash } from '../../protocol/canonical-json.ts';
import type { ModelManifest } from '../../protocol/messages.ts';
import { servingModules } from '../../protocol/serving.ts';
import type { EngineChoice, ReconstructJob, ReconstructResult } from '../../training/process/messages.ts';
import type { JobView } from '../api/views.ts';
import { theWorkstation } from '../log/entries.ts';
import type { LogRecord } from '../store/log-store.ts';
import type { Assessment, Reconstructions, SourceShare } from '../store/reconstructions.ts';
import { inTurns } from '../store/slices.ts';
import type { Store } from '../store/store.ts';
import { openTensorFile, type TensorFile } from '../store/tensor-file.ts';
import type { AggregatorClient } from '../sync/aggregator-client.ts';
import { downloadModules, pick } from '../sync/fetch-model.ts';
import type { Context } from './context.ts';
import { dataInUse } from './data-view.ts';
import { startJob } from './durable-jobs.ts';
import { groundsFor } from './reconstructable.ts';
import { routesIn } from './route-records.ts';

type NewFile = Parameters<Reconstructions['replace']>[0][number];

/** Shares of all values below the beginning and the end of the uncertainty scale. */
const scaleShares = { low: 0.01, high: 0.99 };
const scaleSamples = 200;
const rowsAtOnce = 1024;

/**
 * Reconstructs everything that is missing with the serving modules of the model in use, fetching those that are not here.
 * @throws FedReconError `model-not-ready`, `no-data`, `not-enrolled`
 */
export function startReconstruction(
  context: Context,
  client: AggregatorClient,
  manifest: ModelManifest,
  id?: string,
): { view: JobView; ended: Promise<void> } {
  const { store, supervisor, engine, order } = context;
  const { enrolment, targets } = groundsFor(store, manifest);
  const { plan, has } = enrolment;

  return startJob(
    context,
    {
      kind: 'reconstruct',
      request: { modelVersion: manifest.version },
      work: async (job, jobId, abort) => {
        const modules = pick(manifest.serving, servingModules(plan, has));
        await downloadModules({ store, client }, modules, manifest.round, abort, (fraction) =>
          job.update({ phase: 'downloading', fraction: fraction * 0.1 }),
        );
        const { datasets, parts } = await dataInUse(store);
        const calibration = calibrationFiles(store, manifest.version);
        const calibrated = store.calibrations.of(manifest.version)?.number ?? null;
        const runsOn = engine();
        const result = (await supervisor.run(
          {
            kind: 'reconstruct',
            id: jobId,
            plan,
            engine: runsOn,
            datasets,
            modules: store.files.paths(modules),
            bridges: learnedBridges(manifest.backing),
            includeMeasured: false,
            ...(calibration && { calibration }),
            output: await store.files.scratch(),
          },
          { progress: (progress) => job.update({ ...progress, fraction: 0.1 + 0.9 * progress.fraction }) },
          abort,
        )) as ReconstructResult;
        const files: NewFile[] = [];
        for (const modality of targets) {
          const path = result.files[modality];
          if (path) files.push(await takeIn(context, modality, path, manifest, parts));
        }
        await inTurns(
          store.reconstructions.replacing(files, () => {
            for (const file of files) store.log.append(logged(file, manifest, runsOn, calibrated));
          }),
        );
        for (const { modality } of files) await order.settled(modality);
      },
    },
    id,
  );
}

/** Files of the sums of all plants for a model, once its calibration is finished. */
function calibrationFiles(store: Store, modelVersion: number): ReconstructJob['calibration'] {
  const finished = store.calibrations.of(modelVersion);
  return finished && (store.files.paths(Object.entries(finished.sums)) as Record<CalibrationPass, string>);
}

/** Fields for the log about a file of reconstructions: its hash, what made it, and from how many measurements. */
function logged(
  file: NewFile,
  manifest: ModelManifest,
  { engine, device }: EngineChoice,
  calibration: number | null,
): LogRecord {
  const { modality, modelVersion, planHash, madeAt, rows } = file;
  const sources: Record<string, number> = {};
  for (const { modality } of rows.flatMap((row) => row.sources))
    sources[modality] = (sources[modality] ?? 0) + 1;
  return {
    action: 'reconstruction.made',
    actor: theWorkstation,
    object: file.file,
    at: madeAt,
    detail: {
      modality,
      modelVersion,
      model: documentHash(manifest),
      planHash,
      calibration,
      parts: rows.length,
      sources,
      engine,
      device: device ?? '',
    },
  };
}

async function takeIn(
  { store }: Context,
  modality: string,
  path: string,
  { version, planHash }: ModelManifest,
  parts: readonly number[],
): Promise<NewFile> {
  const { sha256 } = await store.files.adopt(path);
  const file = await openTensorFile(store.files.path(sha256));
  try {
    const bridges = bridgeRecord.parse(JSON.parse(file.metadata.bridges ?? '{}'));
    const routes = routesIn(file).map(({ route }) => route);
    const features = featureNames.parse(JSON.parse(file.metadata.features ?? '{}'));
    const rows: NewFile['rows'][number][] = [];
    const count = file.rows('index');
    for (let first = 0; first < count; first += rowsAtOnce) {
      const some = Math.min(rowsAtOnce, count - first);
      const assessments = await readAssessments(file, first, some, { routes, features });
      const read = await readRows(file, first, some, parts, bridges);
      const values = await valueHashes(file, first, some);
      rows.push(
        ...read.map((row) => {
          const place = row.position - first;
          return { ...row, assessment: assessments[place], values: values[place]! };
        }),
      );
    }
    const { low, high } = await sigmaScale(file);
    return {
      modality,
      modelVersion: version,
      planHash,
      file: sha256,
      sigmaLow: low,
      sigmaHigh: high,
      madeAt: new Date().toISOString(),
      rows,
    };
  } finally {
    await file.close();
  }
}

const shareOf = 'share/';
const aloneOf = 'familiarity/';
/** Bridges of a row: source → the modality that a bridge leads through. */
const bridgeRecord = z.record(z.string(), z.string());

/** Confidence and sources of some rows of a reconstruction file; rows of parts that were replaced are left out. */
async function readRows(
  file: TensorFile,
  first: number,
  count: number,
  parts: readonly (number | undefined)[],
  bridges: Readonly<Record<string, string>>,
): Promise<Omit<NewFile['rows'][number], 'values'>[]> {
  const index = await file.read('index', first, count);
  const confidence = await file.read('confidence', first, count);
  const shares = new Map<string, Float32Array>();
  for (const name of file.names.filter((name) => name.startsWith(shareOf)))
    shares.set(name.slice(shareOf.length), await file.read(name, first, count));
  return Array.from(index).flatMap((row, place) => {
    const part = parts[row];
    if (part === undefined) return [];
    const sources: SourceShare[] = [...shares]
      .map(([modality, share]) => {
        const through = bridges[modality];
        return { modality, share: share[place]!, ...(through !== undefined && { through }) };
      })
      .filter(({ share }) => share > 0);
    return [{ part, position: first + place, confidence: confidence[place]!, sources }];
  });
}

/** Bytes of values that are hashed at once: a few milliseconds of work. */
const hashedAtOnce = 1 << 20;

/** SHA-256 of the values of some rows of a reconstruction file, a little at a time. */
async function valueHashes(file: TensorFile, first: number, count: number): Promise<string[]> {
  const hashes: string[] = [];
  const width = count > 0 ? (await file.read('mean', first, 1)).length : 0;
  const rows = Math.max(1, Math.floor(hashedAtOnce / Math.max(1, width * 4)));
  for (let done = 0; done < count; done += rows) {
    const some = Math.min(rows, count - done);
    const values = await file.read('mean', first + done, some);
    for (let row = 0; row < some; row++)
      hashes.push(
        createHash('sha256')
          .update(values.subarray(row * width, (row + 1) * width))
          .digest('hex'),
      );
  }
  return hashes;
}

/** Names of the features of a row, by route. */
const featureNames = z.record(
  z.string(),
  z.array(z.object({ name: z.enum(Object.keys(featureList) as FeatureName[]), of: z.array(z.string()) })),
);

/** Standings of some rows, by the calibration at plants that have the truth; none where the route is not calibrated. */
async function readAssessments(
  file: TensorFile,
  first: number,
  count: number,
  { routes, features }: { routes: readonly string[]; features: z.infer<typeof featureNames> },
): Promise<(Assessment | undefined)[]> {
  if (routes.length === 0) return new Array<undefined>(count).fill(undefined);
  const read = (name: string) => file.read(name, first, count);
  const [route, logError, deviation, familiarity] = await Promise.all(
    ['route', 'expected', 'deviation', 'familiarity'].map(read),
  );
  const alone = new Map<string, Float32Array>();
  for (const name of file.names.filter((name) => name.startsWith(aloneOf)))
    alone.set(name.slice(aloneOf.length), await read(name));
  const told = await read('cautions');
  return Array.from(route!, (index, place) => {
    const name = routes[index];
    if (name === undefined) return undefined;
    const sources = [...alone].filter(([, values]) => values[place]! > 0);
    const own = told.subarray((place * told.length) / count, ((place + 1) * told.length) / count);
    const cautions = [...own].flatMap((number) => features[name]?.[number - 1] ?? []);
    return {
      route: name,
      logError: logError![place]!,
      deviation: deviation![place]!,
      familiarity: familiarity![place]!,
      alone: Object.fromEntries(sources.map(([source, values]) => [source, values[place]!])),
      ...(cautions.length > 0 && { cautions }),
    };
  });
}

/**
 * Scale of the uncertainty for all parts, so that two maps can be compared: percentiles over evenly spread parts. It
 * begins above zero, because the noise of a measurement is in every value and would hide what differs.
 */
async function sigmaScale(file: TensorFile): Promise<{ low: number; high: number }> {
  const count = file.rows('sigma');
  const step = Math.max(1, Math.floor(count / scaleSamples));
  const values: number[] = [];
  for (let row = 0; row < count; row += step)
    for (const value of await file.read('sigma', row, 1)) values.push(value);
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.floor((values.length - 1) * share)] ?? 0;
  return { low: at(scaleShares.low), high: at(scaleShares.high) };
}
