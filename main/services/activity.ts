import { errorRecord } from '../../protocol/errors.ts';
import type { JobView } from '../api/views.ts';
import { JobStopped } from '../jobs/stopped.ts';
import { errorView } from './error-view.ts';

/** A running job as the window sees it. */
export interface RunningJob {
  /** Changes what is shown; fields that are not given stay. */
  update(change: Partial<Omit<JobView, 'id' | 'state'>>): void;
}

/** The one job on show: the newest that runs, or the last that ended. */
export interface Activity {
  /** Shows a job while `work` runs, and then how it ended. Its error, JobStopped included, is thrown on. */
  during<T>(job: Pick<JobView, 'id' | 'kind' | 'phase'>, work: (job: RunningJob) => Promise<T>): Promise<T>;
  readonly shown: JobView | null;
  /** Marks the running jobs as being stopped. */
  stopping(): void;
  /** Resolves when no job runs any more, however the jobs ended. */
  idle(): Promise<void>;
}

/**
 * Creates an activity without a job.
 * @param changed told with every change of the job on show, and with the end of any; `edge` when one started or ended
 */
export function createActivity(changed: (job: JobView, edge: boolean) => void): Activity {
  const running: { view: JobView }[] = [];
  const ends = new Set<Promise<unknown>>();
  let last: JobView | null = null;
  const shown = () => running.at(-1)?.view ?? last;
  const tell = (edge: boolean) => {
    const job = shown();
    if (job) changed(job, edge);
  };
  return {
    get shown() {
      return shown();
    },
    during: (job, work) => {
      const entry: { view: JobView } = { view: { ...job, state: 'running', fraction: 0 } };
      running.push(entry);
      tell(true);
      const end = (view: JobView) => {
        running.splice(running.indexOf(entry), 1);
        last = view;
        changed(view, true);
        if (running.length > 0) tell(true);
      };
      const handle: RunningJob = {
        update: (change) => {
          entry.view = { ...entry.view, ...change };
          if (shown() === entry.view) tell(false);
        },
      };
      const result = work(handle).then(
        (value) => {
          end({ ...entry.view, state: 'done', fraction: 1 });
          return value;
        },
        (thrown: unknown) => {
          end(
            thrown instanceof JobStopped
              ? { ...entry.view, state: 'stopped' }
              : { ...entry.view, state: 'failed', error: errorView(errorRecord(thrown)) },
          );
          throw thrown;
        },
      );
      const ended: Promise<void> = result.then(
        () => {},
        () => {},
      );
      ends.add(ended);
      ended.finally(() => ends.delete(ended));
      return result;
    },
    stopping: () => {
      for (const entry of running) entry.view = { ...entry.view, state: 'stopping' };
      tell(true);
    },
    idle: async () => {
      while (ends.size > 0) await Promise.all(ends);
    },
  };
}
