import type { LossPoint } from '../api/views.ts';
import type { StoreDatabase } from './database.ts';

export interface Losses {
  add(point: LossPoint): void;
  /** Points of the loss curve, oldest first, thinned evenly to at most `limit`. */
  list(limit: number): LossPoint[];
}

export function lossesIn(database: StoreDatabase): Losses {
  return {
    add: ({ round, position, losses }) => {
      database.run('insert into losses (round, position, losses) values (:round, :position, :losses)', {
        round,
        position,
        losses: JSON.stringify(losses),
      });
    },
    list: (limit) => {
      const { count } = database.get<{ count: number }>('select count(*) "count" from losses')!;
      const every = Math.max(1, Math.ceil(count / limit));
      return database
        .all<{ round: number; position: number; losses: string }>(
          `select round, position, losses from
             (select *, row_number() over (order by position, id) place from losses)
           where place % :every = 0 order by place`,
          { every },
        )
        .map((row) => ({ ...row, losses: JSON.parse(row.losses) as Record<string, number> }));
    },
  };
}
