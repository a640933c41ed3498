import { runCommands } from '../protocol/command-line.ts';
import { aggregatorCommands } from './commands/command-table.ts';

/** Command line of the aggregator: `npm run aggregator -- <command>`. */
process.exitCode = await runCommands(aggregatorCommands, process.argv.slice(2));
