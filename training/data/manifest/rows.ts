import type { ErrorCode, ErrorDetail } from '../../../protocol/errors.ts';
import type { ImportProblem } from '../problems.ts';
import type { CharacterEncoding } from './encoding/encodings.ts';
import { lineBlocks } from './text/line-blocks.ts';
import { PlainRow, plainRowReader } from './text/plain-row.ts';
import { type CellMarks, cutRecord } from './text/records.ts';
import type { RowShape } from './text/row-shape.ts';

/** Where something stands: a row, and its table of several, relative to the folder, with slashes. */
export interface RowPlace {
  readonly row: number;
  readonly table?: string | undefined;
}

/** Row of the manifest: its cells without surrounding blanks, or the problem that it could not be read for. */
export type ManifestRow =
  | PlainRow
  | {
      readonly row: number;
      readonly cells: readonly string[];
      /** Some of its bytes mean nothing in the file's encoding; they stand as U+FFFD in their cells. */
      readonly isDamaged?: boolean;
      /** Table of several that it stands in, relative to the folder, with slashes. */
      readonly table?: string | undefined;
      /**
       * Where a cell stands whose row was made of several, or a number of it; undefined where that is nowhere else than the row.
       * @param number its place among those of the cell, from 0
       */
      placeOf?(column: number, number?: number): RowPlace | undefined;
      /** True if no other table can hold the very row. */
      readonly isUnrepeated?: boolean;
      /** Where its cells are not cut yet: one of them; all, without keeping them; numbers as they stand, NaN where a cell holds anything else. */
      cell?(column: number): string;
      cut?(): readonly string[];
      number?(column: number): number;
      numbers?(columns: readonly number[]): Float64Array;
    }
  | {
      readonly row: number;
      readonly problem: ImportProblem;
      /** It is no row of a part: one value of a part, which has its own row, or what is to be said of a table. */
      readonly isNoRow?: true;
      /** Its cells where they are more than the columns that have names. */
      readonly wide?: readonly string[];
    };

/** Row that could be cut into cells. */
export type ReadableRow = Extract<ManifestRow, { cells: readonly string[] }>;

/** Cell of one column; of a row that is not cut yet without the others. */
export function cellOf(row: ReadableRow, column: number): string {
  return row.cell ? row.cell(column) : (row.cells[column] ?? '');
}

/** Cells of the first rows that could be cut, at most so many. */
export async function firstCells(
  rows: AsyncIterable<ManifestRow>,
  most: number,
): Promise<(readonly string[])[]> {
  const first: (readonly string[])[] = [];
  for await (const row of rows) {
    if ('cells' in row) first.push(row.cells);
    if (first.length === most) break;
  }
  return first;
}

/** Where a cell of a row stands, or a number of it (from 0). */
export function placeIn(row: ReadableRow, column: number, number?: number): RowPlace {
  return (row instanceof PlainRow ? undefined : row.placeOf?.(column, number)) ?? row;
}

/** Cell of more lines, or of more characters, is no note: its quotation mark is a stray one. */
const mostLines = 200;
const mostCharacters = 1 << 16;

/** How the rows of a text file are read. */
export interface RowReading extends CellMarks {
  readonly encoding: CharacterEncoding;
  /** Rows that begin so are left out; empty for none. */
  readonly comment: string;
  /** What stands above the first part, the names of the columns among it. */
  readonly above: { readonly lines: number; readonly rows: number };
  readonly shape: RowShape;
}

/**
 * Streams the rows of a text file below its header, many at a time, in constant memory. Blank rows and comments are left out, but
 * counted, so that row numbers are the spreadsheet's. A cell that goes on over several lines is taken only where nothing
 * speaks against it: when the lines that it would take in look like rows of their own, each of them is refused, and none
 * disappears in a cell.
 */
