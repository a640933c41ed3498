import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Path of the command's own file. */
export const cli = fileURLToPath(new URL('../../../aggregator/cli.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs `npm run aggregator -- …words` to its end. */
export async function runCommand(words: readonly string[], environment: Environment = {}): Promise<Ended> {
  const { child, text } = spawnCommand(words, environment);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  /** Sends the signal and resolves when the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<Ended>;
}

/** Starts a server and waits for its line that it is ready. */
export async function startServer(
  words: readonly string[],
  environment: Environment = {},
): Promise<ServerProcess> {
  const { child, text } = spawnCommand(['start', ...words], environment);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', () => {
      const ready = /ready at (https:\S+)/.exec(text.output);
      if (ready) resolve(ready[1]!);
    });
    child.once('close', () => reject(new Error(`the server ended: ${text.errors}`)));
  });
  return {
    url,
    kill: async (signal) => {
      child.kill(signal);
      const [code] = await closed;
      return { code, ...text };
    },
  };
}

function spawnCommand(words: readonly string[], environment: Environment) {
  const child: ChildProcess = spawn(process.execPath, [cli, ...words], {
    env: { ...process.env, DATABASE_URL: undefined, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { output: '', errors: '' };
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    text.output += chunk;
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    text.errors += chunk;
  });
  return { child, text };
}
