import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCode } from '../../protocol/errors.ts';
import { type PictureScales, storageName } from '../../training/cells/images/scale.ts';
import type { PartsFile } from '../../training/data/dataset.ts';
import { preview } from '../../training/data/preview.ts';
import type { ImportProblem } from '../../training/data/problems.ts';
import type { ImportResult } from '../../training/process/messages.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type * as view from '../api/views.ts';
import { isErrorCode } from '../jobs/training-events.ts';
import type { JobRow } from '../store/job-store.ts';
import { clearRows, copyRows } from '../store/tensor-file.ts';
import { type Context, type OfferedPlan, planInUse, settingNames } from './context.ts';
import { type DurableJob, describe, refuseWhileBusy, startJob } from './durable-jobs.ts';
import { errorView } from './error-view.ts';
import { followData } from './membership.ts';
import { compareWithTruth, keepTruths } from './truth-comparison.ts';

type ImportRequest = CheckedInput<'data.import'>;

/** Number of rows that are stored in one transaction: short enough that the window does not notice. */
const rowsAtOnce = 500;
const problemsShown = 1000;

interface DataService extends Pick<Api, 'data.preview' | 'data.import' | 'data.problems'> {
  /** Does an import again that a killed app left undone; resolves when it ended. */
  redo(job: JobRow): Promise<void>;
}

/** Service of folders and imports. @param imported called when there are new parts */
export function dataService(context: Context, imported: () => void): DataService {
  const { store, supervisor, engine } = context;

  function start(request: ImportRequest, id?: string): ReturnType<typeof startJob> {
    const by = planInUse(store);
    const work: DurableJob['work'] = async (job, id, abort) => {
      const output = await store.files.scratch();
      const result = (await supervisor.run(
        {
          ...{ kind: 'import', id, plan: by.plan, engine: engine(), ...request, output },
          ...{ pictureCache: store.files.pictures, pictureScales: scalesSoFar() },
        },
        { progress: (progress) => job.update(progress) },
        abort,
      )) as ImportResult;
      job.update({ phase: 'writing', fraction: 0.99 });
      await takeIn(result, request, by);
      keepScales(result.pictures);
    };
    const job = startJob(context, { kind: 'import', request, work }, id);
    job.ended.then(imported, () => {}).catch((thrown: unknown) => context.log(describe(thrown)));
    return job;
  }

  /** Scales of the pictures that are here: a camera's white is the same in every import, unless a person says otherwise. */
  function scalesSoFar(): Record<string, PictureScales> {
    const known = store.settings.get<Record<string, PictureScales>>(settingNames.pictureScales);
    return known && store.datasets.active().length > 0 ? known : {};
  }

  function keepScales(pictures: ImportResult['pictures']): void {
    const known = { ...scalesSoFar() };
    for (const { modality, scales } of pictures) {
      const own = scales.map(({ words: _, ...scale }) => [storageName(scale.stored), scale] as const);
      known[modality] = { ...known[modality], ...Object.fromEntries(own) };
    }
    store.settings.set(settingNames.pictureScales, known);
  }

  /** Takes the import's files into the store; its measurements of parts that were there replace the older ones. */
  async function takeIn(
    result: ImportResult,
    { folder, manifest }: ImportRequest,
    by: OfferedPlan,
  ): Promise<void> {
    const { parts, problems } = JSON.parse(await readFile(result.parts, 'utf8')) as PartsFile;
    const { sha256 } = await store.files.adopt(result.dataset);
    const dataset = store.datasets.begin({
      ...{ folder, manifest, planHash: by.hash, file: sha256, rows: parts.length },
    });
    for (let first = 0; first < parts.length; first += rowsAtOnce) {
      const some = parts.slice(first, first + rowsAtOnce);
      store.datasets.addParts(
        dataset,
        some.map(({ id, values }, index) => ({ position: first + index, name: id, values })),
      );
      await new Promise(setImmediate);
    }
    store.datasets.addProblems(dataset, problems);
    const rewritten = new Map<number, string>();
    const whole = await withLeft(dataset, sha256);
    if (whole) rewritten.set(dataset, whole);
    for (const [id, rows] of store.datasets.replacedBy(dataset)) {
      const file = await withoutRows(id, rows);
      if (file) rewritten.set(id, file);
    }
    const truths = await compareWithTruth(store, by, dataset, sha256, (thrown) =>
      context.log(`reconstructions not compared: ${describe(thrown)}`),
    );
    // Together, so that an import that is done again counts no part twice.
    store.transaction(() => {
      store.datasets.activate(dataset, rewritten);
      keepTruths(store, truths, sha256);
      followData(store);
    });
  }

  /**
   * Copies the import's file with the measurements that older data sets hold of its parts and it does not; undefined if
   * there are none.
   */
  async function withLeft(dataset: number, file: string): Promise<string | undefined> {
    const left = store.datasets.left(dataset);
    if (left.length === 0) return undefined;
    const copy = await copyOf(file);
    const older = new Map(store.datasets.active().map((one) => [one.id, store.files.path(one.file)]));
    for (const [id, own] of Map.groupBy(left, (one) => one.dataset))
      for (const [modality, moves] of Map.groupBy(own, (one) => one.modality))
        for (const tensor of ['values', 'present'])
          await copyRows(older.get(id)!, copy, `${modality}/${tensor}`, moves);
    return (await store.files.adopt(copy)).sha256;
  }

  /** Copies an older data set with the replaced rows emptied; undefined when none would be left. */
  async function withoutRows(id: number, rows: readonly number[]): Promise<string | undefined> {
    const old = store.datasets.active().find((dataset) => dataset.id === id);
    if (!old || rows.length === old.rows) return undefined;
    const copy = await copyOf(old.file);
    await clearRows(copy, (name) => name.endsWith('/present'), rows);
    return (await store.files.adopt(copy)).sha256;
  }

  async function copyOf(file: string): Promise<string> {
    const copy = join(await store.files.scratch(), 'dataset.safetensors');
    await copyFile(store.files.path(file), copy);
    return copy;
  }

  return {
    'data.preview': async ({ folder, manifest, columns, pictures }) => {
      const { plan } = planInUse(store);
      const { parts: _, ...found } = await preview(plan, folder, manifest, columns, {
        settings: pictures,
        scales: scalesSoFar(),
      });
      return { ...found, problems: found.problems.map(problemView) };
    },
    'data.import': async (request) => {
      refuseWhileBusy(context);
      return start(request).view;
    },
    'data.problems': async () => store.datasets.problems(problemsShown).map(problemView),
    redo: async ({ id, request }) => start(request as ImportRequest, id).ended,
  };
}

function problemView({
  row,
  column,
  code,
  detail,
}: Omit<ImportProblem, 'code'> & { code: string }): view.ProblemView {
  const known: ErrorCode = isErrorCode(code) ? code : 'internal';
  return { row, column, error: errorView({ code: known, detail }) };
}
