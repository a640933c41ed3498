import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TrainingEvent } from '../../training/process/messages.ts';
import type { TrainingHost } from './training-connection.ts';

const entry = fileURLToPath(new URL('../../training/process/main.ts', import.meta.url));

/**
 * The training process as a child of this one, where there is no Electron. It ends when this process
 * does: its channel closes then.
 * @param options.entry another program that speaks the same messages
 */
export function forkTrainingHost(options: { entry?: string } = {}): TrainingHost {
  return {
    start() {
      const child = fork(options.entry ?? entry, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      let lastWords = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        lastWords = (lastWords + text).slice(-2000);
      });
      return {
        send: (command) => {
          // A process that is just ending cannot be told anything; its exit is reported by itself.
          if (child.connected) child.send(command, () => {});
        },
        onEvent: (listener) => {
          child.on('message', (message) => listener(message as TrainingEvent));
        },
        onExit: (listener) => {
          let reported = false;
          const report = (reason: string) => {
            if (reported) return;
            reported = true;
            listener(reason);
          };
          child.on('error', (error) => report(String(error)));
          child.on('close', (code, signal) => report(`${signal ?? `exit ${code}`} ${lastWords}`.trim()));
        },
        kill: () => {
          child.kill('SIGKILL');
        },
      };
    },
  };
}
