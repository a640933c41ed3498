import { createReadStream } from 'node:fs';
import { access, readdir, realpath } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import iconv from 'iconv-lite';
import { FedReconError } from '../../../protocol/errors.ts';
import { type Dialect, detectDialect } from './dialect.ts';
import { type CharacterEncoding, detectEncoding } from './encoding.ts';
import { type ManifestRow, readRecords } from './rows.ts';

/** Manifest: a CSV file that lists parts, its dialect and columns known, its rows not yet read. */
export interface Manifest extends Dialect {
  readonly path: string;
  readonly encoding: CharacterEncoding;
  /** Column names, each different and not empty. */
  readonly columns: readonly string[];
  /** Rows below the header, blank ones left out. @param onBytes called with the number of bytes read */
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<ManifestRow>;
}

/** File names of a manifest that are preferred when a folder holds several CSV files. */
const preferredNames = ['parts.csv', 'manifest.csv', 'parts.tsv'];
const headBytes = 256 * 1024;

/**
 * Finds the manifest of a folder, or takes the one that is named (relative to the folder or absolute).
 * @throws FedReconError `folder-missing`, `manifest-missing`, `manifest-ambiguous`
 */
export async function findManifest(folder: string, manifest?: string): Promise<string> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new FedReconError('folder-missing', { folder }, { cause });
  });
  if (manifest !== undefined) {
    const path = isAbsolute(manifest) ? manifest : join(folder, manifest);
    return realpath(path).catch((cause: unknown) => {
      throw new FedReconError('manifest-missing', { folder, manifest }, { cause });
    });
  }
  const tables = names.filter((name) => /^[^.].*\.(csv|tsv)$/i.test(name)).sort();
  const preferred = tables.find((name) => preferredNames.includes(name.toLowerCase()));
  const found = preferred ?? (tables.length === 1 ? tables[0] : undefined);
  if (found !== undefined) return join(folder, found);
  if (tables.length === 0) throw new FedReconError('manifest-missing', { folder, manifest: '(*.csv)' });
  throw new FedReconError('manifest-ambiguous', { manifests: tables.slice(0, 10).join(', ') });
}

/**
 * Opens a manifest: finds its encoding, delimiter, decimal mark and column names.
 * @throws FedReconError `manifest-missing`, `manifest-encoding`, `manifest-empty`
 */
export async function openManifest(path: string): Promise<Manifest> {
  const manifest = basename(path);
  await access(path).catch((cause: unknown) => {
    throw new FedReconError('manifest-missing', { folder: path, manifest }, { cause });
  });
  const encoding = await detectEncoding(path);
  if (encoding === undefined) throw new FedReconError('manifest-encoding', { manifest });
  const dialect = detectDialect(await readHead(path, encoding));
  const header = await readRecords(path, encoding, dialect).next();
  if (header.done || 'problem' in header.value) throw new FedReconError('manifest-empty', { manifest });
  const columns = uniqueNames(header.value.cells);

  async function* rows(onBytes?: (bytes: number) => void): AsyncGenerator<ManifestRow> {
    let seenHeader = false;
    for await (const row of readRecords(path, encoding!, dialect, onBytes)) {
      if (seenHeader) yield fitting(row, columns.length);
      seenHeader = true;
    }
  }
  return { path, encoding, ...dialect, columns, rows };
}

/**
 * Row of the manifest, refused if it has more cells than there are columns: with a separator too many, nobody can tell
 * which cell is which.
 */
function fitting(row: ManifestRow, expected: number): ManifestRow {
  if ('problem' in row || row.cells.length <= expected) return row;
  const detail = { actual: row.cells.length, expected };
  return { row: row.row, problem: { row: row.row, column: '', code: 'row-width', detail } };
}

/** Reads the beginning of the file as text, cut after its last whole line. */
async function readHead(path: string, encoding: CharacterEncoding): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: headBytes - 1 }) as AsyncIterable<Buffer>)
    chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = iconv.decode(bytes, encoding.replace(' BOM', ''));
  const lastLine = text.lastIndexOf('\n');
  return bytes.length < headBytes || lastLine < 0 ? text : text.slice(0, lastLine);
}

/** Unique column names: `['id', '', 'x', 'x']` → `['id', 'column 2', 'x', 'x (2)']`. */
function uniqueNames(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = cell === '' ? `column ${index + 1}` : cell;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
