import { basename } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { checkPictures, type PictureCheck } from '../../training/data/picture-check.ts';
import { type ImportPreview, preview } from '../../training/data/preview.ts';
import type { ImportProblem } from '../../training/data/problems.ts';
import { surveyManifest } from '../../training/data/survey.ts';
import type { ImportResult } from '../../training/process/messages.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type { JobRow } from '../store/job-store.ts';
import { type Context, planInUse } from './context.ts';
import { dataPageService } from './data/data-page-service.ts';
import { deletionService } from './data/deletion-service.ts';
import { importEffect } from './data/import-effect.ts';
import { knownScales } from './data/picture-scales.ts';
import { type PlacedProblem, placed, writeProblems } from './data/problem-file.ts';
import { problemView } from './data/problem-view.ts';
import { sampleViews } from './data/sample-views.ts';
import { type OrderedImport, takeIn } from './data/take-in.ts';
import {
  type DurableJob,
  describe,
  refuseWhileDataAreUsed,
  sliceListener,
  startJob,
} from './durable-jobs.ts';
import type { MadePictures } from './made-pictures.ts';
import { actorOf } from './people-service.ts';

const problemsShown = 1000;
/** More problems than these are in no file: whoever has so many mends the folder. */
const problemsWritten = 100_000;
/** Parts that a preview decodes and shows. */
const partsSampled = 10;
/** Parts whose images are opened before an import, in the background. */
const picturesOpened = 200;

type DataCall = Extract<keyof Api, `data.${string}`>;

/** Calls about data that other services answer. */
type OtherCall =
  | 'data.watch'
  | 'data.watched'
  | 'data.pauseWatch'
  | 'data.takeUnfinished'
  | 'data.findings'
  | 'data.check';

export interface DataService extends Pick<Api, Exclude<DataCall, OtherCall>> {
  /** Starts an import. */
  begin(ordered: OrderedImport): ReturnType<typeof startJob>;
  /** Takes an import back in the name of the workstation; resolves when it is done. */
  takeBack(id: number): Promise<void>;
  /** Does an import, an undoing or a deletion again that a killed app left undone; resolves when it ended. */
  redo(job: JobRow): Promise<void>;
}

/**
 * Service of folders, imports and what is here.
 * @param made keeps the pictures of previews
 * @param changed called when there are other parts than before
 */
export function dataService(context: Context, made: MadePictures, changed: () => void): DataService {
  const { store, supervisor, engine } = context;

  function start(ordered: OrderedImport, id?: string): ReturnType<typeof startJob> {
    const plan = planInUse(store);
    const { folder, manifest, columns, content, reading, pictures, empty = {}, unfinished } = ordered;
    const removes = Object.keys(empty).filter((name) => empty[name] === 'remove');
    const work: DurableJob['work'] = async (job, id, abort) => {
      if (store.imports.isMade(id)) return;
      const output = await store.files.scratch();
      const result = (await supervisor.run(
        {
          ...{ kind: 'import', id, plan: plan.plan, engine: engine(), output },
          ...{
            folder,
            manifest,
            columns,
            ...(content !== undefined && { content }),
            reading,
            removes,
            ...(pictures && { pictures }),
          },
          ...(unfinished && { unfinished: [...unfinished] }),
          ...{ pictureCache: store.files.pictures, pictureScales: knownScales(store) },
        },
        { progress: (progress) => job.update(progress) },
        abort,
      )) as ImportResult;
      job.update({ phase: 'writing', fraction: 0.99 });
      const told = sliceListener(context, abort, (at) => job.update(at));
      await takeIn(context, result, ordered, { plan, job: id, told });
    };
    const job = startJob(context, { kind: 'import', request: ordered, work }, id);
    job.ended.then(changed, () => {}).catch((thrown: unknown) => context.log(describe(thrown)));
    return job;
  }

  function understood(
    { folder, manifest, columns, reading, pictures }: CheckedInput<'data.preview'>,
    samples: number,
  ): Promise<ImportPreview> {
    const { plan } = planInUse(store);
    return preview(plan, folder, manifest, columns, {
      ...{ reading, known: store.parts.names(), samples },
      pictures: { settings: pictures, scales: knownScales(store) },
    });
  }

  /** Problems of all rows of a folder, and of the images of some; where its columns cannot be read as they are, of the first rows. */
  async function previewProblems(of: CheckedInput<'data.preview'>) {
    const { manifest, columns, problems } = await understood(of, 0);
    const roles = Object.fromEntries(columns.map(({ name, role }) => [name, role]));
    const { plan } = planInUse(store);
    const { folder, reading } = of;
    const all: ImportProblem[] = [];
    try {
      for await (const some of surveyManifest({ plan, folder, manifest, columns: roles, reading }))
        if (all.length < problemsWritten) all.push(...some.problems);
      all.push(...(await openPictures({ ...of, manifest, columns: roles })).problems);
    } catch (thrown) {
      if (!(thrown instanceof FedReconError)) throw thrown;
      return { manifest, problems };
    }
    return { manifest, problems: all.sort((a, b) => a.row - b.row) };
  }

  let opening: { isOver: boolean } | undefined;

  async function openPictures({
    folder,
    manifest,
    columns,
    reading,
    pictures: settings,
  }: CheckedInput<'data.openPictures'>): Promise<PictureCheck> {
    if (opening) opening.isOver = true;
    const own = { isOver: false };
    opening = own;
    const { plan } = planInUse(store);
    return checkPictures(
      {
        ...{ plan, folder, manifest, columns, reading },
        ...{ pictures: { settings, scales: knownScales(store) }, pictureCache: store.files.pictures },
      },
      picturesOpened,
      () => own.isOver || context.closing(),
    );
  }

  /** Problems of a preview, or else of the imports. */
  async function problemsOf({
    preview,
    import: id,
  }: CheckedInput<'data.saveProblems'>): Promise<PlacedProblem[]> {
    if (preview) {
      const { manifest, problems } = await previewProblems(preview);
      return problems.map((problem) => placed(problemView(problem), basename(manifest)));
    }
    const tables = new Map(
      store.imports.list(Number.MAX_SAFE_INTEGER).map((one) => [one.id, basename(one.manifest)]),
    );
    return store.imports
      .problems(problemsWritten, id)
      .map((problem) => placed(problemView(problem), tables.get(problem.import) ?? ''));
  }

  const { takeBack, ...deletions } = deletionService(context, changed);

  return {
    'data.preview': async (request) => {
      const { plan } = planInUse(store);
      const { parts: _, samples, ...found } = await understood(request, partsSampled);
      return {
        ...found,
        problems: found.problems.map(problemView),
        samples: await sampleViews(plan, samples, made),
      };
    },
    'data.effect': (request) => importEffect(store, request),
    'data.openPictures': async (request) => {
      const { problems, ...found } = await openPictures(request);
      return { ...found, problems: problems.map(problemView) };
    },
    'data.import': async (request) => {
      refuseWhileDataAreUsed(context, false);
      const { plan } = planInUse(store);
      for (const name of Object.keys({ ...request.empty, ...request.pictures })) modalityOf(plan, name);
      return start({ ...request, by: actorOf(store) }).view;
    },
    'data.problems': async ({ import: id }) => store.imports.problems(problemsShown, id).map(problemView),
    'data.saveProblems': async (request) =>
      writeProblems(await problemsOf(request), request.folder, request.language),
    ...dataPageService(context),
    ...deletions,
    begin: (ordered) => start(ordered),
    takeBack,
    redo: async (job) =>
      job.kind === 'import' ? start(job.request as OrderedImport, job.id).ended : deletions.redo(job),
  };
}
