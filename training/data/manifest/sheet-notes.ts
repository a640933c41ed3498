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
}

/** Sheet of cells: chart sheets are none. */
export interface CellSheet {
  readonly name: string;
  /** Its file in the archive. */
  readonly file: string;
}

/** Number formats that spreadsheets know without a definition: `0%` and `0.00%` (ECMA-376, 18.8.30). */
const knownPercents = ['9', '10'];

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
    return file === undefined ? [] : [{ name: sheet.name ?? '', file }];
  });
}

/** Notes on those rows of a sheet that need some, in their order. */
export async function* rowNotes(workbook: Buffer, { file }: CellSheet): AsyncGenerator<RowNotes> {
  const folder = file.slice(0, file.lastIndexOf('/', file.lastIndexOf('/') - 1) + 1);
  const percents = percentStyles(await textInZip(workbook, `${folder}styles.xml`));
  let last = -1;
  for await (const text of rowTexts(fileInZip(workbook, file) ?? [])) {
    const number = /^<(?:\w+:)?row\b[^>]*?\sr="(\d+)"/.exec(text)?.[1];
    last = number === undefined ? last + 1 : Number(number) - 1;
    if (percents.size === 0 && !/<(?:\w+:)?f\b/.test(text)) continue;
    const notes = notesIn(text, last, percents);
    if (notes) yield notes;
  }
}

function notesIn(text: string, index: number, styles: ReadonlySet<string>): RowNotes | undefined {
  const percents = new Set<number>();
  const unsaved = new Map<number, string>();
  let column = -1;
  for (const cell of text.split(/<(?:\w+:)?c(?=[\s/>])/).slice(1)) {
    const end = cell.indexOf('>');
    const content = cell.slice(end + 1);
    const { r = '', s = '', t = 'n' } = attributes(cell.slice(0, end));
    column = r === '' ? column + 1 : columnOf(r);
    const isValued = /<(?:\w+:)?v\b[^>]*>[^<]/.test(content);
    if (isValued && t === 'n' && styles.has(s)) percents.add(column);
    const formula = /<(?:\w+:)?f\b[^>]*?(?:\/>|>([^<]*))/.exec(content);
    // A formula that gives an empty text is saved as such a text.
    if (formula && !isValued && t !== 'str') unsaved.set(column, plain(formula[1] ?? ''));
  }
  return percents.size + unsaved.size > 0 ? { index, percents, unsaved } : undefined;
}

/** Places in a workbook's list of cell formats of those that show percents; a sign in quotation marks is only written behind a number. */
function percentStyles(styles: string): ReadonlySet<string> {
  const own = elements(styles, 'numFmt').filter(({ formatCode = '' }) =>
    formatCode.replaceAll(/"[^"]*"|\\./g, '').includes('%'),
  );
  const percents = new Set([...knownPercents, ...own.map(({ numFmtId = '' }) => numFmtId)]);
  const formats = /<(?:\w+:)?cellXfs\b.*?<\/(?:\w+:)?cellXfs>/s.exec(styles)?.[0] ?? '';
  const places = elements(formats, 'xf').flatMap(({ numFmtId = '' }, place) =>
    percents.has(numFmtId) ? [String(place)] : [],
  );
  return new Set(places);
}

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
