import { type Commands, helpCommand } from '../../protocol/command-line.ts';
import { calibrateCommand, invite, round, status } from './headquarters-commands.ts';
import { init } from './init-command.ts';
import { planCommand } from './plan-command.ts';
import { presets } from './presets-command.ts';
import { start } from './start-command.ts';

const help = helpCommand(
  'npm run aggregator --',
  [
    'All commands take --data DIR (default fedrecon-data/aggregator).',
    'With DATABASE_URL set, the database is that PostgreSQL server instead of one in the data folder.',
  ],
  () => aggregatorCommands,
);

/** Commands of the aggregator by name, in the order of the help. */
export const aggregatorCommands: Commands = new Map(
  Object.entries({
    plan: planCommand,
    presets,
    init,
    start,
    invite,
    round,
    calibrate: calibrateCommand,
    status,
    help,
  }),
);
