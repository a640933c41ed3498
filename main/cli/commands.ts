import { type Commands, helpCommand } from '../../protocol/command-line.ts';
import { auditExport, auditVerify } from './audit-commands.ts';
import { pilot } from './pilot-command.ts';

const help = helpCommand('npm run fedrecon --', [], () => commands);

/** Every command by its name, in the order of the help. A name is one word or two. */
export const commands: Commands = new Map(
  Object.entries({ pilot, 'audit export': auditExport, 'audit verify': auditVerify, help }),
);
