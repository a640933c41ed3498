import type { ContributedModule } from '../../protocol/messages.ts';
import type { StageName } from '../../protocol/schedule.ts';
import type { StoreDatabase } from './database.ts';

/** Step of a round. `missed`: it closed, or was refused, before this plant's contribution was in. */
type RoundStep = 'download' | 'train' | 'upload' | 'done' | 'missed';

/** Result of training in a round: enough to contribute it after a restart. */
export interface Trained {
  readonly modules: Readonly<Record<string, ContributedModule>>;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface RoundRow {
  readonly round: number;
  readonly stage: StageName;
  readonly modelVersion: number;
  readonly step: RoundStep;
  readonly trained: Trained | undefined;
}

/** Progress of this plant in each round: written at every step, so a restart goes on from there. */
export interface Rounds {
  get(round: number): RoundRow | undefined;
  put(row: RoundRow): void;
  /** Forgets what was trained and not yet sent: it is trained again, on the data as they are then. */
  trainAgain(): void;
  /** Number of rounds whose contribution was accepted. */
  contributed(): number;
}

export function roundsIn(database: StoreDatabase): Rounds {
  return {
    get: (round) => {
      const row = database.get<Omit<RoundRow, 'trained'> & { trained: string | null }>(
        `select round, stage, model_version "modelVersion", step, trained from rounds where round = :round`,
        { round },
      );
      return (
        row && { ...row, trained: row.trained === null ? undefined : (JSON.parse(row.trained) as Trained) }
      );
    },
    put: ({ round, stage, modelVersion, step, trained }) => {
      database.run(
        `insert into rounds (round, stage, model_version, step, trained, updated_at)
         values (:round, :stage, :modelVersion, :step, :trained, :at)
         on conflict (round) do update set stage = :stage, model_version = :modelVersion, step = :step,
           trained = :trained, updated_at = :at`,
        {
          round,
          stage,
          modelVersion,
          step,
          trained: trained ? JSON.stringify(trained) : null,
          at: new Date().toISOString(),
        },
      );
    },
    trainAgain: () => {
      database.run(`update rounds set step = 'download', trained = null where step in ('train', 'upload')`);
    },
    contributed: () =>
      database.get<{ count: number }>(`select count(*) "count" from rounds where step = 'done'`)!.count,
  };
}
