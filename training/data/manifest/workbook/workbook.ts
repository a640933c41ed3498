import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ErrorCode, type ErrorDetail, FedReconError } from '../../../../protocol/errors.ts';
import { readingError } from '../../../cells/reading-error.ts';
import { isIdHeader } from '../../names.ts';
import { someNames } from '../../said-columns.ts';
import {
  isTextNumber,
  judgeTextNumbers,
  noTexts,
  type RowTexts,
  type TextNumbers,
} from '../numbers/text-numbers.ts';
import type { OpenTable } from '../open-table.ts';
import { otherThanWorkbook } from '../other-formats.ts';
import type { Found, ReadingSettings } from '../reading-settings.ts';
import { inBlocks, oneByOne } from '../row-blocks.ts';
import type { ManifestRow } from '../rows.ts';
import { withoutEndBlock } from '../text/end-block.ts';
import { aboveNames, underNamesInside } from '../text/headers-inside.ts';
import { findLayout } from '../text/layout.ts';
import { fileHash } from '../typed-table.ts';
import { type CellSheet, cellSheets, type SheetShape, sharedTexts, sheetShape } from './sheet-notes.ts';
import { type SheetRow, sheetRows, shownCell } from './sheet-rows.ts';
import { columnLetters, columnsOfTable } from './sheet-tables.ts';
import { textInZip } from './zip-file.ts';
import { unpackedBytes } from './zip-sizes.ts';

/** What a workbook may unpack to: its reader holds a sheet's rows in memory. */
const mostUnpacked = 1 << 28;
const mostPacked = 1 << 26;
/** Rows in which the names of the columns are looked for, and by which sheets are told apart. */
const headRows = 300;
/** Sheets that are looked at to find the table: the reader goes through the lists of the whole workbook for each. */
const sheetsLooked = 200;

