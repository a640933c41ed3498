import { type Commands, helpCommand } from '../../protocol/command-line.ts';
import { auditExport, auditVerify } from './audit-commands.ts';
import { inspectCommand } from './inspect-command.ts';
import { pilotCommand } from './pilot-command.ts';

const help = helpCommand('npm run fedrecon --', [], () => fedreconCommands);

/** Every command by its name, in the order of the help. A name is one word or two. */
export const fedreconCommands: Commands = new Map(
  Object.entries({
    inspect: inspectCommand,
    pilot: pilotCommand,
    'audit export': auditExport,
    'audit verify': auditVerify,
    help,
  }),
);
