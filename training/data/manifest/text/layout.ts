import { isUnit } from '../../../cells/written-units.ts';
import { commonest } from '../../../measures/commonest.ts';
import { isIdHeader, isOrderName } from '../../names.ts';
import {
  type Delimiter,
  delimiters,
  type Found,
  givenOr,
  type ReadingSettings,
} from '../reading-settings.ts';
import { type CellMarks, cutRecord } from './records.ts';
import { areNumbers, type RowShape, shapeOf } from './row-shape.ts';

/** Where the cells of a text file lie. */
export interface Layout {
  readonly delimiter: Found<Delimiter>;
  readonly quote: Found<CellMarks['quote']>;
  readonly comment: Found<string>;
  /** Row with the names of the columns, from 1; 0 where there is none. */
  readonly header: Found<number>;
  readonly above: { readonly lines: number; readonly rows: number };
  /** First and last row of a table that stands above the names; undefined where there is none. */
  readonly tableAbove: RowSpan | undefined;
  /** As they are written; none where the file is empty. */
  readonly names: readonly string[];
  /** Units of the columns, where a row below their names says them; empty where it says none. */
  readonly units: readonly string[];
  readonly shape: RowShape;
}

/** Rows that stand together, from 1. */
export interface RowSpan {
  readonly first: number;
  readonly last: number;
}

/** Record at the beginning of a file. */
interface HeadRecord {
  readonly cells: readonly string[];
  /** Its first line, from 0, and how many it has. */
  readonly line: number;
  readonly lines: number;
}

const headRecords = 300;
/** Rows within which the names of the columns stand: some loggers write their whole set-up above them. */
const highest = 200;
/** Lines of a name, at most. */
const mostLines = 20;
const sepLine = /^\uFEFF?"?sep=(.)"?\s*$/i;

/**
 * Finds delimiter, comments and header of a text file.
 * @param head its first lines
 * @param spread lines from places all over it
 * @param isName whether a cell is a usual name of a column
 */
export function findLayout(
  { head, spread }: { readonly head: readonly string[]; readonly spread: readonly string[] },
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): Layout {
  const lines = head.map(withoutReturn);
  const others = spread.map(withoutReturn);
  const quote: Found<CellMarks['quote']> = givenOr(given.quote, () => ({
    ...(areSingleQuoted(lines)
      ? ({ value: "'", confidence: 0.9, reason: 'even-columns' } as const)
      : ({ value: '"', confidence: 0.99, reason: 'usual' } as const)),
  }));
  const said = sepLine.exec(lines[0] ?? '')?.[1];
  const table = (delimiter: Delimiter) =>
    readHead([...lines], others, { delimiter, quote: quote.value }, given, isName);
  if (given.delimiter !== undefined || isDelimiter(said)) {
    const delimiter: Found<Delimiter> = givenOr(given.delimiter, () => ({
      ...{ value: said as Delimiter, confidence: 1, reason: 'sep-line' },
    }));
    return { delimiter, quote, ...table(delimiter.value).layout };
  }
  // What stands nowhere cuts no line, and to find that out for most of them would take longer than all else.
  const stands = (value: Delimiter) =>
    [lines, others].some((all) => all.some((line) => line.includes(value)));
  const tables = delimiters
    .filter((value) => value === ',' || stands(value))
    .map((value) => ({ value, ...table(value) }))
    .sort((a, b) => b.evenness - a.evenness);
  const [best, second] = [tables[0]!, tables[1]];
  const confidence = best.evenness === 0 ? 0.6 : round(1 - 0.5 * ((second?.evenness ?? 0) / best.evenness));
  const delimiter: Found<Delimiter> =
    best.evenness === 0
      ? { value: ',', confidence, reason: 'one-column' }
      : { value: best.value, confidence, reason: 'even-columns' };
  const { layout } = best.evenness === 0 ? tables.find(({ value }) => value === ',')! : best;
  return { delimiter, quote, ...layout };
}

