import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../../aggregator/database/database.ts';
import { openDatabase, openNewDatabase } from '../../../aggregator/database/open.ts';

/** `DATABASE_URL` of a new, empty database of its kind; undefined for PGlite, which makes its own. */
export type NewDatabaseUrl = () => Promise<string | undefined>;

/** Kinds by name: the suites that touch the database run over all of them. */
export const databaseKinds: ReadonlyMap<string, NewDatabaseUrl> = new Map<string, NewDatabaseUrl>([
  ['PGlite', async () => undefined],
  ['PostgreSQL', newPostgresDatabase],
]);

/** `DATABASE_URL` of a new database on the run's PostgreSQL server. */
export async function newPostgresDatabase(): Promise<string> {
  const server = inject('postgres');
  const name = `federation_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  return `${server}/${name}`;
}

let template: Promise<string> | undefined;

/**
 * Opens an empty database: on the server at `url`, or in `folder` as a copy of one that PGlite made once for this run,
 * because making one takes PGlite three seconds.
 */
export async function openPreparedDatabase(folder: string, url: string | undefined): Promise<Database> {
  if (!url) {
    template ??= makeTemplate();
    cpSync(await template, folder, { recursive: true });
  }
  return openDatabase(folder, url);
}

/** Folder of the run's empty database, made by the first worker that asks; the others wait for its lock. */
async function makeTemplate(): Promise<string> {
  const folder = join(inject('runFolder'), 'pglite');
  const client = new Client({ connectionString: `${inject('postgres')}/postgres` });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    if (!existsSync(folder)) {
      const making = `${folder}-making`;
      await (await openNewDatabase(making, undefined)).close();
      renameSync(making, folder);
    }
  } finally {
    await client.end();
  }
  return folder;
}
