import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { FedReconError } from '../../protocol/errors.ts';
import type { Database } from '../database/database.ts';
import { type Lock, tryLock } from '../database/lock.ts';
import { openDatabase } from '../database/open.ts';
import { type Clock, type Federation, loadFederation } from '../federation/federation.ts';
import { fileBlobs } from '../folder/blob-store.ts';
import { serverCredentials } from '../folder/certificates.ts';
import type { AggregatorSettings, DataFolder } from '../folder/data-folder.ts';
import { createServer } from '../http/https-server.ts';
import { type Keeper, startKeeper } from '../rounds/keeper.ts';
import { releaseClaims } from '../rounds/reduce-round.ts';

export interface AggregatorOptions {
  /** Port in place of that in the settings; 0 picks a free one. */
  readonly port?: number | undefined;
  readonly databaseUrl?: string | undefined;
  /** Callback for errors inside the server. */
  readonly onError: (error: unknown) => void;
  readonly clock?: Clock;
}

/** Aggregator whose server is running. */
export interface Aggregator {
  readonly name: string;
  /** Address at which plants reach it. */
  readonly url: string;
  readonly federation: Federation;
  readonly keeper: Keeper;
  /** Finishes the work in progress and releases everything. */
  close(): Promise<void>;
}

/**
 * Starts the server of a data folder; it answers when this resolves.
 * @throws FedReconError `federation-missing`, `data-folder-in-use`, `port-in-use`, `database-unreachable`
 */
export async function startAggregator(folder: DataFolder, options: AggregatorOptions): Promise<Aggregator> {
  const settings = folder.readSettings();
  const clock = options.clock ?? Date.now;
  // Taken back in reverse order, at the end or when something fails on the way.
  const cleanup = new AsyncDisposableStack();
  try {
    const { database } = await openFolder(folder, options.databaseUrl, cleanup);
    const federation = await loadFederation(database, fileBlobs(folder.file('blobs')), clock);
    if (database.exclusive) await releaseClaims(federation);
    const keeper = startKeeper(federation, options.onError);
    cleanup.defer(() => keeper.stop());

    let url = '';
    const server = createServer({
      federation,
      keeper,
      tls: await serverCredentials(folder, settings.hosts, clock()),
      adminKey: createPrivateKey(await readFile(folder.file('adminKey'))),
      publicUrl: () => url,
      onError: options.onError,
    });
    cleanup.defer(() => server.close());
    const port = await listen(server, settings, options.port ?? settings.port);
    url = publicUrl(settings, port);
    await folder.writeRunningPort(port);
    cleanup.defer(() => folder.clearRunningPort());
    await keeper.run();
    return { name: federation.plan.name, url, federation, keeper, close: () => cleanup.disposeAsync() };
  } catch (error) {
    await cleanup.disposeAsync();
    throw error;
  }
}

/**
 * Opens a data folder's database; the embedded one only for this process.
 * @throws FedReconError `data-folder-in-use`, `database-unreachable`
 */
export async function openFolder(
  folder: DataFolder,
  databaseUrl: string | undefined,
  cleanup: AsyncDisposableStack,
): Promise<{ database: Database }> {
  if (!databaseUrl) {
    const lock: Lock | undefined = tryLock(folder.file('lock'));
    if (!lock) throw new FedReconError('data-folder-in-use', { folder: folder.path });
    cleanup.defer(() => lock.release());
  }
  const database = await openDatabase(folder.file('database'), databaseUrl);
  cleanup.defer(() => database.close());
  return { database };
}

/** Address in invitations. */
export function publicUrl({ hosts }: AggregatorSettings, port: number): string {
  const host = hosts[0]!;
  return `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

const loopback: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** Listens on all interfaces, or on loopback when no other host was named. */
async function listen(server: FastifyInstance, { hosts }: AggregatorSettings, port: number): Promise<number> {
  const host = hosts.every((name) => loopback.includes(name)) ? 'localhost' : anyAddress();
  try {
    await server.listen({ port, host });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES')
      throw new FedReconError('port-in-use', { port }, { cause });
    throw cause;
  }
  return (server.server.address() as AddressInfo).port;
}

/** Wildcard address: all IPv6 and IPv4 addresses, or IPv4 alone on a machine without IPv6. */
function anyAddress(): string {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.some((address) => address?.family === 'IPv6') ? '::' : '0.0.0.0';
}
