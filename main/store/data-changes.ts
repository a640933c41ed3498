import type { Row, StoreDatabase } from './database.ts';

/** Parts of which something changed: a query of their ids. */
export interface TouchedParts {
  readonly sql: string;
  readonly parameters: Row;
}

export function touching(sql: string, parameters: Row): TouchedParts {
  return { sql, parameters };
}

/**
 * What follows from another measurement of a part: whether it is held and which import it came with first, and its
 * reconstructions rest on something else, so they are forgotten. Call it in the transaction of the change.
 */
export function afterChange(database: StoreDatabase, { sql, parameters }: TouchedParts): void {
  database.run(
    `update parts set held = not held
     where id in (${sql}) and held <> exists (select 1 from holding where part = parts.id)`,
    parameters,
  );
  database.run(
    `update parts set import = (select min(import) from measurements where part = parts.id)
     where import is null and id in (${sql})`,
    parameters,
  );
  database.run(`delete from reconstructions where part in (${sql})`, parameters);
  database.run('delete from reconstruction_files where id not in (select source from reconstructions)');
  database.run('delete from data_view');
}

/** Lets what was decided on reconstructions of parts hold no more: what they rested on was deleted or taken back. */
export function endDecisions(database: StoreDatabase, { sql, parameters }: TouchedParts): void {
  database.run(
    `insert into decision_ends (part_name, entry)
       select name, (select coalesce(max(id), 0) from log) from parts where id in (${sql})
     on conflict (part_name) do update set entry = excluded.entry`,
    parameters,
  );
}

/** Removes parts that no import says anything of. */
export function dropEmptyParts(database: StoreDatabase): void {
  database.run('delete from parts where not held and id not in (select part from measurements)');
}