function readHead(
  lines: readonly string[],
  others: readonly string[],
  marks: CellMarks,
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): { layout: Omit<Layout, 'delimiter' | 'quote'>; evenness: number } {
  const records = recordsOf(lines, marks);
  const single = [
    ...records.filter((record) => record.lines === 1).map(({ line }) => lines[line]!),
    ...others,
  ];
  const cut = single
    .filter((line) => line.trim() !== '' && !sepLine.test(line))
    .map((line) => ({ line, ...cutRecord(line, marks) }))
    .filter(({ state }) => state === 'whole');
  const width = commonest(cut.filter(({ line }) => !commentMark(line)).map(({ cells }) => cells.length)) ?? 0;
  const comment = givenOr(given.comment, () => findComment(cut, width));
  const header = givenOr(given.header, () => findHeader(records, width, comment.value, isName, lines));
  const place = header.value === 0 ? firstRow(records, lines, comment.value) : header.value;
  const record = records[place - 1];
  const grouped =
    given.header === undefined && header.value > 0 && record
      ? groupedNames(record, records[place], records.slice(place + 1))
      : undefined;
  const last = grouped ? place + 1 : place;
  const written =
    header.value === 0
      ? (record?.cells ?? []).map(() => '')
      : namesOf(grouped ?? record?.cells ?? [], comment.value);
  const names = hasRowNumbers(written, records.slice(last), width) ? ['', ...written] : written;
  const units = header.value === 0 ? [] : unitsIn(records[last], records.slice(last + 1), names);
  const rowsAbove = header.value === 0 ? place - 1 : units.length > 0 ? last + 1 : last;
  const until = records[rowsAbove - 1];
  const linesAbove = until ? until.line + until.lines : 0;
  const tableAbove =
    header.value > 1 ? tableIn(records.slice(0, header.value - 1), isName, width) : undefined;
  const columns = names.length;
  const body = cut
    .filter(({ cells }) => cells.length === columns)
    .map(({ cells, line }) => ({ cells, line }));
  const below = body.slice(header.value === 0 ? 0 : 1);
  const escaped = marks.delimiter === '|' ? '\\|' : marks.delimiter;
  const shape = shapeOf(
    columns,
    below.map(({ cells }) => cells),
    new RegExp(`${escaped} `),
    below.map(({ line }) => line),
  );
  const share = cut.length === 0 ? 0 : cut.filter(({ cells }) => cells.length === width).length / cut.length;
  const trust = header.confidence < 0.5 || columns !== width ? 0.2 : 1;
  return {
    layout: {
      comment,
      header,
      above: { lines: linesAbove, rows: rowsAbove },
      tableAbove,
      names,
      units,
      shape,
    },
    evenness: width < 2 ? 0 : share ** 2 * Math.min(width - 1, 20) ** 0.5 * trust,
  };
}

/** Records at the beginning, in which a quoted cell may go on over a few lines. */
function recordsOf(lines: readonly string[], marks: CellMarks): HeadRecord[] {
  const records: HeadRecord[] = [];
  for (let line = 0; line < lines.length && records.length < headRecords; ) {
    let count = 1;
    let record = cutRecord(lines[line]!, marks);
    while (record.state === 'open' && count < mostLines && line + count < lines.length) {
      count++;
      record = cutRecord(lines.slice(line, line + count).join('\n'), marks);
    }
    if (record.state !== 'whole' && count > 1) {
      count = 1;
      record = cutRecord(lines[line]!, marks);
    }
    records.push({ cells: record.cells, line, lines: count });
    line += count;
  }
  return records;
}

const commentMarks = ['#', '%', '//', '!'];

function commentMark(line: string): string | undefined {
  return commentMarks.find((mark) => line.startsWith(mark));
}

