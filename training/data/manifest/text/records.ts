import type { Delimiter } from '../reading-settings.ts';

/** How lines of text are cut into cells. */
export interface CellMarks {
  readonly delimiter: Delimiter;
  readonly quote: '"' | "'" | 'none';
}

/** Cells of a record, or why it ends nowhere. */
interface CutRecord {
  /** Without quotation marks and surrounding blanks. */
  readonly cells: string[];
  /** `open`: a quotation mark is not closed; `stray`: what is after a closing one is neither a separator nor the end. */
  readonly state: 'whole' | 'open' | 'stray';
  /** True if a quoted cell holds a separator. */
  readonly quotesSeparator: boolean;
}

/** Cuts one record, of one line or of several, into cells. A quotation mark inside a cell that does not begin with one is a character. */
export function cutRecord(text: string, { delimiter, quote }: CellMarks): CutRecord {
  if (quote === 'none' || !text.includes(quote))
    return { cells: cutPlain(text, delimiter), state: 'whole', quotesSeparator: false };
  const { cells, ...record } = cutQuoted(text, { delimiter, quote });
  return { cells: cells.map(withoutFormula), ...record };
}

/** A text that a program wrote as a formula, `="0001"`, so that a spreadsheet takes it for no number. */
function withoutFormula(cell: string): string {
  const text = cell.startsWith('="') ? /^="((?:[^"]|"")*)"$/.exec(cell)?.[1] : undefined;
  return text === undefined ? cell : text.replaceAll('""', '"').trim();
}

function cutQuoted(
  text: string,
  { delimiter, quote }: { readonly delimiter: string; readonly quote: string },
): CutRecord {
  const cells: string[] = [];
  let state: CutRecord['state'] = 'whole';
  let quotesSeparator = false;
  let start = 0;
  while (start <= text.length) {
    const first = skipBlanks(text, start, delimiter);
    const end = text[first] === quote ? closingMark(text, first, quote) : undefined;
    if (end === -1) {
      cells.push(text.slice(first + 1).replaceAll(quote + quote, quote));
      return { cells, state: 'open', quotesSeparator };
    }
    const after = end === undefined ? -1 : skipBlanks(text, end + 1, delimiter);
    const isClosed = end !== undefined && (after === text.length || text[after] === delimiter);
    if (isClosed) {
      const cell = text.slice(first + 1, end).replaceAll(quote + quote, quote);
      quotesSeparator ||= cell.includes(delimiter);
      cells.push(cell.trim());
      start = after + 1;
      if (after === text.length) break;
      continue;
    }
    if (end !== undefined) state = 'stray';
    const separator = text.indexOf(delimiter, first);
    const stop = separator < 0 ? text.length : separator;
    cells.push(text.slice(start, stop).trim());
    start = stop + 1;
  }
  return { cells, state, quotesSeparator };
}

/** Cuts a line in which no quotation mark stands. */
export function cutPlain(text: string, delimiter: string): string[] {
  const cells = text.split(delimiter);
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index]!;
    if (isBlank(cell.charCodeAt(0)) || isBlank(cell.charCodeAt(cell.length - 1))) cells[index] = cell.trim();
  }
  return cells;
}

/** Blanks of any sort; only what `trim` takes away matters, so a few too many do no harm. */
function isBlank(code: number): boolean {
  return code <= 0x20 || code >= 0xa0;
}

function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at]!.trim() === '') at++;
  return at;
}

/** Mark that closes a quoted cell, doubled ones passed over; −1 if there is none. */
function closingMark(text: string, open: number, quote: string): number {
  let at = text.indexOf(quote, open + 1);
  while (at >= 0 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}
