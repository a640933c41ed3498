import { runCommands } from '../../protocol/command-line.ts';
import { systemLanguage } from '../launch/language.ts';
import { fedreconCommands } from './commands.ts';

/** Command line of a plant or an auditor without the window: `npm run fedrecon -- <command>`. */
process.exitCode = await runCommands(fedreconCommands, process.argv.slice(2), systemLanguage());
