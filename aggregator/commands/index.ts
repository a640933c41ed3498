import { type Commands, helpCommand } from '../../protocol/command-line.ts';
import { init } from './init.ts';
import { plan } from './plan.ts';
import { presets } from './presets.ts';
import { calibrate, invite, round, status } from './rounds.ts';
import { start } from './start.ts';

const help = helpCommand(
  'npm run aggregator --',
  [
    'All commands take --data DIR (default fedrecon-data/aggregator).',
    'With DATABASE_URL set, the database is that PostgreSQL server instead of one in the data folder.',
  ],
  () => commands,
);

/** Every command by its name, in the order of the help. */
export const commands: Commands = new Map(
  Object.entries({ plan, presets, init, start, invite, round, calibrate, status, help }),
);
