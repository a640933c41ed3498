import { first } from './0001-first.ts';

/**
 * SQL that leads from each version of the store to the next, in order; the database's `user_version` counts how many it
 * has. What a release has written stays as it is.
 */
export const migrations: readonly string[] = [first];
