import { once } from 'node:events';
import { FedReconError } from '../../protocol/errors.ts';
import { startAggregator } from '../aggregator.ts';
import type { Command } from './index.ts';
import { parseWords, wholeNumber } from './words.ts';

/** Runs the server until SIGINT or SIGTERM; what is in hand is finished first. */
export const start: Command = {
  usage: 'start [--port N]',
  summary: 'Runs the server until Ctrl-C. --port: another port than the one of init, 0 picks a free one.',
  run: async (words) => {
    const { values, folder } = parseWords(words, { port: { type: 'string' } });
    const port = values.port === undefined ? undefined : wholeNumber('port', values.port, 0, 65_535);
    const aggregator = await startAggregator(folder, {
      port,
      databaseUrl: process.env.DATABASE_URL,
      onError: (error) => console.error(describe(error)),
    });
    console.log(`FedRecon aggregator "${aggregator.name}" is ready at ${aggregator.url}`);
    await requestToStop();
    await aggregator.close();
  },
};

/** Resolves at the first signal, or when the program that started this one over IPC is gone. */
async function requestToStop(): Promise<void> {
  const heard = new AbortController();
  const { signal } = heard;
  const requests = [once(process, 'SIGINT', { signal }), once(process, 'SIGTERM', { signal })];
  if (process.connected) requests.push(once(process, 'disconnect', { signal }));
  await Promise.race(requests);
  // Without listeners a second Ctrl-C ends the process at once, and IPC does not keep it alive.
  heard.abort();
  await Promise.allSettled(requests);
}

/** A stack helps on the server's own log; nothing a client sent is in it. */
function describe(error: unknown): string {
  const time = new Date().toISOString();
  if (error instanceof FedReconError) return `${time} ${error.message}`;
  return `${time} ${error instanceof Error ? error.stack : String(error)}`;
}
