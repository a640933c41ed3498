import { runCommands } from '../../protocol/command-line.ts';
import { systemLanguage } from '../launch/language.ts';
import { fedreconCommands } from './commands.ts';

/** `npm run fedrecon -- <command>`: what a plant or an auditor does without the window. */
process.exitCode = await runCommands(fedreconCommands, process.argv.slice(2), systemLanguage());
