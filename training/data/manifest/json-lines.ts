import { basename } from 'node:path';
import { FedReconError } from '../../../protocol/errors.ts';
import { surveyBytes } from './encoding/encoding.ts';
import type { CharacterEncoding } from './encoding/encodings.ts';
import { namesNear } from './names-near.ts';
import { isTextNumber, judgeTextNumbers, noTexts, type RowTexts } from './numbers/text-numbers.ts';
import type { OpenTable } from './open-table.ts';
import type { ReadingSettings } from './reading-settings.ts';
import { inBlocks, oneByOne } from './row-blocks.ts';
import type { ManifestRow } from './rows.ts';
import { underNamesInside } from './text/headers-inside.ts';
import { textLines } from './text/text-lines.ts';
import { encodingOf, unsureEncoding } from './text/text-table.ts';
import { listText } from './typed-table.ts';

/** Columns of a table, at most; a file with more has measurements for names. */
const mostColumns = 20_000;

/**
 * Table of JSON lines: an object a line, its keys the columns. Objects in it are taken apart (`gauge.left`), lists of numbers are one
 * cell. Numbers keep the digits that are written, so that a long serial number stays the same.
 * @throws FedReconError `manifest-encoding`, `manifest-empty`, `json-lines-none`, `table-columns`
 */
export async function openJsonLines(path: string, given: ReadingSettings = {}): Promise<OpenTable> {
  const manifest = basename(path);
  const bytes = await surveyBytes(path);
  const found = encodingOf(bytes, given.encoding);
  if (!found) throw new FedReconError('manifest-encoding', { manifest });
  const file = { path, encoding: found.value };
  const places = new Map<string, number>();
  let none: number | undefined;
  let hasTexts = false;
  for await (const line of numbered(file)) {
    const cells = cellsIn(line.text);
    if (!cells) none ??= line.row;
    for (const { isText } of cells?.values() ?? []) hasTexts ||= isText;
    for (const name of cells?.keys() ?? []) if (!places.has(name)) places.set(name, places.size);
    if (places.size > mostColumns) throw new FedReconError('table-columns', { manifest, limit: mostColumns });
  }
  if (places.size === 0 && none !== undefined)
    throw new FedReconError('json-lines-none', { manifest, row: none });
  if (places.size === 0) throw new FedReconError('manifest-empty', { manifest });
  const names = [...places.keys()];
  const near = namesNear(names);
  const numbers = await judgeTextNumbers(hasTexts ? textsIn(file, places) : noTexts(), names, given);
  async function* readLines(onBytes?: (bytes: number) => void): AsyncGenerator<ManifestRow> {
    for (const problem of near) yield { row: 1, problem, isNoRow: true };
    for await (const { row, text } of numbered(file, onBytes)) {
      const own = cellsIn(text);
      if (!own) {
        yield { row, problem: { row, column: '', code: 'row-json', detail: {} } };
        continue;
      }
      const cells = new Array<string>(places.size).fill('');
      for (const [name, { cell, isText }] of own) {
        const column = places.get(name)!;
        cells[column] = isText ? numbers.inPoints(column, cell) : cell;
      }
      if (cells.some((cell) => cell !== '')) yield { row, cells, isDamaged: text.includes('\ufffd') };
    }
  }
  return {
    found: { format: 'json-lines', encoding: found },
    doubts: unsureEncoding(manifest, found),
    ...{ names, sha256: bytes.sha256 },
    // A program that turns lines of a text table into objects turns its names that come again, too.
    rows: (onBytes) => oneByOne(underNamesInside(inBlocks(readLines(onBytes)), { names })),
    ...{ marksOf: numbers.marksOf, hasTextNumbers: numbers.isAny },
  };
}

/** Rows that hold numbers as texts. */
async function* textsIn(file: LinesFile, places: ReadonlyMap<string, number>): AsyncGenerator<RowTexts> {
  for await (const { row, text } of numbered(file)) {
    const texts = new Map<number, string>();
    for (const [name, { cell, isText }] of cellsIn(text) ?? [])
      if (isText) texts.set(places.get(name)!, cell);
    if (texts.size > 0) yield { row, texts };
  }
}

