import { crc32, deflateRawSync } from 'node:zlib';

/** Archive of some files, every second of them packed. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const [index, [path, text]] of Object.entries(files).entries()) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)];
    const packed = index % 2 === 0 ? deflateRawSync(content) : content;
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(index % 2 === 0 ? 8 : 0, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\0', 'latin1'), entry.subarray(8, 32)]);
    bodies.push(local, name, packed);
    at += local.length + name.length + packed.length;
    list.push(entry, name);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(list).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...list, end]);
}

/** Kinds of relations between the files of a workbook. */
export const workbookKinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** List of relations: the files that one of a workbook names. */
export const relations = (...all: readonly (readonly [id: string, kind: string, target: string])[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all
    .map(
      ([id, kind, target]) => `<Relationship Id="${id}" Type="${workbookKinds}/${kind}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

/** Cell of a text. */
export const text = (cell: string) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`;
/** Row of cells. */
export const row = (number: number, ...cells: readonly string[]) =>
  `<row r="${number}">${cells.join('')}</row>`;

/** Cell of a number, in the style of this place. */
export const number = (value: number, style = 0) => `<c s="${style}"><v>${value}</v></c>`;

/** Sheet of a workbook: its rows, what stands before and behind them, and whether it is hidden. */
export interface TestSheet {
  readonly rows: readonly string[];
  readonly columns?: string;
  readonly merged?: readonly string[];
  readonly state?: string;
}

/** Workbook of these sheets by name; number formats: 1 `[h]:mm`, 2 `0000`, 3 `h:mm`, from 4 on those of these codes. */
export function workbookOf(
  sheets: Readonly<Record<string, TestSheet>>,
  codes: readonly string[] = [],
): Buffer {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const all = Object.entries(sheets);
  return zip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations(['r1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${workbookKinds}"><sheets>${all
      .map(
        ([name, { state = 'visible' }], place) =>
          `<sheet name="${name}" sheetId="${place + 1}" state="${state}" r:id="r${place + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ...all.map((_, place) => [`r${place + 1}`, 'worksheet', `worksheets/sheet${place + 1}.xml`] as const),
      ['r99', 'styles', 'styles.xml'],
    ),
    'xl/styles.xml': `<styleSheet ${main}><numFmts count="2"><numFmt numFmtId="164" formatCode="[h]:mm"/>
      <numFmt numFmtId="165" formatCode="0000"/>${codes
        .map((code, place) => `<numFmt numFmtId="${166 + place}" formatCode="${code}"/>`)
        .join('')}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>
      <xf numFmtId="165"/><xf numFmtId="20"/>${codes.map((_, place) => `<xf numFmtId="${166 + place}"/>`).join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      all.map(([, { rows, columns = '', merged = [] }], place) => [
        `xl/worksheets/sheet${place + 1}.xml`,
        `<worksheet ${main}>${columns}<sheetData>${rows.join('')}</sheetData><mergeCells>${merged
          .map((ref) => `<mergeCell ref="${ref}"/>`)
          .join('')}</mergeCells></worksheet>`,
      ]),
    ),
  });
}