/** Sheet of a workbook with its first rows, by their place in it. */
interface SheetHead {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Table in a sheet of a workbook (`.xlsx`, `.xlsm`): of the sheet that a person names, else of the first that names columns, or
 * where none does holds cells. Formulas count
 * with the values that were saved with them; percentages are a hundred times the number that is saved.
 * @throws FedReconError `table-unreadable`, `table-format`, `table-protected`, `table-large`, `sheet-missing`, `sheets-hidden`, `manifest-empty`
 */
export async function openWorkbook(
  path: string,
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): Promise<OpenTable> {
  const manifest = basename(path);
  const bytes = await readChecked(path, manifest);
  const unreadable = (cause: unknown): never => {
    throw new FedReconError('table-unreadable', { manifest }, { cause });
  };
  const ofCells = await cellSheets(bytes).catch(unreadable);
  if (ofCells.length === 0)
    throw otherThanWorkbook(manifest, bytes) ?? new FedReconError('table-unreadable', { manifest });
  const [hiddenSheets, visible] = [ofCells.filter(isHidden), ofCells.filter((sheet) => !isHidden(sheet))];
  const sheets = visible.map(({ name }) => name);
  if (given.sheet !== undefined && !sheets.includes(given.sheet))
    throw new FedReconError('sheet-missing', { manifest, sheet: given.sheet, sheets: sheets.join(', ') });
  const isLooked = ({ name }: CellSheet, place: number) => place < sheetsLooked || name === given.sheet;
  const heads = await sheetHeads(bytes, visible.filter(isLooked)).catch(unreadable);
  const hiddenHeads = await sheetHeads(bytes, hiddenSheets.slice(0, sheetsLooked)).catch(unreadable);
  const tables = heads.filter(isTable);
  const hiddenTables = hiddenHeads.filter(isTable);
  if (tables.length === 0 && hiddenTables.length > 0)
    throw new FedReconError('sheets-hidden', { manifest, sheets: namesOf(hiddenTables) });
  const layoutOf = ({ rows }: SheetHead) => {
    const lines = rows.map((cells) => cells.map((cell) => cell.replace(/\s+/g, ' ')).join('\t'));
    return findLayout({ head: lines, spread: [] }, { ...given, delimiter: '\t', quote: 'none' }, isName);
  };
  // A cover has some cells, too, but no names over columns of them.
  const isNamed = (head: SheetHead) => layoutOf(head).names.filter((name) => name !== '').length > 1;
  const sheet =
    heads.find(({ name }) => name === given.sheet) ??
    (tables.length > 1 ? tables.find(isNamed) : undefined) ??
    tables[0] ??
    heads[0];
  if (!sheet) throw new FedReconError('manifest-empty', { manifest });
  const own = ofCells.find(({ name }) => name === sheet.name)!;
  const shape = await sheetShape(bytes, own).catch(unreadable);
  const { names: written, units, header, above, tableAbove } = layoutOf(sheet);
  const named = written.slice(0, written.findLastIndex((_, column) => hasColumn(sheet, column)) + 1);
  // A person who names the row of the names has looked at the sheet, too, but not said where its table ends.
  const names = named.slice(0, columnsOfTable(named, sheet.rows.slice(above.rows)));
  if (names.length === 0 || (header.value > 0 && names.every((name) => name === '')))
    throw new FedReconError('manifest-empty', { manifest });
  const part: SheetPart = {
    sheet: own,
    shape,
    after: above.rows,
    names,
    isCut: names.length < named.length,
    leavesHidden: given.hidden === 'leave',
  };
  const mayHaveTexts = shape.hasTexts || textNumber.test(await textInZip(bytes, await sharedTexts(bytes)));
  const numbers = await judgeTextNumbers(mayHaveTexts ? textsOf(bytes, part) : noTexts(), names, given);
  // What was not looked at may be tables.
  const unlooked = visible.filter((one, place) => !isLooked(one, place));
  const others =
    given.sheet === undefined ? [...tables.filter((one) => one !== sheet), ...unlooked, ...hiddenTables] : [];
  const beside = named.flatMap((name, column) =>
    column < names.length || !hasColumn(sheet, column)
      ? []
      : [`${columnLetters(column)}${name && ` (${name})`}`],
  );
  const notes = notesOn(part, namesOf(others), someNames(beside));
  const value: Found<string> =
    given.sheet === undefined
      ? { value: sheet.name, confidence: tables.length > 1 ? 0.5 : 1, reason: 'usual' }
      : { value: sheet.name, confidence: 1, reason: 'given' };
  return {
    found: {
      format: 'workbook',
      ...{ sheet: value, sheets, header },
      ...(shape.hiddenRows > 0 && { hiddenRows: part.leavesHidden ? 'leave' : 'read' }),
    },
    names,
    units,
    sha256: await fileHash(path),
    marksOf: numbers.marksOf,
    hasTextNumbers: numbers.isAny,
    async *rows(onBytes) {
      yield* notes;
      if (tableAbove) yield aboveNames(tableAbove);
      const rows = rowsOf(path, manifest, { ...part, numbers }, onBytes);
      yield* oneByOne(withoutEndBlock(underNamesInside(inBlocks(rows), { names, units }), names));
    },
  };
}

/** A number among the texts that all sheets share. */
const textNumber = />\s*[-+−]?(?=\d+[\s.,'’]+\d)[\d\s.,;|'’]+</;

function isTable({ rows }: SheetHead): boolean {
  return rows.filter(isFilled).length > 1;
}

function isHidden(sheet: CellSheet): boolean {
  return sheet.isHidden;
}

function namesOf(heads: readonly Pick<SheetHead, 'name'>[]): string {
  return heads
    .map(({ name }) => name)
    .slice(0, 10)
    .join(', ');
}

/** What is to be said of a sheet that does not stand in its rows: what it hides, what was made one, and other sheets with tables. */
function notesOn(
  { shape, after, names, leavesHidden }: SheetPart,
  others: string,
  beside: string,
): ManifestRow[] {
  const note = (code: ErrorCode, detail: ErrorDetail, column = ''): ManifestRow => ({
    ...{ row: Math.max(1, after), isNoRow: true, problem: { row: Math.max(1, after), column, code, detail } },
  });
  const columns = names.filter((_, column) => shape.hiddenColumns.has(column));
  const merged = shape.merged.filter(({ from }) => from >= after).length;
  return [
    ...(shape.hiddenRows === 0
      ? []
      : [note(leavesHidden ? 'rows-hidden-left' : 'rows-hidden', { count: shape.hiddenRows })]),
    ...(columns.length === 0 ? [] : [note('columns-hidden', { columns: someNames(columns) })]),
    ...(merged === 0 ? [] : [note('cells-merged', { count: merged })]),
    ...(beside === '' ? [] : [note('columns-apart', { columns: beside })]),
    ...(others === '' ? [] : [note('sheets-unread', { sheets: others })]),
  ];
}

/**
 * A whole workbook, once it is known what it unpacks to.
 * @throws FedReconError `file-unreadable`, `table-unreadable`, `table-format`, `table-protected`, `table-large`
 */
async function readChecked(path: string, manifest: string): Promise<Buffer> {
  try {
    await assertUnpackable(path, manifest);
    return await readFile(path);
  } catch (thrown) {
    throw readingError(thrown, path);
  }
}

async function assertUnpackable(path: string, manifest: string): Promise<void> {
  const { size } = await stat(path);
  const unpacked = size > mostPacked ? size : await unpackedBytes(path);
  if (unpacked === undefined)
    throw (
      otherThanWorkbook(manifest, await readFile(path)) ?? new FedReconError('table-unreadable', { manifest })
    );
  if (unpacked > mostUnpacked || size > mostPacked) {
    const megabytes = (count: number) => Math.ceil(count / 2 ** 20);
    throw new FedReconError('table-large', {
      ...{ manifest, actual: megabytes(unpacked), limit: megabytes(mostUnpacked) },
    });
  }
}

async function sheetHeads(bytes: Buffer, ofCells: readonly CellSheet[]): Promise<SheetHead[]> {
  const heads: SheetHead[] = [];
  for (const sheet of ofCells) {
    const rows: string[][] = [];
    for await (const row of sheetRows(bytes, sheet, headRows - 1)) {
      while (rows.length < row.index) rows.push([]);
      rows.push(Array.from(row.values, (value, column) => shownCell(row, column, value)));
    }
    const width = Math.max(0, ...rows.map(({ length }) => length));
    for (const cells of rows) while (cells.length < width) cells.push('');
    heads.push({ name: sheet.name, rows });
  }
  return heads;
}

/** Where the parts of a sheet are. */
interface SheetPart {
  readonly sheet: CellSheet;
  readonly shape: SheetShape;
  /** Rows above the first part. */
  readonly after: number;
  readonly names: readonly string[];
  /** True if columns beside the table are none of it. */
  readonly isCut: boolean;
  /** True if hidden rows are left out. */
  readonly leavesHidden: boolean;
}

/** Rows of a sheet that hold numbers as texts. */
async function* textsOf(bytes: Buffer, { sheet, shape, after, names }: SheetPart): AsyncGenerator<RowTexts> {
  for await (const { index, values } of sheetRows(bytes, sheet, shape.lastRow)) {
    if (index < after) continue;
    const texts = new Map<number, string>();
    for (const [column, value] of values.slice(0, names.length).entries())
      if (isTextNumber(value)) texts.set(column, value.trim());
    if (texts.size > 0) yield { row: index + 1, texts };
  }
}

async function* rowsOf(
  path: string,
  manifest: string,
  part: SheetPart & { readonly numbers: TextNumbers },
  onBytes?: (bytes: number) => void,
): AsyncGenerator<ManifestRow> {
  const { sheet, shape, after, names, leavesHidden } = part;
  const bytes = await readChecked(path, manifest);
  onBytes?.(bytes.length);
  const fill = mergedCells(shape, after);
  try {
    for await (const row of sheetRows(bytes, sheet, shape.lastRow)) {
      const { index, notes } = row;
      if (index < after || (notes?.isHidden && leavesHidden)) continue;
      const cells = cellsOf(row, part);
      fill(index, cells);
      while (cells.at(-1) === '') cells.pop();
      if (cells.length === 0) continue;
      const refuse = (code: ErrorCode, detail: ErrorDetail): Extract<ManifestRow, { problem: unknown }> => ({
        ...{ row: index + 1, problem: { row: index + 1, column: '', code, detail } },
      });
      const id = names.findIndex(isIdHeader);
      if (cells.length > names.length)
        yield { ...refuse('row-width', { actual: cells.length, expected: names.length }), wide: cells };
      else if (notes?.total !== undefined && (id < 0 || (cells[id] ?? '') === ''))
        yield refuse('row-summary', { value: `=${notes.total}`.slice(0, 40) });
      else yield { row: index + 1, cells, isDamaged: (notes?.unsaved.size ?? 0) > 0 };
    }
  } catch (cause) {
    throw new FedReconError('table-unreadable', { manifest }, { cause });
  }
}

/** Cells of a row that belong to the table; where no other table stands beside it, those that have no column, too. */
function cellsOf(
  row: SheetRow,
  { names, isCut, numbers }: Pick<SheetPart, 'names' | 'isCut'> & { readonly numbers: TextNumbers },
): string[] {
  const own = isCut ? row.values.slice(0, names.length) : row.values;
  return Array.from(own, (value, column) =>
    isTextNumber(value) ? numbers.inPoints(column, value.trim()) : shownCell(row, column, value),
  );
}

/**
 * Puts what stands in cells that were made one into each of their rows, as a person sees it.
 * @returns does so for the next row, whose cells may become more
 */
function mergedCells({ merged }: SheetShape, after: number): (index: number, cells: string[]) => void {
  const waiting = merged.filter(({ from }) => from >= after).sort((a, b) => a.from - b.from);
  let [open, next]: [{ readonly column: number; readonly to: number; readonly cell: string }[], number] = [
    [],
    0,
  ];
  return (index, cells) => {
    open = open.filter(({ to }) => to >= index);
    for (const { column, cell } of open) {
      while (cells.length <= column) cells.push('');
      cells[column] ||= cell;
    }
    while (next < waiting.length && waiting[next]!.from <= index) {
      const { column, from, to } = waiting[next++]!;
      const cell = from === index ? (cells[column] ?? '') : '';
      if (cell !== '') open.push({ column, to, cell });
    }
  };
}

function isFilled(cells: readonly string[]): boolean {
  return cells.some((cell) => cell !== '');
}

function hasColumn({ rows }: SheetHead, column: number): boolean {
  return rows.some((cells) => (cells[column] ?? '') !== '');
}
