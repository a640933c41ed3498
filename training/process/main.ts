import './give-way.ts';
import { flushCompileCache } from 'node:module';
import type { z } from 'zod';
import { issueWords } from '../../protocol/issue-words.ts';
import { openChannel } from './channel.ts';
import { trainingCommand } from './messages.ts';
import { openProcessSession } from './process-session.ts';
import { runJob } from './run-job.ts';

/**
 * Training process: all numerical work of a workstation, out of the way of its window. Forked by Node or started as
 * Electron's utility process; it ends when the application does.
 */
const channel = openChannel();
const session = openProcessSession();
let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

channel.onClose(() => process.exit(0));
channel.onMessage((message) => {
  const command = trainingCommand.safeParse(message, { reportInput: true });
  if (!command.success) {
    refuse(message, command.error.issues[0]!);
    return;
  }
  if (command.data.type === 'stop') {
    running?.controller.abort();
    return;
  }
  const { job } = command.data;
  const controller = new AbortController();
  const before = running?.ended ?? Promise.resolve();
  const current = { controller, ended: before.then(() => runJob(job, controller.signal, session, channel)) };
  running = current;
  void current.ended.then(() => {
    if (running === current) running = undefined;
    // Kept now, where it is kept at all (`protocol/compiled-code.ts`): whoever started this process kills it in the end.
    flushCompileCache();
  });
});

/** Refuses a wrong command: the job that it names fails, if it names one, with the error at the job's own field. */
function refuse(message: unknown, issue: z.core.$ZodIssue): void {
  const [first, ...rest] = issue.path;
  const field = (first === 'job' ? rest : issue.path).join('.');
  const words = issueWords(issue);
  const id = (message as { job?: { id?: unknown } } | null)?.job?.id;
  console.error(`wrong command at ${field}: ${words.problem}`);
  if (typeof id !== 'string') return;
  channel.send({
    type: 'failed',
    job: id,
    error: { code: 'request-invalid', detail: { field: field || 'command', ...words } },
  });
}
