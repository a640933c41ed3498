import { FedReconError } from '../../protocol/errors.ts';
import type { JobView, WorkstationState } from '../api/views.ts';
import { isErrorCode } from '../jobs/training-events.ts';
import type { Workstation } from './workstation.ts';

/** Starts a job and waits for its end. @throws FedReconError what it failed with, or `internal` if it was stopped */
export function ended(workstation: Workstation, start: () => Promise<JobView>): Promise<void> {
  return new Promise((resolve, reject) => {
    let id: string | undefined;
    const seen = new Map<string, JobView>();
    const settle = () => {
      const job = id === undefined ? undefined : seen.get(id);
      if (!job || job.state === 'running' || job.state === 'stopping') return;
      unsubscribe();
      if (job.state === 'done') resolve();
      else reject(failureOf(job));
    };
    const unsubscribe = workstation.subscribe((event) => {
      if (event.type !== 'progress') return;
      seen.set(event.job.id, event.job);
      settle();
    });
    start().then(
      (job) => {
        id = job.id;
        settle();
      },
      (thrown: unknown) => {
        unsubscribe();
        reject(thrown);
      },
    );
  });
}

/** Listener to a plant that takes part, for a terminal. */
type Follower = (job: JobView, state: WorkstationState) => void;

/**
 * Presses Join round and waits until the schedule is over and everything missing is reconstructed.
 * @throws FedReconError what the plant's part in it failed with
 */
export async function joinAndFinish(workstation: Workstation, follow: Follower): Promise<void> {
  const over = new Promise<void>((resolve, reject) => {
    let begun = false;
    let state: WorkstationState | undefined;
    let failed: JobView | undefined;
    const unsubscribe = workstation.subscribe((event) => {
      if (event.type === 'progress') {
        if (event.job.state === 'failed') failed = event.job;
        if (state) follow(event.job, state);
      }
      if (event.type !== 'state') return;
      state = event.state;
      begun ||= state.participating;
      if (!begun || state.participating) return;
      unsubscribe();
      if (failed) reject(failureOf(failed));
      else resolve();
    });
  });
  await workstation.api['round.join']({});
  await over;
}

/**
 * Takes part in what is open for this plant now, and comes back as soon as there is only waiting left. Whether it goes on
 * another time stays as it was.
 * @returns whether it contributed to a round
 * @throws FedReconError what the plant's part in it failed with, `aggregator-unreachable` too
 */
export async function joinOnce({ api, subscribe, idle }: Workstation): Promise<boolean> {
  const before = await api['workstation.state']({});
  const stood = Promise.withResolvers<JobView>();
  const unsubscribe = subscribe((event) => {
    if (event.type !== 'progress' || event.job.kind !== 'exchange') return;
    const { state, phase } = event.job;
    if (state !== 'running' || phase === 'waiting') stood.resolve(event.job);
  });
  try {
    await api['round.join']({});
    const job = await stood.promise;
    if (job.state === 'failed') throw failureOf(job);
  } finally {
    unsubscribe();
  }
  const after = await api['workstation.state']({});
  if (!before.participating) {
    await api['job.stop']({});
    await idle();
  }
  const { federation } = after;
  if (!federation) return false;
  if (federation.roundState === 'unreachable')
    throw new FedReconError('aggregator-unreachable', {
      address: federation.aggregator,
      problem: 'no answer',
    });
  return federation.contributedRounds > (before.federation?.contributedRounds ?? 0);
}

/** What a job that did not end well failed with. */
export function failureOf({ error, kind }: JobView): Error {
  if (error && isErrorCode(error.code)) return new FedReconError(error.code, error.detail);
  return new Error(`the ${kind} job was stopped`);
}