/** Mark that lines begin with which have not the cells of a row: an id may begin with `#` too. */
function findComment(
  cut: readonly { readonly line: string; readonly cells: readonly string[] }[],
  width: number,
): Found<string> {
  for (const mark of commentMarks) {
    const marked = cut.filter(({ line }) => line.startsWith(mark));
    const rows = marked.filter(({ cells }) => cells.length === width && width > 1);
    if (marked.length > 0 && rows.length <= 1 && marked.length > rows.length)
      return { value: mark, confidence: 0.9, reason: 'comment-rows' };
  }
  return { value: '', confidence: 0.99, reason: 'usual' };
}

/**
 * Row with the names of the columns. Usually it is the first; a logger or a person may have written something above it, in
 * rows that have fewer cells; a table of numbers may have none.
 */
function findHeader(
  records: readonly HeadRecord[],
  width: number,
  comment: string,
  isName: (cell: string) => boolean,
  lines: readonly string[],
): Found<number> {
  const isRow = ({ cells, line }: HeadRecord) =>
    cells.some((cell) => cell !== '') && !sepLine.test(lines[line]!) && !isComment(lines[line]!, comment);
  const rows = records
    .slice(0, highest)
    .map((record, index) => ({ ...record, row: index + 1 }))
    .filter(isRow);
  const first = rows[0];
  if (!first) return { value: firstRow(records, lines, comment), confidence: 0.3, reason: 'unclear' };
  const named = records
    .slice(0, first.row - 1)
    .findLast(({ line, cells }) => isComment(lines[line]!, comment) && cells.length === width && width > 1);
  if (named && isData(first.cells, rows.slice(1), isName))
    return { value: records.indexOf(named) + 1, confidence: 0.8, reason: 'comment-rows' };
  const filled = ({ cells }: HeadRecord) => cells.filter((cell) => cell !== '').length;
  const isAbove = (record: HeadRecord) =>
    record.cells.length < width || (record.cells.at(-1) === '' && filled(record) < width);
  const candidates = rows.filter((record, index) => {
    const { cells } = record;
    if (index === 0 || cells.length < width || cells.some((cell) => cell === '' || isCellValue(cell)))
      return false;
    if (new Set(cells).size < cells.length) return false;
    const above = rows.slice(0, index);
    const below = rows.slice(index + 1);
    // The last row of a table that has values above is none that names them.
    if (below.length === 0 && above.some((row) => row.cells.length >= width && row.cells.some(isCellValue)))
      return false;
    // What a report says of itself, as `Line, 3, Shift, A`, has values beside its names.
    const isNamed = (row: HeadRecord) =>
      row.cells.some(isName) && row.cells.length >= width && !row.cells.some(isCellValue);
    if (cells.some(isName)) return !above.some(isNamed);
    return (
      above.every(isAbove) && below.length > 0 && cells.some((_, column) => isValueColumn(below, column))
    );
  });
  const lower = candidates[0];
  if (lower && (isAbove(first) || !first.cells.some(isName)))
    return { value: lower.row, confidence: 0.85, reason: 'below-other-rows' };
  const pair = rows.findIndex(
    (record, index) =>
      index > 0 &&
      rows.slice(0, index).every(isAbove) &&
      areBothNames(record, rows[index + 1], width, isName),
  );
  if (pair > 0) return { value: rows[pair]!.row, confidence: 0.8, reason: 'below-other-rows' };
  if (isData(first.cells, rows.slice(1), isName)) return { value: 0, confidence: 0.7, reason: 'no-names' };
  if (first.row > 1) return { value: first.row, confidence: 0.9, reason: 'below-other-rows' };
  const isFull = first.cells.length >= width && !isAbove(first);
  return { value: first.row, confidence: isFull ? 0.95 : 0.6, reason: 'first-row' };
}

/**
 * Rows above the names that name columns and hold values below them, or are as wide as the table and hold values: nobody writes a set-up so.
 * @param width of the table
 */
