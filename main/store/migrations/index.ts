import { first } from './0001-first.ts';
import { evidence } from './0002-evidence.ts';

/** Applied in order; the database's `user_version` counts how many it has. Only ever added to. */
export const migrations: readonly string[] = [first, evidence];
