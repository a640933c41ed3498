import type { Database } from '../database.ts';
import { first } from './0001-first.ts';
import { backing } from './0002-backing.ts';
import { log } from './0003-log.ts';
import { carryDecisions } from './0004-earlier-decisions.ts';
import { calibrations } from './0005-calibrations.ts';
import { adoption } from './0006-adoption.ts';
import { standing } from './0007-standing.ts';
import { truths } from './0008-truths.ts';

/** SQL, or what SQL cannot do. */
export type Migration = string | ((database: Database) => void);

/** Applied in order; the database's `user_version` counts how many it has. Only ever added to. */
export const migrations: readonly Migration[] = [
  first,
  backing,
  log,
  carryDecisions,
  calibrations,
  adoption,
  standing,
  truths,
];
