import { first } from './0001-first.ts';

/**
 * SQL that leads from each version of the store to the next, in order; the database's `user_version` counts how many it
 * has. Migrations of a release are never changed.
 */
export const migrations: readonly string[] = [first];