function tableIn(
  above: readonly HeadRecord[],
  isName: (cell: string) => boolean,
  width: number,
): RowSpan | undefined {
  const count = ({ cells }: HeadRecord) => cells.filter((cell) => cell !== '').length;
  const isRow = (record: HeadRecord) => record.cells.some(isCellValue);
  const first = above.findIndex((record, index) => {
    if (count(record) >= leastWide && count(record) === width && isRow(record)) return true;
    const next = above[index + 1];
    const isHeader = count(record) > 1 && record.cells.some(isName) && !isRow(record);
    return isHeader && next && count(next) === count(record) && isRow(next);
  });
  return first < 0 ? undefined : { first: first + 1, last: above.findLastIndex(count) + 1 };
}

/** Cells of a row that is no entry of a set-up, which has a name and a value. */
const leastWide = 3;

/** True if two rows name the columns together: those of groups above, those of single columns in either. */
function areBothNames(
  { cells, row }: HeadRecord & { readonly row: number },
  below: (HeadRecord & { readonly row: number }) | undefined,
  width: number,
  isName: (cell: string) => boolean,
): boolean {
  if (below?.row !== row + 1) return false;
  const both = [cells, below.cells];
  return (
    both.every((own) => own.length >= width && !own.some(isCellValue)) &&
    both.some((own) => own.some(isName)) &&
    Array.from({ length: width }, (_, column) => both.some((own) => own[column] !== '')).every(Boolean)
  );
}

/**
 * Names that stand in two rows, of groups and below them of their columns, each with both: `gauge left`, `gauge right`. Undefined where the
 * second row may be one of a part.
 */
function groupedNames(
  { cells: groups }: HeadRecord,
  second: HeadRecord | undefined,
  below: readonly HeadRecord[],
): readonly string[] | undefined {
  const own = second?.cells ?? [];
  // A row of units may stand below both.
  const isOfUnits = below[0]?.cells.every((cell) => noUnit.test(cell) || isUnit(cell)) ?? false;
  const data = isOfUnits ? below.slice(1) : below;
  const filled = own.flatMap((cell, column) => (cell === '' ? [] : [column]));
  const ofNumbers = filled.filter((column) => isValueColumn(data, column));
  if (ofNumbers.length < 2 || filled.some((column) => isCellValue(own[column]!) || isUnit(own[column]!)))
    return undefined;
  // A row with an id is a part.
  if (groups.some((name, column) => isIdHeader(name) && !['', name].includes(own[column] ?? '')))
    return undefined;
  const groupOf = (column: number) => groups.slice(0, column + 1).findLast((name) => name !== '') ?? '';
  const isGroup = filled.some(
    (column) => filled.includes(column + 1) && groupOf(column) === groupOf(column + 1),
  );
  if (!isGroup) return undefined;
  return Array.from({ length: Math.max(groups.length, own.length) }, (_, column) => {
    const [name, part] = [groups[column] ?? '', own[column] ?? ''];
    return part === '' ? name : [...new Set([groupOf(column), part])].filter(Boolean).join(' ');
  });
}

/**
 * True if the rows have one cell more than there are names, and count the rows by it: a program that writes the names of its rows gives
 * them none (in R, `write.table`).
 */
function hasRowNumbers(names: readonly string[], below: readonly HeadRecord[], width: number): boolean {
  if (names.length < 1 || names.length !== width - 1 || below.length < leastNumbered) return false;
  // Then the name of the last column is the one that is missing.
  if (isIdHeader(names[0]!) || isOrderName(names[0]!)) return false;
  return below.every(
    ({ cells }, index) =>
      cells.length === width && cells[0] === String(index + Number(below[0]!.cells[0] === '1')),
  );
}

/** Rows that are enough to see that they are counted. */
const leastNumbered = 3;

/** What stands in a row of units where a column has none. */
const noUnit = /^(-+|–|—|単位|unit|units|einheit)?$/i;

/**
 * Units in the row below the names: of columns of numbers only, as far as there are any rows, and nothing else stands in that row. None
 * where it is no such row.
 */
