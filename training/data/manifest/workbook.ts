import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { FedReconError } from '../../../protocol/errors.ts';
import { readingError } from '../../cells/reading-error.ts';
import { unsavedFormula } from './damaged-cells.ts';
import { findLayout } from './layout.ts';
import type { OpenTable } from './open-table.ts';
import type { Found, ReadingSettings } from './reading-settings.ts';
import type { ManifestRow } from './rows.ts';
import { type CellSheet, cellSheets, type RowNotes, rowNotes } from './sheet-notes.ts';
import { cellText, fileHash, typedMarks } from './typed-table.ts';
import { unpackedBytes } from './zip-sizes.ts';

/** What a workbook may unpack to: its reader holds a sheet's rows in memory. */
const mostUnpacked = 1 << 28;
const mostPacked = 1 << 26;
/** Rows in which the names of the columns are looked for, and by which sheets are told apart. */
const headRows = 300;

/** Sheet of a workbook with its first rows, by their place in it. */
interface SheetHead {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Table in a sheet of a workbook (`.xlsx`): of the sheet that a person names, else of the first that names columns, or
 * where none does holds cells. Formulas count
 * with the values that were saved with them; percentages are a hundred times the number that is saved.
 * @throws FedReconError `table-unreadable`, `table-large`, `sheet-missing`, `manifest-empty`
 */
export async function openWorkbook(
  path: string,
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): Promise<OpenTable> {
  const manifest = basename(path);
  const bytes = await readChecked(path, manifest);
  const ofCells = await cellSheets(bytes);
  if (ofCells.length === 0) throw new FedReconError('table-unreadable', { manifest });
  const heads = await sheetHeads(bytes, manifest, ofCells);
  const sheets = heads.map(({ name }) => name);
  if (given.sheet !== undefined && !sheets.includes(given.sheet))
    throw new FedReconError('sheet-missing', { manifest, sheet: given.sheet, sheets: sheets.join(', ') });
  const tables = heads.filter(({ rows }) => rows.filter(isFilled).length > 1);
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
  const { names: written, units, header, above } = layoutOf(sheet);
  const names = written.slice(0, written.findLastIndex((_, column) => hasColumn(sheet, column)) + 1);
  if (names.length === 0 || (header.value > 0 && names.every((name) => name === '')))
    throw new FedReconError('manifest-empty', { manifest });
  const own = ofCells.find(({ name }) => name === sheet.name)!;
  const value: Found<string> =
    given.sheet === undefined
      ? { value: sheet.name, confidence: tables.length > 1 ? 0.5 : 1, reason: 'usual' }
      : { value: sheet.name, confidence: 1, reason: 'given' };
  return {
    found: { format: 'workbook', sheet: value, sheets, header },
    names,
    units,
    sha256: await fileHash(path),
    marksOf: typedMarks,
    rows: (onBytes) => rowsOf(path, manifest, { sheet: own, after: above.rows, names }, onBytes),
  };
}

/** A whole workbook, once it is known what it unpacks to. @throws FedReconError `file-unreadable`, `table-unreadable`, `table-large` */
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
  if (unpacked === undefined) throw new FedReconError('table-unreadable', { manifest });
  if (unpacked > mostUnpacked || size > mostPacked) {
    const megabytes = (count: number) => Math.ceil(count / 2 ** 20);
    throw new FedReconError('table-large', {
      ...{ manifest, actual: megabytes(unpacked), limit: megabytes(mostUnpacked) },
    });
  }
}

async function sheetHeads(
  bytes: Buffer,
  manifest: string,
  ofCells: readonly CellSheet[],
): Promise<SheetHead[]> {
  const names = new Set(ofCells.map(({ name }) => name));
  try {
    const { sheets } = await readXlsx(bytes, {
      maxRows: headRows,
      sheets: ({ name, hidden, veryHidden }) => names.has(name) && !hidden && !veryHidden,
    });
    return sheets.map(({ name, rows }) => ({
      name,
      rows: Array.from(rows.slice(0, headRows), (cells) => Array.from(cells ?? [], cellText)),
    }));
  } catch (cause) {
    throw new FedReconError('table-unreadable', { manifest }, { cause });
  }
}

/** Where the parts of a sheet are. */
interface SheetPart {
  readonly sheet: CellSheet;
  /** Rows above the first part. */
  readonly after: number;
  readonly names: readonly string[];
}

async function* rowsOf(
  path: string,
  manifest: string,
  { sheet, after, names }: SheetPart,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<ManifestRow> {
  const bytes = await readChecked(path, manifest);
  onBytes?.(bytes.length);
  try {
    const notes = rowNotes(bytes, sheet);
    let next = await notes.next();
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: sheet.name })) {
      if (index < after) continue;
      const row = index + 1;
      while (!next.done && next.value.index < index) next = await notes.next();
      const own = !next.done && next.value.index === index ? next.value : undefined;
      const cells = Array.from(values, own ? (value, column) => notedCell(own, column, value) : cellText);
      while (cells.at(-1) === '') cells.pop();
      if (cells.length === 0) continue;
      const detail = { actual: cells.length, expected: names.length };
      if (cells.length > names.length) yield { row, problem: { row, column: '', code: 'row-width', detail } };
      else if (own && own.unsaved.size > 0) yield { row, cells, isDamaged: true };
      else yield { row, cells };
    }
  } catch (cause) {
    throw new FedReconError('table-unreadable', { manifest }, { cause });
  }
}

/** A cell as a person sees it: a percentage with its sign, and a formula without a value as one that cannot be read. */
function notedCell({ percents, unsaved }: RowNotes, column: number, value: unknown): string {
  const formula = unsaved.get(column);
  if (formula !== undefined) return unsavedFormula(formula);
  if (!percents.has(column) || typeof value !== 'number') return cellText(value);
  // 0.07 is 7 %, and not 7.000000000000001.
  return `${Number((100 * value).toPrecision(15))}%`;
}

function isFilled(cells: readonly string[]): boolean {
  return cells.some((cell) => cell !== '');
}

function hasColumn({ rows }: SheetHead, column: number): boolean {
  return rows.some((cells) => (cells[column] ?? '') !== '');
}
