import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { signalEnding } from '../../../cells/signal-file.ts';
import type { OpenTable } from '../open-table.ts';
import { isOtherTable } from '../other-formats.ts';
import { blocksOf, oneByOne } from '../row-blocks.ts';
import type { ManifestRow } from '../rows.ts';
import { isTable, tablesIn } from './folder-tables.ts';

/** Files that are named; of more, how many they are. */
const mostNamed = 5;

/**
 * A table with what is to be said of the tables that lie beside it, or in the folders there, and are not read with it: people think that
 * they were. A file that a cell names holds a part's signal, and is none of them.
 * @param path the table, or the folder of several
 */
export async function withTablesBeside(table: OpenTable, path: string): Promise<OpenTable> {
  const isFolder = (await stat(path)).isDirectory();
  const root = isFolder ? path : dirname(path);
  // What several tables together leave out they say themselves.
  const read = new Set(isFolder ? (await tablesIn(path)).tables : [basename(path)]);
  const others = (await tablesAround(root)).filter((name) => !read.has(name));
  if (others.length === 0) return table;
  async function* blocks(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]> {
    const unread = new Map(others.map((name) => [keyOf(name), name]));
    for await (const rows of blocksOf(table, onBytes)) {
      yield rows;
      for (const row of rows)
        if ('cells' in row)
          for (const cell of row.cells) if (signalEnding.test(cell)) forget(unread, cell, row.table);
    }
    if (unread.size > 0) yield [noteOf([...unread.values()])];
  }
  return { ...table, blocks, rows: (onBytes) => oneByOne(blocks(onBytes)) };
}

/** What a cell and a file share that mean the same: composition, and case, since a cell of another case is told with the file's name. */
function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function forget(unread: Map<string, string>, cell: string, table: string | undefined): void {
  const own = keyOf(cell.replaceAll('\\', '/'));
  unread.delete(posix.normalize(own));
  if (table !== undefined) unread.delete(posix.join(posix.dirname(keyOf(table)), own));
}

function noteOf(names: readonly string[]): ManifestRow {
  const rest = names.length > mostNamed ? `, … (${names.length})` : '';
  const detail = { tables: names.slice(0, mostNamed).join(', ') + rest };
  return { row: 1, isNoRow: true, problem: { row: 1, column: '', code: 'table-unread', detail } };
}

/** Tables in a folder and in the folders in it, those in formats that are not read among them, with slashes, sorted. */
async function tablesAround(root: string): Promise<string[]> {
  const found: string[] = [];
  const list = async (folder: string, isInner: boolean) => {
    // A folder that may not be read holds nothing that could be imported.
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (/^[.~]/.test(entry.name)) continue;
      const own = posix.join(folder, entry.name);
      if (entry.isDirectory() && !isInner) await list(own, true);
      else if (entry.isFile() && (isTable(entry.name) || isOtherTable(entry.name))) found.push(own);
    }
  };
  await list('', false);
  return found.sort();
}