function unitsIn(
  record: HeadRecord | undefined,
  below: readonly HeadRecord[],
  names: readonly string[],
): string[] {
  if (!record || record.cells.length > names.length) return [];
  // Below them the names and their units may come again.
  const data = below.filter(({ cells }) => cells.some(isCellValue));
  const isOfUnit = (cell: string, column: number) =>
    isUnit(cell) && (data.length === 0 || isValueColumn(data, column));
  if (!record.cells.every((cell, column) => noUnit.test(cell) || isOfUnit(cell, column))) return [];
  const units = record.cells.map((cell) => (noUnit.test(cell) ? '' : cell));
  // One row alone may be a part of a grade "A".
  if (below.length === 0 && !isOfIds(names, units)) return [];
  return units.some((cell) => cell !== '') ? units : [];
}

/** True if no id stands above these units. */
function isOfIds(names: readonly string[], units: readonly string[]): boolean {
  return names.some((name, column) => isIdHeader(name) && (units[column] ?? '') === '');
}

/** True if the row that should name the columns holds values as the rows below do. */
function isData(
  cells: readonly string[],
  below: readonly HeadRecord[],
  isName: (cell: string) => boolean,
): boolean {
  if (below.length === 0 || cells.some(isName)) return false;
  const valued = cells.map((_, column) => column).filter((column) => isValueColumn(below, column));
  if (valued.length === 0 || !valued.every((column) => cells[column] === '' || isCellValue(cells[column]!)))
    return false;
  // Wavelengths and numbers of channels are names too: they rise from column to column, far from the values below them.
  const numbers = valued.map((column) => Number(cells[column]));
  const rises = numbers.every((value, index) => index === 0 || value > numbers[index - 1]!);
  const apart = valued.filter((column) => !isAmong(Number(cells[column]), below, column));
  return !(numbers.length >= 3 && rises && apart.length > numbers.length / 2);
}

/** True if a number lies within the values of a column, or less than their span outside. */
function isAmong(value: number, rows: readonly HeadRecord[], column: number): boolean {
  const values = rows.map(({ cells }) => Number(cells[column] || Number.NaN)).filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return value >= low - (high - low) && value <= high + (high - low);
}

function isValueColumn(rows: readonly HeadRecord[], column: number): boolean {
  const cells = rows.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '');
  return cells.length > 0 && cells.filter(isCellValue).length >= 0.8 * cells.length;
}

/** True for a number, a date, the name of a file: what no column is called. */
export function isCellValue(cell: string): boolean {
  return (
    areNumbers(cell) ||
    /^\d{2,4}[-/.年]\d{1,2}[-/.月]/.test(cell) ||
    /\.(png|jpe?g|bmp|tiff?|gif|webp)$/i.test(cell)
  );
}

function isComment(line: string, comment: string): boolean {
  return comment !== '' && line.startsWith(comment);
}

/** First row that says something. */
function firstRow(records: readonly HeadRecord[], lines: readonly string[], comment: string): number {
  const index = records.findIndex(
    ({ cells, line }) =>
      cells.some((cell) => cell !== '') && !sepLine.test(lines[line]!) && !isComment(lines[line]!, comment),
  );
  return index < 0 ? 1 : index + 1;
}

function namesOf(cells: readonly string[], comment: string): string[] {
  return cells.map((cell, index) => {
    const name =
      index === 0 && comment !== '' && cell.startsWith(comment) ? cell.slice(comment.length) : cell;
    return name.replace(/\s+/g, ' ').trim();
  });
}

/** True if nearly all lines begin and end with an apostrophe, as where each cell stands between two. */
function areSingleQuoted(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  return filled.filter((line) => /^\s*'.*'\s*$/.test(line)).length > 0.9 * filled.length;
}

function isDelimiter(text: string | undefined): text is Delimiter {
  return (delimiters as readonly (string | undefined)[]).includes(text);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
