import { type AggregatorClient, openClient } from '../sync/aggregator-client.ts';
import { type Context, enrolled, proxyInUse } from './context.ts';

/** The line to the aggregator that this plant belongs to, opened when it is first needed. */
export interface Connection {
  /** Client of the aggregator that the plant belongs to. @throws FedReconError `not-enrolled` */
  client(): AggregatorClient;
  /** Turns to the aggregator of the federation that the plant has joined now. */
  reconnect(): void;
  close(): void;
}

export function createConnection({ store }: Pick<Context, 'store'>): Connection {
  let client: AggregatorClient | undefined;
  return {
    client: () => {
      const { aggregator, ca } = enrolled(store);
      client ??= openClient({
        ...{ address: aggregator, ca, key: store.key, ledger: store.ledger },
        proxy: proxyInUse(store),
      });
      return client;
    },
    reconnect: () => {
      client?.close();
      client = undefined;
    },
    close: () => client?.close(),
  };
}
