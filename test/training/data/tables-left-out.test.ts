import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeError, type ErrorCode } from '../../../protocol/errors.ts';
import { findManifest, openManifest } from '../../../training/data/manifest/manifest.ts';
import { preview } from '../../../training/data/preview.ts';
import { codeOf, folderWith, importFolder, plan } from './support.ts';

const parts = 'id,gauge_1,gauge_2,gauge_3,note\nA,1,2,3,dark\nB,4,5,6,light\n';

/** Tables that a preview and an import say they did not read. */
async function toldOf(files: Readonly<Record<string, string | Uint8Array>>, manifest?: string) {
  const folder = folderWith(files);
  const seen = await preview(plan, folder, manifest);
  const { problems } = await importFolder(folder, {}, { manifest: seen.manifest });
  const told = (all: typeof problems) =>
    all.flatMap(({ code, detail }) => (code === 'table-unread' ? [detail.tables] : []));
  expect(told(seen.problems)).toEqual(told(problems));
  expect(seen.rows).toBe(2);
  return told(problems);
}

describe('a table that is not read', () => {
  it.each([
    ['is beside the one that is called parts', { 'do.csv': 'when,humidity\n1,2\n' }, ['do.csv']],
    ['is in a folder', { 'old/parts.csv': parts, 'old/deeper/x.csv': parts }, ['old/parts.csv']],
    [
      'is in a format that is not read',
      { 'more.xls': 'x', 'old.csv.gz': 'x', 'plan.ods': 'x' },
      ['more.xls, old.csv.gz, plan.ods'],
    ],
    [
      'is one of many',
      Object.fromEntries([1, 2, 3, 4, 5, 6].map((day) => [`d${day}.csv`, 'a\n1\n'])),
      ['d1.csv, d2.csv, d3.csv, d4.csv, d5.csv, … (6)'],
    ],
    [
      'is none',
      {
        'picture.png': 'x',
        'readme.txt': 'x',
        '~$parts.xlsx': 'x',
        'fedrecon-problems-parts.csv': 'row\n1\n',
      },
      [],
    ],
  ])('is told where it %s', async (_name, files, told) => {
    expect(await toldOf({ 'parts.csv': parts, ...files })).toEqual(told);
  });

  it('is none of the files that cells name, nor of tables that are read together', async () => {
    const signals = { 'a.csv': '1\n2\n3\n', 'b.csv': '1\n2\n3\n' };
    expect(await toldOf({ 'parts.csv': 'id,gauge\nA,a.csv\nB,b.csv\n', ...signals })).toEqual([]);
    const composed = { 'e\u0301.csv': '1\n2\n3\n', 'B.csv': '1\n2\n3\n' };
    expect(await toldOf({ 'parts.csv': 'id,gauge,note\nA,é.csv,x\nB,b.csv,y\n', ...composed })).toEqual([]);
    const below = { 's/a.csv': '1\n2\n3\n', 's/b.csv': '1\n2\n3\n', 's/c.csv': '1\n2\n3\n' };
    expect(await toldOf({ 'parts.csv': 'id,gauge\nA,s\\a.csv\nB,s/b.csv\n', ...below })).toEqual(['s/c.csv']);
    expect(await toldOf({ 'parts.csv': parts, 'heat.csv': 'id,heat\nA,1\nB,2\n' })).toEqual([]);
  });

  it('is not told where a person has named the one to read', async () => {
    const folder = folderWith({ 'one.csv': parts, 'two.csv': 'x,y\n1,2\n' });
    const manifest = await openManifest(folder, { table: 'one.csv' });
    for await (const row of manifest.rows()) expect(row).toHaveProperty('cells');
  });
});

describe('a folder without a table', () => {
  it.each([
    ['parts.xls', 'an old Excel workbook (.xls)'],
    ['parts.ods', 'an OpenDocument spreadsheet (.ods)'],
    ['parts.csv.gz', 'a packed file'],
    ['parts.json', 'a JSON document, not lines of JSON'],
    ['parts.txt', 'a text file that is not called a table'],
    ['parts.mat', 'a file of another program, not text'],
  ])('is told of what lies there in place of one: %s', async (name, format) => {
    await expect(findManifest(folderWith({ [name]: 'x' }))).rejects.toMatchObject({
      ...{ code: 'table-format', detail: { manifest: name, format } },
    });
  });

  it('has none where nothing lies there', async () => {
    expect(await codeOf(findManifest(folderWith({ '.parts.xls': 'x' })))).toBe('manifest-missing');
  });
});

describe('a file that is called a table', () => {
  it.each([
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'an old Excel workbook (.xls)'],
    ['a packed one', gzipSync(parts), 'a packed file'],
    ['a workbook', Buffer.from('PK\x03\x04 etc'), 'a workbook or a packed file'],
    ['a page', '<!DOCTYPE html><html></html>', 'a web page or XML'],
    ['a page with a mark', '\ufeff<?xml version="1.0"?><a/>', 'a web page or XML'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'a file of another program, not text'],
  ])('is refused by what it is: %s', async (_name, content, format) => {
    const folder = folderWith({ 'parts.csv': content });
    await expect(preview(plan, folder)).rejects.toMatchObject({
      ...{ code: 'table-format', detail: { manifest: 'parts.csv', format } },
    });
  });

  it.each([
    ['a list in brackets', '[{"id": "A"}, {"id": "B"}]\n', 1],
    ['commas behind the lines', '\n{"id": "A"},\n{"id": "B"},\n', 2],
    ['an object over several lines', '{\n"id": "A"\n}\n', 1],
    ['lists', '["A", 1]\n["B", 2]\n', 1],
  ])('is told which line of JSON is none: %s', async (_name, content, row) => {
    const folder = folderWith({ 'parts.jsonl': content });
    await expect(preview(plan, folder)).rejects.toMatchObject({
      ...{ code: 'json-lines-none', detail: { manifest: 'parts.jsonl', row } },
    });
  });

  it('may hold what programs write for no number, and keeps the digits of what it nests', async () => {
    const lines = [
      '{"id": "A", "gauge": [1, 2, 3], "note": "NaN is -Infinity"}',
      '{"id": "B", "gauge": NaN, "note": "x"}',
      '{"id": "C", "gauge": [1, -Infinity, 3], "note": [{"n": 9007199254740993}]}',
    ];
    const { parts: found, problems } = await importFolder(
      folderWith({ 'parts.jsonl': lines.join('\n') }),
      { id: 'id', gauge: 'gauge', note: 'note' },
      { manifest: 'parts.jsonl' },
    );
    expect(found.map(({ values }) => [values.gauge, values.note])).toEqual([
      [[1, 2, 3], 'NaN is -Infinity'],
      [undefined, 'x'],
      [undefined, '{"n":9007199254740993}'],
    ]);
    expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'gauge', 'signal-gap'],
    ]);
  });
});

it('a unit that one table says and another does not is told in both languages', () => {
  const code: ErrorCode = 'stack-units';
  const detail = {
    column: 'a',
    unit: 'mm',
    file: 'a.csv',
    otherUnit: 'no unit',
    otherUnitJa: '単位なし',
    other: 'b.csv',
  };
  expect(describeError(code, detail, 'ja').title).toContain('単位なし');
});
