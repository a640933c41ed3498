import { type Commands, helpCommand } from '../../protocol/command-line.ts';
import { auditExport, auditVerify } from './audit-commands.ts';
import { deleteCommand } from './delete-command.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { exportCommand } from './export-command.ts';
import { importFolderCommand } from './import-command.ts';
import { inspectCommand } from './inspect-command.ts';
import { joinFederation } from './join-command.ts';
import { modelsCommand } from './models-command.ts';
import { pilotCommand } from './pilot-command.ts';
import { planFileCommand } from './plan-file-command.ts';
import { reconstructCommand } from './reconstruct-command.ts';
import { takePartCommand } from './run-command.ts';
import { holdCommand, signCommand } from './sign-command.ts';
import { plantStatus } from './status-command.ts';
import { undoCommand } from './undo-command.ts';
import { watchCommand } from './watch-command.ts';

const help = helpCommand(
  'npm run fedrecon --',
  ['COMMAND --help: one command, with its exit codes and an example.'],
  () => fedreconCommands,
);

/** Every command by its name, in the order of the help. A name is one word or two. */
export const fedreconCommands: Commands = new Map(
  Object.entries({
    inspect: inspectCommand,
    pilot: pilotCommand,
    plan: planFileCommand,
    join: joinFederation,
    import: importFolderCommand,
    run: takePartCommand,
    reconstruct: reconstructCommand,
    models: modelsCommand,
    sign: signCommand,
    hold: holdCommand,
    export: exportCommand,
    watch: watchCommand,
    undo: undoCommand,
    delete: deleteCommand,
    status: plantStatus,
    diagnose: diagnoseCommand,
    'audit export': auditExport,
    'audit verify': auditVerify,
    help,
  }),
);
