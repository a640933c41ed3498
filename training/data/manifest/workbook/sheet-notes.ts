import { posix } from 'node:path';
import { cellText } from '../typed-table.ts';
import { type ShownNumber, shownNumbers } from './number-format.ts';
import { fileInZip, textInZip } from './zip-file.ts';

/** What is to be known of a row's cells beyond their values; columns from 0. */
export interface RowNotes {
  /** From 0. */
  readonly index: number;
  /** Formulas that were saved without their values, as programs do that cannot calculate. */
  readonly unsaved: ReadonlyMap<number, string>;
  /** Cells that show something else than the value that is saved: `12 mm`, `5%`, `25:00:00`, `0007`; and texts without their readings. */
  readonly shown: ReadonlyMap<number, string>;
  /** Formula by which the row sums up those above, if it does. */
  readonly total: string | undefined;
  readonly isHidden: boolean;
}

/** What is to be known of a whole sheet. */
export interface SheetShape {
  /** Columns that are hidden, from 0. */
  readonly hiddenColumns: ReadonlySet<number>;
  readonly hiddenRows: number;
  /** Cells that were made one over several rows: their first column and their first and last row, from 0. */
  readonly merged: readonly { readonly column: number; readonly from: number; readonly to: number }[];
  /** Last row with a cell that says something, from 0; −1 where none does. What follows are rows that only look like something. */
  readonly lastRow: number;
  /** True if it holds texts of its own, beside those that all sheets share. */
  readonly hasTexts: boolean;
}

/** Sheet of cells: chart sheets are none. */
export interface CellSheet {
  readonly name: string;
  /** Its file in the archive. */
  readonly file: string;
  readonly isHidden: boolean;
}

/** Sheets of cells in a workbook, as its own lists say (ECMA-376, 12.3); none where these cannot be followed. */
export async function cellSheets(workbook: Buffer): Promise<CellSheet[]> {
  const root = elements(await textInZip(workbook, '_rels/.rels'), 'Relationship');
  const target = root.find(({ Type = '' }) => Type.endsWith('/officeDocument'))?.Target;
  if (target === undefined) return [];
  const path = inFolder('', target);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = path.slice(folder.length);
  const relations = elements(await textInZip(workbook, `${folder}_rels/${name}.rels`), 'Relationship');
  const files = new Map(
    relations
      .filter(({ Type = '' }) => Type.endsWith('/worksheet'))
      .map(({ Id = '', Target = '' }) => [Id, inFolder(folder, Target)]),
  );
  return elements(await textInZip(workbook, path), 'sheet').flatMap((sheet) => {
    const file = files.get(
      sheet['r:id'] ?? Object.entries(sheet).find(([key]) => key.endsWith(':id'))?.[1] ?? '',
    );
    const isHidden = /^(very)?hidden$/i.test(sheet.state ?? '');
    return file === undefined ? [] : [{ name: sheet.name ?? '', file, isHidden }];
  });
}

/** File of the texts that all sheets share, beside the sheets' folder; what is usual where the lists say none. */
export async function sharedTexts(workbook: Buffer): Promise<string> {
  const [first] = await cellSheets(workbook);
  return `${first ? folderAbove(first.file) : 'xl/'}sharedStrings.xml`;
}

/** Folder in which the folder of the sheets is. */
function folderAbove(file: string): string {
  return file.slice(0, file.lastIndexOf('/', file.lastIndexOf('/') - 1) + 1);
}

/** Notes on those rows of a sheet that need some, in their order. */
export async function* rowNotes(workbook: Buffer, { file }: CellSheet): AsyncGenerator<RowNotes> {
  const folder = folderAbove(file);
  const styles = cellStyles(await textInZip(workbook, `${folder}styles.xml`));
  let last = -1;
  for await (const text of rowTexts(fileInZip(workbook, file) ?? [])) {
    const number = /^<(?:\w+:)?row\b[^>]*?\sr="(\d+)"/.exec(text)?.[1];
    last = number === undefined ? last + 1 : Number(number) - 1;
    if (styles.size === 0 && !noted.test(text) && !hiddenRow.test(text)) continue;
    const notes = notesIn(text, last, styles);
    if (notes) yield notes;
  }
}