export async function* readRows(
  path: string,
  reading: RowReading,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<readonly ManifestRow[]> {
  const { shape, comment, quote } = reading;
  const plain = plainRowReader(reading.delimiter, quote, shape.width);
  const commentBytes = Buffer.from(comment);
  let row = reading.above.rows;
  let skipped = 0;
  /** Lines of a record that is not complete. */
  let open: string[] = [];
  let characters = 0;
  let rows: ManifestRow[] = [];

  function problem(
    of: number,
    code: ErrorCode,
    detail: ErrorDetail = {},
  ): Extract<ManifestRow, { problem: unknown }> {
    return { row: of, problem: { row: of, column: '', code, detail } };
  }

  /** Whole record, as it stands on one line or on the lines that are open. */
  function whole(cells: string[], line: string): ManifestRow | undefined {
    row++;
    if (cells.every((cell) => cell === '')) return undefined;
    // A separator at the end of each line makes no column.
    while (cells.length > shape.width && cells.at(-1) === '') cells.pop();
    if (cells.length > shape.width) {
      const detail = { actual: cells.length, expected: shape.width };
      return { ...problem(row, 'row-width', detail), wide: cells };
    }
    return line.includes('\ufffd') ? { row, cells, isDamaged: true } : { row, cells };
  }

  /** First of the open lines is refused; answers those below, which are rows of their own. */
  function refuseFirst(code: ErrorCode): string[] {
    rows.push(problem(++row, code));
    const again = open.slice(1);
    open = [];
    return again;
  }

  function complete(cells: string[]): void {
    const lines = open;
    open = [];
    if (isPlausible(cells, lines, reading)) {
      const record = whole(cells, lines.join('\n'));
      if (record) rows.push(record);
      return;
    }
    const [first, last] = [row + 1, row + lines.length];
    for (; row < last; ) rows.push(problem(++row, 'row-quote', { first, last }));
  }

  /** Line that may be a row, or begin one. */
  function begin(raw: string): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (skipped < reading.above.lines) {
      skipped++;
      return;
    }
    if (comment !== '' && line.startsWith(comment)) {
      row++;
      return;
    }
    const record = cutRecord(line, reading);
    if (record.state === 'open') {
      open = [raw];
      characters = raw.length;
      return;
    }
    const swallows = record.quotesSeparator && record.cells.length < shape.width;
    const detail = { actual: record.cells.length, expected: shape.width };
    const taken = whole(record.cells, line);
    if (taken) rows.push(swallows ? problem(row, 'row-width', detail) : taken);
  }

  /** Reads lines with care. */
  function take(lines: readonly string[]): void {
    const waiting = [...lines].reverse();
    while (waiting.length > 0) {
      const raw = waiting.pop()!;
      if (open.length === 0) {
        begin(raw);
        continue;
      }
      open.push(raw);
      characters += raw.length;
      let again: string[] = [];
      if (raw.includes(quote)) {
        const record = cutRecord(open.join('\n').replace(/\r$/, ''), reading);
        if (record.state === 'whole') complete(record.cells);
        else if (record.state === 'stray') again = refuseFirst('row-unclosed');
      }
      if (open.length > mostLines || characters > mostCharacters) again = refuseFirst('row-unclosed');
      waiting.push(...again.reverse());
    }
  }

  function takeBlock(text: Buffer): void {
    for (let at = 0; at < text.length; ) {
      if (open.length === 0 && skipped === reading.above.lines && !begins(text, at, commentBytes)) {
        const read = plain.read(row + 1, text, at);
        if (read) {
          row++;
          rows.push(read);
          at = plain.next;
          continue;
        }
      }
      const end = text.indexOf(lineFeed, at);
      take([text.toString('utf8', at, end)]);
      at = end + 1;
    }
  }

  for await (const block of lineBlocks(path, reading.encoding, onBytes)) {
    takeBlock(block);
    yield rows;
    rows = [];
  }
  while (open.length > 0) take(refuseFirst('row-unclosed'));
  yield rows;
}

const lineFeed = 0x0a;

/** True if bytes begin with others, of which there are some. */
function begins(text: Buffer, at: number, start: Buffer): boolean {
  if (start.length === 0) return false;
  for (let place = 0; place < start.length; place++) if (text[at + place] !== start[place]) return false;
  return true;
}

/** True if lines that a quotation mark holds together are one row, and not rows that it swallows. */
function isPlausible(cells: readonly string[], lines: readonly string[], reading: RowReading): boolean {
  const { shape } = reading;
  if (cells.length !== shape.width) return false;
  const mayStand = (cell: string, column: number) =>
    !cell.includes('\n') || !cell.includes(reading.delimiter) || shape.maySpan(column, cell);
  if (!cells.every(mayStand)) return false;
  // Nobody knows on which side of its quotation mark a line is, so it is cut with the marks and without them.
  return !lines.slice(1).some((line) =>
    [reading, { ...reading, quote: 'none' as const }].some((marks) => {
      const own = cutRecord(line.replace(/\r$/, ''), marks).cells;
      return shape.isRow(
        own.map((cell) => cell.replaceAll(reading.quote, '').trim()),
        line,
      );
    }),
  );
}
