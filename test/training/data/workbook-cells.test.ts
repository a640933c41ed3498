import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../protocol/plan.ts';
import { openManifest } from '../../../training/data/manifest/manifest.ts';
import { cellText } from '../../../training/data/manifest/typed-table.ts';
import { codeOf, folderWith, importFolder, plan } from './support.ts';
import { number, relations, row, text, workbookKinds, workbookOf, zip } from './workbook-files.ts';

/** Workbook of a chart sheet and one sheet with these rows; number formats: 1 `0.0%`, 2 `0%`, 3 `0.0"%"`. */
function workbook(...rows: readonly string[]): Buffer {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return zip({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations(['r1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${workbookKinds}"><sheets><sheet name="Chart" sheetId="1" r:id="r1"/>
      <sheet name="R &amp; D" sheetId="2" r:id="r2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['r1', 'chartsheet', 'chartsheets/sheet1.xml'],
      ['r2', 'worksheet', '/xl/worksheets/sheet2.xml'],
      ['r3', 'styles', 'styles.xml'],
    ),
    'xl/chartsheets/sheet1.xml': `<chartsheet ${main}/>`,
    'xl/worksheets/sheet2.xml': `<worksheet ${main}><sheetData>${rows.join('')}</sheetData></worksheet>`,
    'xl/styles.xml': `<styleSheet ${main}><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>
      <numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
  });
}

/** Cells of the rows below the names, in what a workbook is read as. */
async function cellsOf(bytes: Buffer): Promise<(readonly string[])[]> {
  const manifest = await openManifest(join(folderWith({ 'parts.xlsx': bytes }), 'parts.xlsx'));
  const rows: (readonly string[])[] = [];
  for await (const found of manifest.rows()) if ('cells' in found) rows.push(found.cells);
  return rows;
}

/** What cells of numbers are read as by the code of their format, beside what is expected. */
async function shownBy(
  codes: Readonly<Record<string, readonly [value: number, expected: string]>>,
): Promise<(readonly [cell: string, expected: string])[]> {
  const escaped = (code: string) =>
    code.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('>', '&gt;');
  const all = Object.entries(codes);
  const bytes = workbookOf(
    {
      Data: {
        rows: [
          row(1, text('id'), text('value')),
          ...all.map(([, [value]], place) => row(place + 2, text(`P${place}`), number(value, 4 + place))),
        ],
      },
    },
    all.map(([code]) => escaped(code)),
  );
  const cells = await cellsOf(bytes);
  return all.map(([code, [, expected]], place) => [`${code}: ${cells[place]![1]}`, `${code}: ${expected}`]);
}

const head = row(1, ...['id', 'gauge_1', 'gauge_2', 'gauge_3', 'note'].map(text));

describe('cells of a workbook', () => {
  it('are percentages where they show percentages, beside a chart', async () => {
    const bytes = workbook(
      row(1, text('id'), text('rate'), text('share')),
      row(2, text('A'), '<c s="1"><v>0.07</v></c>', '<c s="3"><v>7</v></c>'),
      '<row><c t="inlineStr"><is><t>B</t></is></c><c r="B3" s="2" t="n"><v>-1.5E-3</v></c></row>',
      row(5, text('C'), '<c r="B5" s="1"/>', '<c r="C5"><v>0.07</v></c>'),
    );
    const manifest = await openManifest(join(folderWith({ 'parts.xlsx': bytes }), 'parts.xlsx'));
    const rows: unknown[] = [];
    for await (const found of manifest.rows())
      rows.push('cells' in found ? [found.row, ...found.cells] : found);
    expect(rows).toEqual([
      [2, 'A', '7%', '7 %'],
      [3, 'B', '-0.15%'],
      [5, 'C', '', '0.07'],
    ]);
    expect(manifest.units.map(({ unit }) => unit)).toEqual(['', '%', '%']);
    expect(manifest.found).toMatchObject({ sheet: { value: 'R & D', confidence: 1 }, sheets: ['R & D'] });
  });

  it('are what a format shows beside the digits: units, thousands, words in place of a number, ids', async () => {
    const shown = await shownBy({
      '0.0 "mm"': [12.5, '12.5 mm'],
      '0.0\\ \\m\\m': [-0.25, '-0.25 mm'],
      '0.0,"kN"': [12_500, '12.5 kN'],
      '[>=1000]0.0,"kN";0 "N"': [400, '400 N'],
      '0.0;-0.0;"n.d."': [0, 'n.d.'],
      '"P-"0000': [7, 'P-0007'],
      '0%': [0.07, '7%'],
      // These only look otherwise; the number stands for itself.
      '[$€-de-DE] #,##0.00': [12.5, '12.5'],
      '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-;_-* "-"??_-': [0, '0'],
      '[Red]0.0_);(0.0)': [-2, '-2'],
      '# ?/?': [0.5, '0.5'],
      '0.00E+00': [1500, '1500'],
      ';;;': [3, '3'],
      '"d"0.0': [1.5, '1.5'],
    });
    for (const [cell, expected] of shown) expect(cell).toBe(expected);
  });

  it('keep one unit or are listed, where formats of one column show two', async () => {
    const bytes = workbook(
      head,
      row(2, text('A'), ...[1, 2, 3].map((value) => `<c s="3"><v>${value}</v></c>`)),
      row(3, text('B'), '<c s="3"><v>1</v></c>', '<c><v>2</v></c>', '<c s="3"><v>3</v></c>'),
    );
    const folder = folderWith({ 'parts.xlsx': bytes });
    const inPercent = { ...plan, modalities: plan.modalities.map((one) => ({ ...one, unit: '%' })) } as Plan;
    const { parts, problems } = await importFolder(folder, {}, { manifest: 'parts.xlsx', plan: inPercent });
    expect(parts.map(({ id }) => id)).toEqual(['A']);
    expect(problems.map(({ row: at, column, code }) => [at, column, code])).toContainEqual([
      3,
      'gauge_2',
      'unit-cell',
    ]);
  });

  it('have no readings (furigana) in their texts, wherever these stand', async () => {
    const read = '<rPh sb="0" eb="2"><t>キズ</t></rPh><phoneticPr fontId="1"/>';
    const bytes = workbook(
      row(1, text('id'), text('note')),
      row(2, text('A'), `<c t="inlineStr"><is><t>傷あり</t>${read}</is></c>`),
      row(
        3,
        text('B'),
        `<c t="inlineStr"><is><r><t>傷</t></r><r><t xml:space="preserve"> 大</t></r>${read}</is></c>`,
      ),
    );
    expect(await cellsOf(bytes)).toEqual([
      ['A', '傷あり'],
      ['B', '傷 大'],
    ]);
  });

  it('are listed by row where a formula was saved without its value; what it gave, if nothing, is nothing', async () => {
    const gauge = (...values: readonly string[]) => values.map((value) => `<c>${value}</c>`).join('');
    const bytes = workbook(
      head,
      row(2, text('A'), gauge('<v>1</v>', '<f>B2*2&lt;3</f><v></v>', '<v>3</v>'), text('ok')),
      row(3, '<c><f>"B"&amp;1</f></c>', gauge('<v>1</v>', '<v>2</v>', '<v>3</v>'), text('ok')),
      row(
        4,
        text('C'),
        gauge('<v>1</v>', '<f>1+1</f><v>2</v>', '<v>3</v>'),
        '<c t="str"><f>A1</f><v></v></c>',
      ),
      row(5, text('D'), gauge('<v>1</v>', '<v>2</v>', '<v>3</v>'), '<c><f t="shared" si="0"/></c>'),
    );
    const { parts, problems } = await importFolder(
      folderWith({ 'parts.xlsx': bytes }),
      {},
      { manifest: 'parts.xlsx' },
    );
    expect(parts.map(({ id, values }) => [id, ...Object.keys(values)])).toEqual([
      ['A', 'note'],
      ['C', 'gauge'],
      ['D', 'gauge'],
    ]);
    const found = problems.map(({ row: at, column, code, detail }) => [at, column, code, detail.value]);
    expect(found).toEqual([
      [2, 'gauge_2', 'formula-unsaved', '=B2*2<3'],
      [3, 'id', 'formula-unsaved', '="B"&1'],
      [5, 'note', 'formula-unsaved', '='],
    ]);
  });

  it('are no ids where a spreadsheet has rounded them', async () => {
    const bytes = workbook(
      head,
      row(
        2,
        '<c><v>90071992547409931234</v></c>',
        '<c><v>1E+15</v></c>',
        '<c><v>2</v></c>',
        '<c><v>3</v></c>',
        text('a'),
      ),
      row(3, text('90071992547409931234'), ...Array.from({ length: 3 }, () => '<c><v>1</v></c>'), text('b')),
      row(
        4,
        '<c><v>123456789012345</v></c>',
        ...Array.from({ length: 3 }, () => '<c><v>1</v></c>'),
        text('c'),
      ),
    );
    const numbered = { gauge_1: 'gauge:1', gauge_2: 'gauge:2', gauge_3: 'gauge:3' };
    const roles = { id: 'id', ...numbered, note: 'note' };
    const { parts, problems } = await importFolder(folderWith({ 'parts.xlsx': bytes }), roles, {
      manifest: 'parts.xlsx',
    });
    expect(parts.map(({ id }) => id)).toEqual(['90071992547409931234', '123456789012345']);
    expect(problems.map(({ row: at, code, detail }) => [at, code, detail.value])).toEqual([
      [2, 'id-rounded', '9.007199254740994e+19'],
    ]);
    const csv = 'id,gauge,note\n1.23457E+11,1 2 3,a\n4E+05,1 2 3,b\n4E05,1 2 3,c\n';
    const read = await importFolder(folderWith({ 'parts.csv': csv }), {
      id: 'id',
      gauge: 'gauge',
      note: 'note',
    });
    expect(read.parts.map(({ id }) => id)).toEqual(['4E05']);
    expect(read.problems.map(({ code }) => code)).toEqual(['id-rounded', 'id-rounded']);
  });

  it('are refused with the workbook where it does not say what its sheets are', async () => {
    const bytes = zip({ '[Content_Types].xml': '<Types/>', '_rels/.rels': relations() });
    expect(await codeOf(openManifest(join(folderWith({ 'a.xlsx': bytes }), 'a.xlsx')))).toBe(
      'table-unreadable',
    );
  });
});

it('a typed number of more digits than spreadsheets keep is written with its exponent', () => {
  expect([cellText(-1e15), cellText(999999999999999), cellText(1234567890123456n)]).toEqual([
    '-1e+15',
    '999999999999999',
    '1234567890123456',
  ]);
});
