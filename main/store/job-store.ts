import type { ErrorRecord } from '../../protocol/errors.ts';
import type { StoreDatabase } from './database.ts';

type JobState = 'running' | 'done' | 'stopped' | 'failed';

/** Job as it was asked for; one that a killed app left `running` is done again. */
export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly request: unknown;
}

export interface Jobs {
  start(job: { id: string; kind: string; request: unknown }): void;
  finish(id: string, state: Exclude<JobState, 'running'>, error?: ErrorRecord): void;
  /** Jobs that no one finished, oldest first. */
  unfinished(): JobRow[];
}

export function jobsIn(database: StoreDatabase): Jobs {
  return {
    start: ({ id, kind, request }) => {
      database.run(
        `insert into jobs (id, kind, state, request, started_at) values (:id, :kind, 'running', :request, :at)
         on conflict (id) do update set state = 'running', finished_at = null`,
        { id, kind, request: JSON.stringify(request), at: new Date().toISOString() },
      );
    },
    finish: (id, state, error) => {
      database.run('update jobs set state = :state, error = :error, finished_at = :at where id = :id', {
        id,
        state,
        error: error ? JSON.stringify(error) : null,
        at: new Date().toISOString(),
      });
    },
    unfinished: () =>
      database
        .all<Omit<JobRow, 'request'> & { request: string }>(
          `select id, kind, state, request from jobs where state = 'running' order by started_at`,
        )
        .map((row) => ({ ...row, request: JSON.parse(row.request) as unknown })),
  };
}