/** File of lines, and how its letters are written: mostly as the format asks for, in UTF-8. */
interface LinesFile {
  readonly path: string;
  readonly encoding: CharacterEncoding;
}

async function* numbered(
  { path, encoding }: LinesFile,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<{ readonly row: number; readonly text: string }> {
  let row = 0;
  for await (const lines of textLines(path, encoding, onBytes))
    for (const line of lines) {
      row++;
      const text = line.trim();
      if (text !== '') yield { row, text };
    }
}

/** What stands in the text for a value that is no object or list. */
class Written {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return rawJson(this.text);
  }
}
const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): unknown };

/** Reads numbers as they are written: as numbers, long ones would lose digits. */
function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && source !== undefined ? new Written(source) : value;
}
const parse = JSON.parse as (text: string, reviver: typeof keepDigits) => unknown;

/** What programs write in place of a number that is none, though JSON does not know it. */
const noNumbers = /-?\b(?:NaN|Infinity)\b/g;

function parsed(text: string): unknown {
  try {
    return parse(text, keepDigits);
  } catch {
    return undefined;
  }
}

/** Cell of a line, and whether it is a number that stands there as a text. */
interface JsonCell {
  readonly cell: string;
  readonly isText: boolean;
}

/** Cells of a line by column; undefined where it is no object, or names a column twice in different ways. */
function cellsIn(text: string): Map<string, JsonCell> | undefined {
  const value = parsed(text) ?? parsed(withoutNoNumbers(text));
  if (!isObject(value) || keysIn(value) < keysWritten(text)) return undefined;
  const cells = new Map<string, JsonCell>();
  return addCells(cells, '', value) ? cells : undefined;
}

/** Keys of all objects in a value. */
function keysIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + keysIn(entry), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, entry) => sum + 1 + keysIn(entry), 0);
}

/** Keys that stand in the text of a value: more than it has where one comes twice, of which only the last would count. */
function keysWritten(text: string): number {
  return piecesOf(text).filter((piece, index) => index > 0 && index % 2 === 0 && /^\s*:/.test(piece)).length;
}

function withoutNoNumbers(text: string): string {
  return piecesOf(text)
    .map((piece, index) => (index % 2 === 0 ? piece.replace(noNumbers, '"$&"') : piece))
    .join('');
}

/** A line cut where its texts begin and end: what stands outside of them, then a text with its marks, and so on. A pattern would run out of memory on a long text. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let begin = line.indexOf('"'); begin >= 0; begin = line.indexOf('"', from)) {
    pieces.push(line.slice(from, begin));
    let end = line.indexOf('"', begin + 1);
    while (end >= 0 && isEscaped(line, end)) end = line.indexOf('"', end + 1);
    from = end < 0 ? line.length : end + 1;
    pieces.push(line.slice(begin, from));
  }
  return [...pieces, line.slice(from)];
}

/** True if an odd number of backslashes stands before a place. */
function isEscaped(line: string, at: number): boolean {
  let before = at;
  while (line[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}

function addCells(cells: Map<string, JsonCell>, above: string, object: object): boolean {
  return Object.entries(object).every(([key, value]) => {
    const name = `${above}${key.trim()}`;
    if (isObject(value)) return addCells(cells, `${name}.`, value);
    if (cells.has(name)) return false;
    const cell = written(value);
    cells.set(name, { cell, isText: typeof value === 'string' && isTextNumber(cell) });
    return true;
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Written);
}

function written(value: unknown): string {
  if (value === null) return '';
  if (value instanceof Written) return value.text;
  if (!Array.isArray(value)) return String(value).trim();
  // The values of lists in a list would be one list.
  if (value.some(Array.isArray)) return JSON.stringify(value);
  return listText(value.map((entry) => (isObject(entry) ? JSON.stringify(entry) : written(entry))));
}
