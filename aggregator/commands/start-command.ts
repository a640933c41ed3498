import type { Command } from '../../protocol/command-line.ts';
import { wholeNumber } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { startAggregator } from '../server/start-aggregator.ts';
import { parseAggregatorWords } from './parse-words.ts';

/** Command `start`: runs the server until SIGINT or SIGTERM; work in progress is finished first. */
export const start: Command = {
  usage: 'start [--port N]',
  summary: 'Runs the server until Ctrl-C. --port: another port than the one of init, 0 picks a free one.',
  run: async (words) => {
    const { values, folder } = parseAggregatorWords(words, { port: { type: 'string' } });
    const port = values.port === undefined ? undefined : wholeNumber('port', values.port, 0, 65_535);
    // Heard from the beginning: a stop that is asked for while the server starts is not lost.
    using stop = listenForStop();
    const aggregator = await startAggregator(folder, {
      port,
      databaseUrl: process.env.DATABASE_URL,
      onError: (error) => console.error(describe(error)),
    });
    console.log(`FedRecon aggregator "${aggregator.name}" is ready at ${aggregator.url}`);
    await stop.requested;
    await aggregator.close();
  },
};

/**
 * Listener for the end of the server: `requested` resolves at the first signal, or when the program that started this
 * one over IPC is gone. Disposing of it takes the listeners away, which would keep the process alive over IPC. A second
 * Ctrl-C finds no listener and ends the process at once.
 */
function listenForStop(): Disposable & { readonly requested: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const events = ['SIGINT', 'SIGTERM', ...(process.connected ? ['disconnect'] : [])];
  const hear = () => resolve();
  for (const event of events) process.once(event, hear);
  return {
    requested: promise,
    [Symbol.dispose]: () => {
      for (const event of events) process.off(event, hear);
    },
  };
}

/**
 * Line of the server's own log for an error, with the stack of an unexpected one; nothing that a client sent is in it.
 */
function describe(error: unknown): string {
  const time = new Date().toISOString();
  if (error instanceof FedReconError) return `${time} ${error.message}`;
  return `${time} ${error instanceof Error ? error.stack : String(error)}`;
}
