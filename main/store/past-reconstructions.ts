import type { StoreDatabase } from './database.ts';

/** Deletes up to `limit` reconstructions of files that are past. @returns how many */
export function sweepReconstructions(database: StoreDatabase, limit: number): number {
  return database.all(
    `delete from reconstructions where (part, modality, source) in (
       select part, modality, source from reconstructions
       where source in (select id from reconstruction_files where state = 'past') limit :limit)
     returning 1`,
    { limit },
  ).length;
}
