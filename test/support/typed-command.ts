import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import { type Commands, runCommands } from '../../protocol/command-line.ts';

/** What a command line has printed, and its exit code. */
export interface Typed {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** What the calling command has printed so far; several may run at the same time. */
const printed = new AsyncLocalStorage<{ output: string; errors: string }>();
let running = 0;
const { log, error } = console;

/**
 * Runs a command to its end as its program would, in the test's own process: for tests of what it does and says.
 * Starting a program takes a second of the processor, and is the subject of a few tests only.
 */
export async function typed(commands: Commands, words: readonly string[]): Promise<Typed> {
  if (running++ === 0) {
    console.log = (...values) => print('output', log, values);
    console.error = (...values) => print('errors', error, values);
  }
  const own = { output: '', errors: '' };
  try {
    return { code: await printed.run(own, () => runCommands(commands, words)), ...own };
  } finally {
    if (--running === 0) Object.assign(console, { log, error });
  }
}

function print(stream: 'output' | 'errors', otherwise: typeof log, values: unknown[]): void {
  const own = printed.getStore();
  if (own) own[stream] += `${format(...values)}\n`;
  else otherwise(...values);
}
