import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { surveyBytes } from '../../../training/data/manifest/encoding/encoding.ts';
import { findManifest, openManifest } from '../../../training/data/manifest/manifest.ts';
import type { ManifestRow } from '../../../training/data/manifest/rows.ts';
import { codeOf, folderWith } from './support.ts';

async function open(content: string | Uint8Array) {
  const manifest = await openManifest(join(folderWith({ 'parts.csv': content }), 'parts.csv'));
  const rows: ManifestRow[] = [];
  for await (const row of manifest.rows()) rows.push(row);
  return { ...manifest, rows };
}

const cellsOf = (rows: readonly ManifestRow[]) =>
  rows.map((row) => ('cells' in row ? row.cells : row.problem.code));

describe('encoding of a manifest', () => {
  const japanese = 'id,所見\r\nA1,袖に汚れあり\r\nA2,ボタンがない\r\nA3,ｷｽﾞ有\r\n';
  it.each([
    ['UTF-8', Buffer.from(japanese)],
    ['UTF-8 BOM', Buffer.from(`\uFEFF${japanese}`)],
    ['UTF-16LE', Buffer.from(`\uFEFF${japanese}`, 'utf16le')],
    ['UTF-16BE', iconv.encode(japanese, 'utf16be', { addBOM: true })],
    ['Shift_JIS', iconv.encode(japanese, 'Shift_JIS')],
  ])('reads Japanese text in %s', async (encoding, bytes) => {
    const manifest = await open(bytes);
    expect(manifest.found.encoding?.value).toBe(encoding);
    expect(manifest.columns).toEqual(['id', '所見']);
    expect(cellsOf(manifest.rows)).toEqual([
      ['A1', '袖に汚れあり'],
      ['A2', 'ボタンがない'],
      ['A3', 'ｷｽﾞ有'],
    ]);
  });

  it('takes half-width katakana alone for Shift_JIS', async () => {
    const manifest = await open(iconv.encode('id,note\nA1,ｷｽﾞｱﾘ\n', 'Shift_JIS'));
    expect(cellsOf(manifest.rows)).toEqual([['A1', 'ｷｽﾞｱﾘ']]);
  });

  it('reads Western letters of a Windows spreadsheet', async () => {
    const manifest = await open(
      iconv.encode('id;Breite (µm);Notiz\nA1;3;für Größe, très léger\n', 'win1252'),
    );
    expect(manifest.found.encoding?.value).toBe('Windows-1252');
    expect(manifest.columns[1]).toBe('Breite (µm)');
    expect(cellsOf(manifest.rows)).toEqual([['A1', '3', 'für Größe, très léger']]);
  });

  it('sees letters that come after the first megabyte', async () => {
    const late = iconv.encode(`id,note\n${'A,plain\n'.repeat(200_000)}B,汚れ\n`, 'Shift_JIS');
    const path = join(folderWith({ 'parts.csv': late }), 'parts.csv');
    expect((await surveyBytes(path)).encoding?.value).toBe('Shift_JIS');
  });

  it('asks about bytes of no encoding', async () => {
    const manifest = await open(Buffer.from([0x69, 0x64, 0x2c, 0x81, 0x20, 0xff, 0xfe, 0x0a]));
    expect(manifest.doubts.map(({ code }) => code)).toEqual(['encoding-unclear']);
  });
});

describe('dialect of a manifest', () => {
  it.each([
    ['comma, point', 'id,a,b\nA,1.5,2\n', ',', '.'],
    ['semicolon, comma', 'id;a;b\nA;1,5;2,25\n', ';', ','],
    ['semicolon without a fraction', 'id;a;b\nA;1;2\n', ';', ','],
    ['semicolon, point', 'id;a;b\nA;1.5;2.5\n', ';', '.'],
    ['tab, comma', 'id\ta\tb\nA\t1,5\t2,5\n', '\t', ','],
    ['commas inside texts', 'id;note\nA;"long, dark, wide"\nB;red, blue\n', ';', ','],
    ['several numbers in a quoted cell', 'id,a\nA,"1,5 2,5 3,5"\n', ',', ','],
  ])('%s', async (_name, text, delimiter, decimal) => {
    const { found, marksOf } = await open(text);
    expect([found.delimiter?.value, marksOf(new Set()).marks.value.decimal]).toEqual([delimiter, decimal]);
  });
});

describe('rows of a manifest', () => {
  it('keeps line breaks, separators and quotation marks inside quoted notes', async () => {
    const { rows } = await open('id,note\r\nA1,"two\r\nlines, and ""marks"""\r\nA2,5" hole\r\n');
    expect(cellsOf(rows)).toEqual([
      ['A1', 'two\r\nlines, and "marks"'],
      ['A2', '5" hole'],
    ]);
  });

  it('counts rows as a spreadsheet does, blank ones included', async () => {
    const { rows } = await open('id,note\nA1,x\n\n,\nA2,"two\nlines"\nA3,z\n');
    expect(rows.map(({ row }) => row)).toEqual([2, 5, 6]);
  });

  it('names a quotation mark that is never closed, and keeps the rows around it', async () => {
    const { rows } = await open('id,note\nA1,x\nA2,"never closed\nA3,z\n');
    expect(cellsOf(rows)).toEqual([['A1', 'x'], 'row-unclosed', ['A3', 'z']]);
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 4]);
  });

  it('gives columns without a name, or with the same one, names of their own', async () => {
    const { columns } = await open('id,,note,note\nA,1,2,3\n');
    expect(columns).toEqual(['id', 'column 2', 'note', 'note (2)']);
  });

  it('refuses a file without a header', async () => {
    expect(await codeOf(open(''))).toBe('manifest-empty');
    expect(await codeOf(open('\n\n'))).toBe('manifest-empty');
  });
});

describe('choice of the manifest', () => {
  it('takes the only CSV file, or parts.csv among several', async () => {
    const one = folderWith({ 'list.csv': 'id\n', 'readme.txt': '' });
    expect(await findManifest(one)).toBe(join(one, 'list.csv'));
    const several = folderWith({ 'a.csv': '', 'Parts.CSV': '', 'b.csv': '' });
    expect(await findManifest(several)).toBe(join(several, 'Parts.CSV'));
  });

  it('takes the one that is named', async () => {
    const folder = folderWith({ 'a.csv': '', 'parts.csv': '' });
    expect(await findManifest(folder, 'a.csv')).toBe(join(folder, 'a.csv'));
  });

  it('says what is wrong otherwise', async () => {
    const several = folderWith({ 'a.csv': '', 'b.csv': '' });
    expect(await codeOf(findManifest(several))).toBe('manifest-ambiguous');
    expect(await codeOf(findManifest(folderWith({ 'a.bak': '' })))).toBe('manifest-missing');
    expect(await codeOf(findManifest(several, 'c.csv'))).toBe('manifest-missing');
    expect(await codeOf(findManifest(join(several, 'nowhere')))).toBe('folder-missing');
  });
});
