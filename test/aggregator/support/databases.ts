import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../../aggregator/database/database.ts';
import { openDatabase } from '../../../aggregator/database/open.ts';

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
 * Opens an empty database: on the server at `url`, or in `folder` as a copy of one that PGlite made once for this
 * worker, because making one takes PGlite three seconds.
 */
export async function openPreparedDatabase(folder: string, url: string | undefined): Promise<Database> {
  if (!url) {
    template ??= makeTemplate();
    await cp(await template, folder, { recursive: true });
  }
  return openDatabase(folder, url);
}

async function makeTemplate(): Promise<string> {
  const folder = join(inject('runFolder'), `pglite-${randomUUID()}`);
  await (await openDatabase(folder, undefined)).close();
  return folder;
}
