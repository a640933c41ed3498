import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pictureProcessOptions } from './picture-bounds.ts';

/** Host that starts the process that reads pictures: `fork` under Node, `utilityProcess` in Electron. */
export interface PictureHost {
  start(): PictureConnection;
}

/** One running picture process. */
export interface PictureConnection {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Calls the listener once, however the process ended; `reason` is for a person. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once. */
  kill(): void;
  /** Says whether this process waits for the other: it does not end while it does. */
  hold(isAwaited: boolean): void;
}

const entry = fileURLToPath(new URL('./picture-process.ts', import.meta.url));

/**
 * The picture process as a child of this one, where there is no Electron. It ends when this process does: its channel closes
 * then.
 * @param program another one that speaks the same messages
 */
export function forkPictureHost(program = entry): PictureHost {
  return {
    start() {
      const child = fork(program, {
        execArgv: pictureProcessOptions,
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      return {
        send: (message) => {
          // A process that is just ending cannot be asked anything; its exit is reported by itself.
          if (child.connected) child.send(message as object, () => {});
        },
        onMessage: (listener) => {
          child.on('message', listener);
        },
        onExit: (listener) => {
          child.once('error', (error) => listener(error.message));
          child.once('exit', (code, signal) => listener(signal ?? `exit ${code}`));
        },
        kill: () => {
          child.kill('SIGKILL');
        },
        hold: (isAwaited) => {
          for (const part of [child, child.channel])
            if (isAwaited) part?.ref();
            else part?.unref();
        },
      };
    },
  };
}
