import { randomUUID } from 'node:crypto';
import { errorRecord, FedReconError } from '../../protocol/errors.ts';
import type { JobView } from '../api/views.ts';
import { JobStopped } from '../jobs/stopped.ts';
import type { SliceDone } from '../store/slices.ts';
import type { RunningJob } from './activity.ts';
import type { Context } from './context.ts';

/** Kinds of jobs that take measurements out of the data, and all that change the data. */
export const takingOut: ReadonlySet<string> = new Set(['undo', 'delete']);
export const changesData: ReadonlySet<string> = new Set(['import', ...takingOut]);

/** Job that is written down before it starts: one that a killed app left undone is done again. */
export interface DurableJob {
  readonly kind: 'import' | 'undo' | 'delete' | 'reconstruct' | 'evaluate';
  /** Input of the job, enough to do it again. */
  readonly request: unknown;
  readonly work: (job: RunningJob, id: string, abort: AbortSignal) => Promise<void>;
}

/**
 * Starts a job.
 * @param id of a job that is done again
 * @returns its first view, and the promise of its end, which rejects with what it failed with
 */
export function startJob(
  context: Context,
  { kind, request, work }: DurableJob,
  id: string = randomUUID(),
): { view: JobView; ended: Promise<void> } {
  const { store, activity, log } = context;
  store.jobs.start({ id, kind, request });
  const stop = new AbortController();
  context.stops.add(stop);
  const ended = activity.during({ id, kind, phase: 'starting' }, async (job) => {
    try {
      await work(job, id, stop.signal);
      store.jobs.finish(id, 'done');
    } catch (thrown) {
      if (thrown instanceof JobStopped) {
        // Cut short by the app's end, it stays open and is done again.
        if (!context.closing()) store.jobs.finish(id, 'stopped');
      } else store.jobs.finish(id, 'failed', errorRecord(thrown));
      throw thrown;
    } finally {
      context.stops.delete(stop);
    }
  });
  const view = activity.shown!;
  // Whoever does not wait for the end sees it in the window; the log keeps what only a programmer can read.
  ended.catch((thrown: unknown) => log(`${kind} ${id}: ${describe(thrown)}`));
  return { view, ended };
}

/**
 * Refuses to start a job while another runs, probing devices and waiting for a round aside.
 * @throws FedReconError `job-busy`
 */
export function refuseWhileBusy({ activity }: Context): void {
  const job = activity.shown;
  const busy = job && (job.state === 'running' || job.state === 'stopping');
  if (busy && job.kind !== 'probe' && job.phase !== 'waiting')
    throw new FedReconError('job-busy', { kind: job.kind });
}

/**
 * Refuses to change the data while another job runs, or one is to be done again that changes them. Where nothing is done again, what a
 * killed program left is let go: done later, it would lie over what comes now.
 * @param reads whether one that only reads them stands in the way, too
 * @throws FedReconError `job-busy`
 */
export function refuseWhileDataAreUsed(context: Context, reads: boolean): void {
  refuseWhileBusy(context);
  const { store, goesOn } = context;
  const left = store.jobs.unfinished().filter(({ kind }) => reads || changesData.has(kind));
  const [first] = left;
  if (first && goesOn) throw new FedReconError('job-busy', { kind: first.kind });
  for (const { id } of left) store.jobs.finish(id, 'stopped');
}

/**
 * Listener to the slices of a job that changes the data: tells how far it is, and ends it when it is stopped. Once it is made
 * the stop button comes too late; the app's end leaves the sweeping to the next start.
 * @throws JobStopped from the listener
 */
export function sliceListener(
  { closing }: Context,
  abort: AbortSignal,
  progress: (at: Pick<JobView, 'fraction' | 'remainingSeconds'>) => void,
): (done: SliceDone, isMade: boolean) => void {
  const begun = performance.now();
  return ({ fraction }, isMade) => {
    if (abort.aborted && (!isMade || closing())) throw new JobStopped();
    const seconds = (performance.now() - begun) / 1000;
    progress({
      fraction,
      // Too little is known before.
      ...(fraction >= 0.02 && { remainingSeconds: (seconds * (1 - fraction)) / fraction }),
    });
  };
}

/** Text of an error for the log, with its stack where it is no error of the table. */
export function describe(thrown: unknown): string {
  if (thrown instanceof FedReconError || thrown instanceof JobStopped) return thrown.message || thrown.name;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
