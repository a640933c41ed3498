/**
 * Training process that behaves as its job's folder says: a real child process that speaks the real messages, for what
 * the real one never does on purpose.
 */
const listeners: Record<string, (id: string) => void> = {
  'crash at once': () => process.kill(process.pid, 'SIGKILL'),
  'crash half way': (id) => {
    process.send!(
      { type: 'progress', job: id, progress: { phase: 'training', fraction: 0.5 } },
      undefined,
      undefined,
      () => process.kill(process.pid, 'SIGKILL'),
    );
  },
  'ignore stop': (id) => {
    process.send!({ type: 'progress', job: id, progress: { phase: 'training', fraction: 0.1 } });
  },
  'talk nonsense': (id) => {
    process.send!('nonsense');
    process.send!({ type: 'done', job: id, result: 'not an object' });
    process.send!({ type: 'failed', job: id, error: { code: 'no-such-code', detail: {} } });
  },
  answer: (id) => {
    process.send!({ type: 'done', job: id, result: { kind: 'probe', devices: [], pid: process.pid } });
  },
};

process.on('disconnect', () => process.exit(0));
process.on('message', (message: { type: string; job?: { id: string; folder?: string } }) => {
  if (message.type === 'start') listeners[message.job!.folder ?? 'answer']?.(message.job!.id);
});
