import { rm } from 'node:fs/promises';
import type { Database } from './database.ts';
import { migrate } from './migrations.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

/**
 * Opens the aggregator's database at the newest version of the data model: the PostgreSQL server at `url`,
 * or PGlite in `folder` without one.
 * @throws FedReconError `database-unreachable`, `database-newer`
 */
export async function openDatabase(folder: string, url: string | undefined): Promise<Database> {
  const database = url ? await openPostgres(url) : await openPglite(folder);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Opens an empty database, as {@link openDatabase} does. What an interrupted making left in `folder` goes first.
 * @throws FedReconError `database-unreachable`, `database-newer`
 */
export async function openNewDatabase(folder: string, url: string | undefined): Promise<Database> {
  if (!url) await rm(folder, { recursive: true, force: true });
  return openDatabase(folder, url);
}
