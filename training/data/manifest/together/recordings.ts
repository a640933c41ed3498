import { open } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isBareNumber, numberWithUnit } from '../../../cells/numbers-with-unit.ts';
import { isTimeName } from '../../../cells/series-names.ts';
import { signalEnding } from '../../../cells/signal-file.ts';
import { textOf } from '../../../cells/signal-text.ts';
import { isIdHeader } from '../../names.ts';
import type { FolderTable } from './stacked-tables.ts';

/** Bytes of a file by which a recording is told from a table. */
const bytesLooked = 1 << 15;
/** Rows by which it is seen whether a table names files. */
const rowsLooked = 300;

/**
 * Tells the recordings of single parts from the tables of a folder by their first lines: numbers alone, in one column, or beside a
 * time that is a number.
 * @param names of files, relative to the folder
 * @returns those that are recordings; none where all are, since then nothing else could list the parts, and where it is one alone, which
 *   may be a measurement of all parts
 */
export async function recordingsIn(folder: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const name of names)
    if (/\.[ct]sv$/i.test(name) && isRecording(await firstLines(join(folder, name)))) found.add(name);
  return found.size === names.length || found.size === 1 ? new Set() : found;
}

/** Tables that a cell of another one names: they hold the signal of a part. @param tables more than one */
export async function namedTables(tables: readonly FolderTable[]): Promise<ReadonlySet<string>> {
  const names = new Set(tables.map(({ name }) => name));
  const found = new Set<string>();
  for (const table of tables) {
    let looked = 0;
    let namesFiles = false;
    for await (const row of table.rows()) {
      if (!('cells' in row)) continue;
      for (const cell of row.cells) {
        if (!signalEnding.test(cell)) continue;
        namesFiles = true;
        const own = cell.replaceAll('\\', '/');
        for (const path of [posix.join(posix.dirname(table.name), own), posix.normalize(own)])
          if (path !== table.name && names.has(path)) found.add(path);
      }
      if (++looked === rowsLooked && !namesFiles) break;
    }
  }
  return found.size === names.size ? new Set() : found;
}

/** Lines at the beginning of a file, without the last one, which may be cut off. */
async function firstLines(path: string): Promise<string[]> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(bytesLooked), 0, bytesLooked, 0);
    const lines = textOf(buffer.subarray(0, bytesRead), true).split(/\r\n|\n|\r/);
    if (bytesRead === bytesLooked) lines.pop();
    return lines.filter((line) => line.trim() !== '');
  } finally {
    await file.close();
  }
}

function isRecording(lines: readonly string[]): boolean {
  const first = lines[0] ?? '';
  const mark = ['\t', ';', ','].find((one) => first.includes(one) && !isNumber(first));
  const cut = (line: string) =>
    (mark === undefined ? [line] : line.split(mark)).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const [names, ...others] = lines.map(cut);
  if (!names || names.length > 2) return false;
  const isNamed = !names.some((cell) => isNumber(cell));
  if (isNamed && (names.some(isIdHeader) || (names.length === 2 && !isTimeName(names[0]!)))) return false;
  const rows = isNamed ? others : [names, ...others];
  return rows.length > 1 && rows.every((cells) => cells.length === names.length && cells.every(isNumber));
}

function isNumber(cell: string): boolean {
  return isBareNumber(cell) || numberWithUnit(cell) !== undefined;
}
