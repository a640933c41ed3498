import { FedReconError } from '../../../protocol/errors.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import type { Api } from '../../api/contract.ts';
import type { DeletedView, UndoingView } from '../../api/views.ts';
import { JobStopped } from '../../jobs/stopped.ts';
import { type Actor, theWorkstation } from '../../log/entries.ts';
import type { PilotOutcome } from '../../pilot/report.ts';
import type { Undone } from '../../store/imports.ts';
import type { JobRow } from '../../store/job-store.ts';
import type { Deletion, Removed } from '../../store/parts.ts';
import { inTurns, type Slices } from '../../store/slices.ts';
import { type Context, planInUse, settingNames } from '../context.ts';
import { refuseWhileDataAreUsed, sliceListener, startJob } from '../durable-jobs.ts';
import { followData } from '../membership.ts';
import { actorOf } from '../people-service.ts';
import { erasedFiles } from './erase.ts';

/** Names of parts that the log lists; of more it says how many. */
const namesLogged = 20;

/** What a person asked for, and who, as a job keeps it. */
interface UndoRequest {
  readonly import: number;
  readonly by: Actor;
}
interface DeleteRequest extends Deletion {
  readonly by: Actor;
}

/** Makes a change of the store's in turns; `also` goes with it, and all that rests on the data. */
interface ChangeJob {
  change<Done>(make: (also: (done: Done) => void) => Slices<Done>, also: (done: Done) => void): Promise<Done>;
}

interface DeletionService extends Pick<Api, 'data.undoing' | 'data.undo' | 'data.delete'> {
  /** Takes an import back in the name of the workstation; resolves when it is done. */
  takeBack(id: number): Promise<void>;
  /** Does what a killed app left undone; resolves when it ended. */
  redo(job: JobRow): Promise<void>;
}

/**
 * Taking back imports, and deleting measurements and parts: jobs, done in slices, so that the window does not notice, and
 * done again if the app was killed before they were seen. What rests on them follows: reconstructions of these parts are
 * forgotten and made again, truths and decisions count no more, what was trained and not yet sent is trained again, and
 * what the plant has follows its data.
 * @param changed called when there are other parts than before
 */
export function deletionService(context: Context, changed: () => void): DeletionService {
  const { store } = context;

  function knownImport(id: number) {
    const found = store.imports.get(id);
    if (!found) throw new FedReconError('import-unknown', { import: id });
    return found;
  }

  async function undo({ import: id, by }: UndoRequest, job: ChangeJob): Promise<UndoingView> {
    const { at, folder, manifest, hash } = knownImport(id);
    const file = store.imports.file(id);
    const undone = await job.change<Undone>(
      (also) => store.imports.undo(id, also),
      ({ truths, ...does }) => {
        store.log.append({
          action: 'data.undone',
          actor: by,
          object: hash,
          detail: { import: id, importedAt: at, folder, manifest, ...does, truths },
        });
      },
    );
    await store.discard([file]);
    const { goes, returns, covered } = undone;
    return { goes, returns, covered };
  }

  async function remove({ parts, modalities, by }: DeleteRequest, job: ChangeJob): Promise<DeletedView> {
    const files = await erasedFiles(store, { parts, modalities });
    let shown: readonly string[] = [];
    const removed = await job.change<Removed>(
      (also) => store.parts.remove({ parts, modalities }, also),
      ({ parts: gone, names, values, truths }) => {
        for (const { import: id, after } of files)
          if (after !== undefined) store.imports.renameFile(id, after);
        // They name parts, and quote notes.
        store.settings.set(settingNames.findings, null);
        const deleted = new Set(names);
        shown = store.adoption.forgetExamples(deleted);
        const pilot = namesOneOf(store.settings.get<PilotOutcome>(settingNames.pilot)?.report, deleted);
        if (pilot) store.settings.set(settingNames.pilot, null);
        store.log.append({
          action: 'data.deleted',
          actor: by,
          object: '',
          detail: {
            ...{ parts: names.length, partsGone: gone, values: sumOf(values), truths },
            ...{ cards: shown.length, pilot },
            modalities: Object.fromEntries(values),
            ...(names.length <= namesLogged && { names }),
          },
        });
      },
    );
    await store.discard([...files.map(({ before }) => before), ...shown]);
    return { parts: removed.parts, values: sumOf(removed.values) };
  }

  /** Starts a job. @returns what it did, once all of it is done */
  async function run<Request, Done>(
    kind: 'undo' | 'delete',
    request: Request,
    work: (request: Request, job: ChangeJob) => Promise<Done>,
    id?: string,
  ): Promise<Done> {
    let done: Done | undefined;
    const { ended } = startJob(
      context,
      {
        ...{ kind, request },
        work: async (job, jobId, abort) => {
          // Only a cache, and nothing reads pictures until the change is made.
          await store.files.forgetPictures();
          let isMade = false;
          const told = sliceListener(context, abort, (at) => job.update({ phase: 'removing', ...at }));
          const change: ChangeJob['change'] = (make, also) =>
            inTurns(
              make((result) => {
                store.rounds.trainAgain();
                store.calibrations.forgetUnfinished();
                followData(store);
                also(result);
                store.jobs.finish(jobId, 'done');
                isMade = true;
              }),
              (slice) => told(slice, isMade),
            );
          done = await work(request, { change });
        },
      },
      id,
    );
    await ended;
    context.changed();
    changed();
    return done!;
  }

  return {
    'data.undoing': async ({ import: id }) => {
      knownImport(id);
      return inTurns(store.imports.undoing(id));
    },
    'data.undo': async ({ import: id }) => {
      refuseWhileDataAreUsed(context, true);
      knownImport(id);
      return run('undo', { import: id, by: actorOf(store) }, undo).catch(stoppedInWords);
    },
    'data.delete': async ({ parts, modalities }) => {
      refuseWhileDataAreUsed(context, true);
      const { plan } = planInUse(store);
      for (const name of modalities ?? []) modalityOf(plan, name);
      return run('delete', { parts, modalities, by: actorOf(store) }, remove).catch(stoppedInWords);
    },
    takeBack: async (id) => {
      await run('undo', { import: id, by: theWorkstation }, undo);
    },
    redo: async ({ id, kind, request }) => {
      await (kind === 'undo'
        ? run(kind, request as UndoRequest, undo, id)
        : run('delete', request as DeleteRequest, remove, id));
    },
  };
}

/** Says to whoever asked for a change that it was stopped. @throws FedReconError `change-stopped`, or what else was thrown */
function stoppedInWords(thrown: unknown): never {
  throw thrown instanceof JobStopped ? new FedReconError('change-stopped') : thrown;
}

/** True if a document has one of some names in it, as a text of its own. */
function namesOneOf(document: unknown, names: ReadonlySet<string>): boolean {
  if (typeof document === 'string') return names.has(document);
  if (typeof document !== 'object' || document === null) return false;
  return Object.values(document).some((one) => namesOneOf(one, names));
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
