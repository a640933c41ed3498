import { runCommands } from '../protocol/command-line.ts';
import { commands } from './commands/command-table.ts';

/** `npm run aggregator -- <command>`. */
process.exitCode = await runCommands(commands, process.argv.slice(2));
