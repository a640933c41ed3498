import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { ManifestFolder } from '../cells/folder.ts';
import { pictureEnding } from '../cells/images/picture-ending.ts';
import { signalEnding } from '../cells/signal-file.ts';
import type { Manifest } from './manifest/manifest.ts';

/** Rows by which it is seen which columns name files, and rows whose files are stamped. */
const [rowsLooked, rowsStamped] = [300, 20_000];

/**
 * What a preview was made of: the table, and the pictures and signal files that its cells name, as they were then.
 * @param at now, in milliseconds
 */
export async function contentStamp(manifest: Manifest, folder: ManifestFolder, at: number): Promise<string> {
  // What is written within this very moment was there.
  const until = at + 1;
  const files = await stampOfFiles(manifest, folder, until);
  return files === undefined ? manifest.sha256 : `${manifest.sha256}-${until}-${files}`;
}

/**
 * What is different from what a preview was made of: the table, or a file that was there and was replaced or taken away. A file that came
 * since is none: plants go on writing pictures while somebody looks at a table.
 */
export async function changedSince(
  content: string,
  manifest: Manifest,
  folder: ManifestFolder,
): Promise<'table' | 'files' | undefined> {
  const [table, until, files] = content.split('-');
  if (table !== manifest.sha256) return 'table';
  if (until === undefined || files === undefined) return undefined;
  return (await stampOfFiles(manifest, folder, Number(until))) === files ? undefined : 'files';
}

/** Digest of the files that were there at a time and have not been touched since; undefined where cells name none. */
async function stampOfFiles(
  manifest: Manifest,
  folder: ManifestFolder,
  until: number,
): Promise<string | undefined> {
  const hash = createHash('sha256');
  const columns = new Set<number>();
  const seen = new Set<string>();
  let looked = 0;
  for await (const row of manifest.rows()) {
    if (!('cells' in row)) continue;
    if (looked++ === rowsStamped || (looked > rowsLooked && columns.size === 0)) break;
    if (looked <= rowsLooked)
      for (const [column, cell] of row.cells.entries()) if (namesFile(cell)) columns.add(column);
    for (const column of columns) {
      const cell = row.cells[column] ?? '';
      const key = `${row.table ?? ''}\n${cell}`;
      if (!namesFile(cell) || seen.has(key)) continue;
      seen.add(key);
      const found = await folder
        .beside(row.table)
        .find(cell)
        .catch(() => undefined);
      const info = found && (await stat(found.path, { bigint: true }).catch(() => undefined));
      // A file that was replaced changed after it was looked at, whatever time of its own it carries.
      if (info && info.ctimeNs < BigInt(Math.floor(until)) * 1_000_000n)
        hash.update(`${key}\n${info.ino} ${info.size} ${info.mtimeNs}\n`);
    }
  }
  return columns.size === 0 ? undefined : hash.digest('hex').slice(0, 32);
}

function namesFile(cell: string): boolean {
  return pictureEnding.test(cell) || signalEnding.test(cell);
}