const hiddenRow = /^<(?:\w+:)?row\b[^>]*\shidden="(?:1|true)"/;
/** What makes a row need notes: formulas, and readings (furigana) of texts that stand in their cells. */
const noted = /<(?:\w+:)?(?:f|rPh)\b/;

function notesIn(text: string, index: number, styles: CellStyles): RowNotes | undefined {
  const unsaved = new Map<number, string>();
  const shown = new Map<number, string>();
  let total: string | undefined;
  let hasOwnNumber = false;
  let column = -1;
  for (const cell of text.split(/<(?:\w+:)?c(?=[\s/>])/).slice(1)) {
    const end = cell.indexOf('>');
    const content = cell.slice(end + 1);
    // The attributes of a cell alone hold no references, and there are many cells.
    const head = cell.slice(0, end);
    const t = /\st=["'](\w+)/.exec(head)?.[1] ?? 'n';
    const s = /\ss=["'](\d+)/.exec(head)?.[1] ?? '';
    const r = /\sr=["']([a-z]+)/i.exec(head)?.[1];
    column = r === undefined ? column + 1 : columnOf(r);
    const value = /<(?:\w+:)?v\b[^>]*>([^<]+)/.exec(content)?.[1];
    if (value !== undefined && t === 'n') {
      const show = styles.get(s);
      const as = show?.(Number(value), cellText(Number(value)));
      if (as !== undefined) shown.set(column, as);
    }
    if (t === 'inlineStr' && /<(?:\w+:)?rPh\b/.test(content)) shown.set(column, withoutReadings(content));
    const formula = /<(?:\w+:)?f\b[^>]*?(?:\/>|>([^<]*))/.exec(content);
    // A formula that gives an empty text is saved as such a text.
    if (formula && value === undefined && t !== 'str') unsaved.set(column, plain(formula[1] ?? ''));
    if (formula && sumsUp(plain(formula[1] ?? ''), column, index)) total ??= plain(formula[1]!);
    hasOwnNumber ||= !formula && value !== undefined && t === 'n';
  }
  if (hasOwnNumber) total = undefined;
  const isHidden = hiddenRow.test(text);
  return isHidden || total !== undefined || unsaved.size + shown.size > 0
    ? { index, unsaved, shown, total, isHidden }
    : undefined;
}

/** Text that stands in its cell, without how it is read. */
function withoutReadings(content: string): string {
  const texts = content
    .replaceAll(/<(\w+:)?rPh\b[\s\S]*?<\/(\w+:)?rPh>/g, '')
    .matchAll(/<(?:\w+:)?t\b[^>]*>([^<]*)/g);
  return Array.from(texts, ([, text = '']) => plain(text))
    .join('')
    .trim();
}

const summing =
  /\b(?:SUBTOTAL|AGGREGATE|SUM|AVERAGE|MEDIAN|MIN|MAX|COUNTA?|STDEV(?:\.[PS]|P|A)?|VAR(?:\.[PS]|P|A)?)\(/i;

/** True if a formula sums up cells of its own column above it, or a column of a table by its name. */
function sumsUp(formula: string, column: number, index: number): boolean {
  if (!summing.test(formula)) return false;
  if (/\bSUBTOTAL\([^)]*\[/i.test(formula)) return true;
  return Array.from(formula.matchAll(/\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)/gi)).some(
    ([, first = '', from, last = '', to]) =>
      columnOf(first) === column &&
      columnOf(last) === column &&
      Number(from) < Number(to) &&
      Number(to) <= index,
  );
}

type CellStyles = ReadonlyMap<string, ShownNumber>;

/** What the cell formats of a workbook show of numbers. */
function cellStyles(styles: string): CellStyles {
  const own = elements(styles, 'numFmt').map(
    ({ numFmtId = '', formatCode = '' }) => [numFmtId, formatCode] as const,
  );
  const formats = /<(?:\w+:)?cellXfs\b.*?<\/(?:\w+:)?cellXfs>/s.exec(styles)?.[0] ?? '';
  return shownNumbers(
    own,
    elements(formats, 'xf').map(({ numFmtId = '' }) => numFmtId),
  );
}

/** What begins the content of a cell: its value, its own text, or its formula. */
const content = ['<v', '<is', '<f', ':v>', ':is>', ':f>'] as const;

/** Longest element of those that are looked for. */
const longestElement = 400;

/** Looks through a whole sheet for what is hidden in it, for cells that were made one, and for its end. */
export async function sheetShape(workbook: Buffer, { file }: CellSheet): Promise<SheetShape> {
  const hiddenColumns = new Set<number>();
  const merged: { column: number; from: number; to: number }[] = [];
  let [hiddenRows, hasTexts, rest] = [0, false, ''];
  let [row, lastRow, isBelow] = [-1, -1, false];
  const decoder = new TextDecoder();
  for await (const piece of fileInZip(workbook, file) ?? []) {
    const text = rest + decoder.decode(piece, { stream: true });
    // An element that the piece cuts is looked at with the next one.
    const cut = text.lastIndexOf('<', text.length);
    const end = cut >= 0 && text.length - cut < longestElement ? cut : text.length;
    const whole = text.slice(0, end);
    rest = text.slice(end);
    hasTexts ||= /\st="(?:inlineStr|str)"/.test(whole);
    if (row < 0)
      for (const { min = '', max = '', hidden = '' } of elements(whole, 'col'))
        if (/^(1|true)$/.test(hidden))
          for (let column = Number(min); column <= Math.min(Number(max), mostColumns); column++)
            hiddenColumns.add(column - 1);
    const close = isBelow ? 0 : whole.search(/<\/(?:\w+:)?sheetData>/);
    isBelow = close >= 0;
    const cells = isBelow ? whole.slice(0, close) : whole;
    const says = Math.max(...content.map((mark) => cells.lastIndexOf(mark)));
    let owner = row;
    for (const { 0: head, index: at } of cells.matchAll(/<(?:\w+:)?row\b[^>]*>/g)) {
      row = Number(/\sr="(\d+)"/.exec(head)?.[1] ?? row + 2) - 1;
      if (at < says) owner = row;
      if (hiddenRow.test(head)) hiddenRows++;
    }
    if (says >= 0) lastRow = Math.max(lastRow, owner);
    if (!isBelow) continue;
    for (const { ref = '' } of elements(whole, 'mergeCell')) {
      const [, first = '', from, , to] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/i.exec(ref) ?? [];
      if (to !== undefined && Number(to) > Number(from))
        merged.push({ column: columnOf(first), from: Number(from) - 1, to: Number(to) - 1 });
    }
  }
  return { hiddenColumns, hiddenRows, merged, hasTexts, lastRow };
}

/** Columns of a sheet, at most (ECMA-376). */
const mostColumns = 16_384;

/** Texts of the rows of a sheet, each from its own mark on. */
async function* rowTexts(sheet: AsyncIterable<Buffer> | readonly Buffer[]): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // A row may be long, and is looked through once.
  let begun: string[] = [];
  let rest = '';
  for await (const piece of sheet) {
    const text = rest + decoder.decode(piece, { stream: true });
    const cut = text.lastIndexOf('<');
    const end = cut >= 0 && text.length - cut < longestElement ? cut : text.length;
    rest = text.slice(end);
    for (const part of text.slice(0, end).split(/(?=<(?:\w+:)?row\b)/)) {
      if (isRow(part)) {
        if (isRow(begun[0] ?? '')) yield begun.join('');
        begun = [];
      }
      begun.push(part);
    }
  }
  begun.push(rest);
  if (isRow(begun[0]!)) yield begun.join('');
}

function isRow(text: string): boolean {
  return /^<(?:\w+:)?row\b/.test(text);
}

/** Attributes of all elements of a name in an XML text. */
function elements(xml: string, name: string): Readonly<Record<string, string>>[] {
  return Array.from(xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)?/?>`, 'g')), ([, head = '']) =>
    attributes(head),
  );
}

function attributes(head: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(
      head.matchAll(/(?<![\w:])([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g),
      ([, key = '', one, other]) => [key, plain(one ?? other ?? '')],
    ),
  );
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of XML without its references. */
function plain(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** File that a list in a folder of the archive names. */
function inFolder(folder: string, target: string): string {
  return target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
}

/** Column of a cell's reference, from 0: that of `AB12` is 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.toUpperCase().match(/^[A-Z]+/)?.[0] ?? '')
    column = 26 * column + letter.charCodeAt(0) - 64;
  return column - 1;
}
