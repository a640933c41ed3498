import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { FedReconError } from '../../../../protocol/errors.ts';
import { problemFileStart } from '../../problem-file-start.ts';
import { tableEndings } from '../table-formats.ts';

/** What begins with `.` or `~` is a program's own, and so is a list of problems that was saved beside the table. */
const tableName = new RegExp(`^(?!${problemFileStart})[^.~].*\\.(${tableEndings.join('|')})$`, 'i');

/** True if a file's name is that of a table. */
export function isTable(name: string): boolean {
  return tableName.test(name);
}

/** Names that stand for "the list of parts" when a folder holds several tables. */
const preferredNames = ['parts', 'manifest'].flatMap((name) => tableEndings.map((end) => `${name}.${end}`));

/** Tables of a folder. */
export interface FolderTables {
  /** Relative to the folder, with slashes, sorted; the one that is called parts is the first. */
  readonly tables: readonly string[];
  readonly hasParts: boolean;
}

/**
 * Tables that lie in a folder, or, where it has none of its own, in the folders in it. There links are not followed: they may lead out
 * of the folder, or round in it.
 */
export async function tablesIn(folder: string): Promise<FolderTables> {
  const tables: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new FedReconError('folder-missing', { folder }, { cause });
  });
  for (const entry of entries)
    if (isTable(entry.name) && (await isFile(folder, entry))) tables.push(entry.name);
  tables.sort();
  const parts = tables.find((name) => preferredNames.includes(name.toLowerCase()));
  if (parts !== undefined)
    return { tables: [parts, ...tables.filter((name) => name !== parts)], hasParts: true };
  return { tables: tables.length > 0 ? tables : await tablesBelow(folder), hasParts: false };
}

/** Whether an entry of a folder is a file or leads to one: a named pipe would be waited for without end. */
async function isFile(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return (await stat(join(folder, entry.name)).catch(() => undefined))?.isFile() ?? false;
}

async function tablesBelow(root: string): Promise<string[]> {
  const tables: string[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop())
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (/^[.~]/.test(entry.name)) continue;
      const own = posix.join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(own);
      else if (entry.isFile() && isTable(entry.name)) tables.push(own);
    }
  return tables.sort();
}
