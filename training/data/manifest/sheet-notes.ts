import { posix } from 'node:path';
import { fileInZip, textInZip } from './zip-file.ts';

/** What is to be known of a row's cells beyond their values; columns from 0. */
export interface RowNotes {
  /** From 0. */
  readonly index: number;
  /** Cells that show a hundred times their number and a percent sign. */
  readonly percents: ReadonlySet<number>;
  /** Formulas that were saved without their values, as programs do that cannot calculate. */
  readonly unsaved: ReadonlyMap<number, string>;
  /** Cells that show a length of time in hours beyond a day, with their days. */
  readonly durations: ReadonlyMap<number, number>;
  /** Cells that show a whole number with leading zeros, with the digits that they show. */
  readonly padded: ReadonlyMap<number, number>;
  readonly isHidden: boolean;
}

/** What is to be known of a whole sheet. */
export interface SheetShape {
  /** Columns that are hidden, from 0. */
  readonly hiddenColumns: ReadonlySet<number>;
  readonly hiddenRows: number;
  /** Cells that were made one over several rows: their first column and their first and last row, from 0. */
  readonly merged: readonly { readonly column: number; readonly from: number; readonly to: number }[];
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
  const folder = first?.file.replace(/[^/]+\/[^/]+$/, '') ?? 'xl/';
  return `${folder}sharedStrings.xml`;
}

/** Notes on those rows of a sheet that need some, in their order. */
export async function* rowNotes(workbook: Buffer, { file }: CellSheet): AsyncGenerator<RowNotes> {
  const folder = file.slice(0, file.lastIndexOf('/', file.lastIndexOf('/') - 1) + 1);
  const styles = cellStyles(await textInZip(workbook, `${folder}styles.xml`));
  let last = -1;
  for await (const text of rowTexts(fileInZip(workbook, file) ?? [])) {
    const number = /^<(?:\w+:)?row\b[^>]*?\sr="(\d+)"/.exec(text)?.[1];
    last = number === undefined ? last + 1 : Number(number) - 1;
    if (styles.size === 0 && !/<(?:\w+:)?f\b/.test(text) && !hiddenRow.test(text)) continue;
    const notes = notesIn(text, last, styles);
    if (notes) yield notes;
  }
}

const hiddenRow = /^<(?:\w+:)?row\b[^>]*\shidden="(?:1|true)"/;

function notesIn(text: string, index: number, styles: ReadonlyMap<string, CellStyle>): RowNotes | undefined {
  const percents = new Set<number>();
  const unsaved = new Map<number, string>();
  const durations = new Map<number, number>();
  const padded = new Map<number, number>();
  let column = -1;
  for (const cell of text.split(/<(?:\w+:)?c(?=[\s/>])/).slice(1)) {
    const end = cell.indexOf('>');
    const content = cell.slice(end + 1);
    const { r = '', s = '', t = 'n' } = attributes(cell.slice(0, end));
    column = r === '' ? column + 1 : columnOf(r);
    const value = /<(?:\w+:)?v\b[^>]*>([^<]+)/.exec(content)?.[1];
    const style = value !== undefined && t === 'n' ? styles.get(s) : undefined;
    if (style === 'percent') percents.add(column);
    else if (style === 'duration') durations.set(column, Number(value));
    else if (style !== undefined) padded.set(column, style);
    const formula = /<(?:\w+:)?f\b[^>]*?(?:\/>|>([^<]*))/.exec(content);
    // A formula that gives an empty text is saved as such a text.
    if (formula && value === undefined && t !== 'str') unsaved.set(column, plain(formula[1] ?? ''));
  }
  const isHidden = hiddenRow.test(text);
  return isHidden || percents.size + unsaved.size + durations.size + padded.size > 0
    ? { index, percents, unsaved, durations, padded, isHidden }
    : undefined;
}

/** What a number format does to a number beyond rounding it: `padded` with so many digits. */
type CellStyle = 'percent' | 'duration' | number;

/** Number formats that spreadsheets know without a definition: `0%`, `0.00%` and `[h]:mm:ss` (ECMA-376, 18.8.30). */
const knownStyles: readonly (readonly [id: string, style: CellStyle])[] = [
  ['9', 'percent'],
  ['10', 'percent'],
  ['46', 'duration'],
];

/** Style of a format's code; what stands in quotation marks is only written behind a number. */
function styleOf(formatCode: string): CellStyle | undefined {
  const code = formatCode.replaceAll(/"[^"]*"|\\./g, '');
  if (/\[(h+|m+|s+)\]/i.test(code)) return 'duration';
  if (code.includes('%')) return 'percent';
  return /^0{2,}$/.test(code) ? code.length : undefined;
}

/** Places in a workbook's list of cell formats of those that change what a number says. */
function cellStyles(styles: string): ReadonlyMap<string, CellStyle> {
  const own = elements(styles, 'numFmt').flatMap(({ numFmtId = '', formatCode = '' }) => {
    const style = styleOf(formatCode);
    return style === undefined ? [] : [[numFmtId, style] as const];
  });
  const byFormat = new Map([...knownStyles, ...own]);
  const formats = /<(?:\w+:)?cellXfs\b.*?<\/(?:\w+:)?cellXfs>/s.exec(styles)?.[0] ?? '';
  return new Map(
    elements(formats, 'xf').flatMap(({ numFmtId = '' }, place) => {
      const style = byFormat.get(numFmtId);
      return style === undefined ? [] : [[String(place), style] as const];
    }),
  );
}

/** Longest element of those that are looked for. */
const longestElement = 400;

/** Looks through a whole sheet for what is hidden in it, and for cells that were made one. */
export async function sheetShape(workbook: Buffer, { file }: CellSheet): Promise<SheetShape> {
  const hiddenColumns = new Set<number>();
  const merged: { column: number; from: number; to: number }[] = [];
  let [hiddenRows, hasTexts, rest] = [0, false, ''];
  const decoder = new TextDecoder();
  for await (const piece of fileInZip(workbook, file) ?? []) {
    const text = rest + decoder.decode(piece, { stream: true });
    // An element that the piece cuts is looked at with the next one.
    const cut = text.lastIndexOf('<', text.length);
    const end = cut >= 0 && text.length - cut < longestElement ? cut : text.length;
    const whole = text.slice(0, end);
    rest = text.slice(end);
    hasTexts ||= /\st="(?:inlineStr|str)"/.test(whole);
    hiddenRows += whole.match(/<(?:\w+:)?row\b[^>]*\shidden="(?:1|true)"/g)?.length ?? 0;
    for (const { min = '', max = '', hidden = '' } of elements(whole, 'col'))
      if (/^(1|true)$/.test(hidden))
        for (let column = Number(min); column <= Math.min(Number(max), mostColumns); column++)
          hiddenColumns.add(column - 1);
    for (const { ref = '' } of elements(whole, 'mergeCell')) {
      const [, first = '', from, , to] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/i.exec(ref) ?? [];
      if (to !== undefined && Number(to) > Number(from))
        merged.push({ column: columnOf(first), from: Number(from) - 1, to: Number(to) - 1 });
    }
  }
  return { hiddenColumns, hiddenRows, merged, hasTexts };
}

/** Columns of a sheet, at most (ECMA-376). */
const mostColumns = 16_384;

/** Texts of the rows of a sheet, each from its own mark on. */
async function* rowTexts(sheet: AsyncIterable<Buffer> | readonly Buffer[]): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of sheet) {
    text += decoder.decode(piece, { stream: true });
    const rows = text.split(/(?=<(?:\w+:)?row\b)/);
    text = rows.pop()!;
    for (const row of rows) if (isRow(row)) yield row;
  }
  if (isRow(text)) yield text;
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
    Array.from(head.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g), ([, key = '', one, other]) => [
      key,
      plain(one ?? other ?? ''),
    ]),
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
