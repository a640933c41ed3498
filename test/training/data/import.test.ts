import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TextModality } from '../../../protocol/plan.ts';
import { readPartsFile } from '../../../training/data/parts-file.ts';
import { encodeText } from '../../../training/kinds/text.ts';
import type { Progress } from '../../../training/process/messages.ts';
import {
  codeOf,
  folderWith,
  greyPng,
  importFolder,
  plan,
  presentOf,
  temporaryFolder,
  valuesOf,
} from './support.ts';

const reasons = (problems: readonly { row: number; column: string; code: string }[]) =>
  problems.map(({ row, column, code }) => [row, column, code]);
const note = plan.modalities[2] as TextModality;

describe('an import', () => {
  it('brings images, numbers and texts of each part into the data set, and leaves what is empty missing', async () => {
    const image = greyPng(51, 20, 30);
    const folder = folderWith({
      'parts.csv': 'id,camera,gauge,note\nA1,a.png,0 5 10,long dark coat\nA2,,,short\nA3,a.png,1 2 3,\n',
      'a.png': image,
    });
    const imported = await importFolder(folder);
    expect(imported.result).toMatchObject({ accepted: 3, problems: 0 });
    expect(presentOf(imported, 'camera')).toEqual([1, 0, 1]);
    expect(presentOf(imported, 'gauge')).toEqual([1, 0, 1]);
    expect(presentOf(imported, 'note')).toEqual([1, 1, 0]);
    expect(valuesOf(imported, 'camera', 0)).toEqual(new Array(64).fill(expect.closeTo(0.2)));
    expect(valuesOf(imported, 'camera', 1)).toEqual(new Array(64).fill(0));
    expect(valuesOf(imported, 'gauge', 0)).toEqual([0, 0.5, 1]);
    expect(valuesOf(imported, 'note', 0)).toEqual(Array.from(encodeText(note, 'COAT – dark, long')));
    expect(imported.parts).toEqual([
      {
        id: 'A1',
        row: 2,
        values: {
          camera: { file: join(folder, 'a.png'), sha256: createHash('sha256').update(image).digest('hex') },
          gauge: [0, 5, 10],
          note: 'long dark coat',
        },
      },
      { id: 'A2', row: 3, values: { note: 'short' } },
      { id: 'A3', row: 4, values: { camera: expect.anything(), gauge: [1, 2, 3] } },
    ]);
  });

  it('reads a Japanese spreadsheet in Shift_JIS, with names of files and columns in Japanese', async () => {
    const table = '部品番号,カメラ,所見\r\n甲-1,画像\\表.png,袖に汚れ\r\n';
    const folder = folderWith({ 'parts.csv': iconv.encode(table, 'Shift_JIS'), '画像/表.png': greyPng(255) });
    const imported = await importFolder(folder);
    expect(imported.parts).toMatchObject([{ id: '甲-1', values: { note: '袖に汚れ' } }]);
    expect(valuesOf(imported, 'camera', 0)[0]).toBe(1);
  });

  it('reads a European spreadsheet with decimal commas, a value a column', async () => {
    const folder = folderWith({ 'parts.csv': '\uFEFFid;gauge.1;gauge.2;gauge.3\nA;1,5;2,25;10\n' });
    const imported = await importFolder(folder);
    expect(imported.parts).toMatchObject([{ values: { gauge: [1.5, 2.25, 10] } }]);
    expect(valuesOf(imported, 'gauge', 0)).toEqual([0.15, 0.225, 1].map((value) => expect.closeTo(value, 6)));
  });

  it('keeps a note with line breaks whole', async () => {
    const folder = folderWith({ 'parts.csv': 'id,note\nA,"two\nlines, ""quoted"""\n' });
    expect((await importFolder(folder)).parts).toMatchObject([{ values: { note: 'two\nlines, "quoted"' } }]);
  });

  it('follows the columns that a person confirmed', async () => {
    const folder = folderWith({ 'parts.csv': 'note,remark,x\nnot this,but this,K-7\n' });
    const imported = await importFolder(folder, { note: 'ignore', remark: 'note', x: 'id' });
    expect(imported.parts).toEqual([{ id: 'K-7', row: 2, values: { note: 'but this' } }]);
  });

  it('calls parts of a file without ids after the file and their row, as no part of another file', async () => {
    const [one, other] = ['dark', 'light'].map((note) => folderWith({ 'parts.csv': `note\n${note}\n` }));
    const [first] = (await importFolder(one!)).parts;
    const [again] = (await importFolder(one!)).parts;
    const [second] = (await importFolder(other!)).parts;
    expect(first!.id).toMatch(/^parts\.csv#2-[0-9a-f]{8}$/);
    expect(again!.id).toBe(first!.id);
    expect(second!.id).not.toBe(first!.id);
  });

  it('leaves out a row whose id is empty, in a file with ids', async () => {
    const imported = await importFolder(folderWith({ 'parts.csv': 'id,note\n,dark\nA,light\n-,grey\n' }));
    expect(imported.parts.map(({ id }) => id)).toEqual(['A']);
    expect(reasons(imported.problems)).toEqual([
      [2, 'id', 'id-missing'],
      [4, 'id', 'id-missing'],
    ]);
  });

  it('keeps values a little outside the range, for noise', async () => {
    const folder = folderWith({ 'parts.csv': 'id,gauge\nA,-1 5 12\n' });
    const imported = await importFolder(folder);
    expect(valuesOf(imported, 'gauge', 0)).toEqual([-0.1, 0.5, 1.2].map((value) => expect.closeTo(value, 6)));
  });
});

describe('what is wrong in single cells', () => {
  it('leaves that modality missing, is listed with its reason, and stops nothing', async () => {
    const table = [
      'id,camera,gauge,note',
      'no-file,b.png,1 2 3,',
      'no-image,a.txt,1 2 3,',
      'not-a-number,,1 x 3,fine',
      'too-few,,1 2,fine',
      'half-measured,,1 nan 3,fine',
      'off-scale,,1 2 300,fine',
      'bad-quality,,bad,fine',
      'good,a.png,1 2 3,fine',
    ].join('\n');
    const folder = folderWith({ 'parts.csv': table, 'a.png': greyPng(255), 'a.txt': 'no image' });
    const imported = await importFolder(folder);
    expect(imported.result.accepted).toBe(8);
    expect(reasons(imported.problems)).toEqual([
      [2, 'camera', 'image-missing'],
      [3, 'camera', 'image-unreadable'],
      [4, 'gauge', 'number-invalid'],
      [5, 'gauge', 'signal-length'],
      [6, 'gauge', 'signal-gap'],
      [7, 'gauge', 'signal-range'],
    ]);
    expect(imported.problems[4]!.detail).toEqual({ gaps: 1, expected: 3, channels: '2' });
    expect(presentOf(imported, 'camera')).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(presentOf(imported, 'gauge')).toEqual([1, 1, 0, 0, 0, 0, 0, 1]);
  });

  it.each([
    ['../secret.png'],
    ['images/../../secret.png'],
    ['..\\secret.png'],
    ['/etc/passwd'],
    ['file:///etc/passwd'],
    ['https://example.com/a.png'],
    ['link.png'],
    ['elsewhere/secret.png'],
  ])('never reads outside the folder: %s', async (name) => {
    const folder = folderWith({
      'plant/parts.csv': `id,camera,note\nA,${name},x\n`,
      'secret.png': greyPng(255),
    });
    symlinkSync(join(folder, 'secret.png'), join(folder, 'plant', 'link.png'));
    symlinkSync(folder, join(folder, 'plant', 'elsewhere'));
    const imported = await importFolder(join(folder, 'plant'));
    expect(reasons(imported.problems)).toEqual([[2, 'camera', 'image-outside']]);
    expect(presentOf(imported, 'camera')).toEqual([0]);
  });

  it('follows a link that stays inside the folder', async () => {
    const folder = folderWith({ 'parts.csv': 'id,camera\nA,link.png\n', 'images/a.png': greyPng(255) });
    symlinkSync(join(folder, 'images', 'a.png'), join(folder, 'link.png'));
    const imported = await importFolder(folder);
    expect(imported.parts).toMatchObject([{ values: { camera: { file: join(folder, 'images', 'a.png') } } }]);
  });

  it('finds a file whose name is spelled with other Unicode characters on the disk', async () => {
    const folder = folderWith({
      ['が.png'.normalize('NFD')]: greyPng(255),
      'parts.csv': `id,camera\nA,${'が.png'.normalize('NFC')}\n`,
    });
    expect((await importFolder(folder)).problems).toEqual([]);
  });

  it('takes a folder with the name of an image for a missing image', async () => {
    const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,a.png,x\n' });
    mkdirSync(join(folder, 'a.png'));
    expect(reasons((await importFolder(folder)).problems)).toEqual([[2, 'camera', 'image-missing']]);
  });
});

describe('what is wrong in whole rows', () => {
  it('leaves the row out and is listed', async () => {
    const table = [
      'id,gauge,note',
      'A,1 2 3,first',
      'A,4 5 6,again',
      'B,,',
      'C,1 2 x,',
      'D,1 2 3,a,b,c',
      '',
      'E,1 2 3',
      'F,1 2 3,"never closed',
    ].join('\n');
    const imported = await importFolder(folderWith({ 'parts.csv': table }));
    expect(imported.parts.map(({ id, row }) => [id, row])).toEqual([
      ['A', 2],
      ['E', 8],
    ]);
    expect(reasons(imported.problems)).toEqual([
      [3, '', 'part-duplicate'],
      [4, '', 'part-empty'],
      [5, 'gauge', 'number-invalid'],
      [5, '', 'part-empty'],
      [6, '', 'row-width'],
      [9, '', 'row-unclosed'],
    ]);
    expect(imported.problems[0]!.detail).toEqual({ id: 'A', first: 2 });
    expect(imported.result).toMatchObject({ accepted: 2, problems: 6 });
  });
});

it('says once of a row that measures nothing what becomes of it: it brings no part, or removes what is here of one', async () => {
  const table = 'id,gauge,note\nA,1 2 3,x\nB,,\nC,9 x 9,\n';
  const listed = async (removes: readonly string[]) =>
    (await importFolder(folderWith({ 'parts.csv': table }), {}, { removes })).problems.map(
      ({ row, column, code, detail }) => [row, column, code, detail.modalities],
    );
  const unreadable = [4, 'gauge', 'number-invalid', undefined];
  expect(await listed([])).toEqual([
    [3, '', 'part-empty', undefined],
    unreadable,
    [4, '', 'part-empty', undefined],
  ]);
  expect(await listed(['gauge', 'note'])).toEqual([
    [3, '', 'part-emptied', 'gauge, note'],
    unreadable,
    [4, '', 'part-emptied', 'gauge, note'],
  ]);
});

describe('what stops an import', () => {
  it.each([
    ['an empty file', ''],
    ['a header without rows', 'id,note\n'],
    ['blank rows only', 'id,note\n,\n\n'],
  ])('%s', async (_name, table) => {
    expect(await codeOf(importFolder(folderWith({ 'parts.csv': table })))).toBe('manifest-empty');
  });

  it.each([
    ['columns-unusable', 'a,b\n1,2\n', {}],
    ['column-missing', 'id,note\nA,x\n', { remark: 'note' }],
    ['column-role', 'id,note\nA,x\n', { note: 'weight' }],
    ['column-twice', 'id,note,b\nA,x,y\n', { note: 'note', b: 'note' }],
    ['signal-columns', 'id,a,b\nA,1,2\n', { a: 'gauge:1', b: 'gauge:2' }],
    ['manifest-encoding', Buffer.from([0x50, 0x4b, 0, 0]), {}],
  ] as const)('%s', async (code, table, columns) => {
    expect(await codeOf(importFolder(folderWith({ 'parts.csv': table }), columns))).toBe(code);
  });

  it('a folder that is not there', async () => {
    expect(await codeOf(importFolder(join(temporaryFolder(), 'nowhere')))).toBe('folder-missing');
  });

  it('no usable row at all; the list of reasons is kept, and an earlier data set is untouched', async () => {
    const output = temporaryFolder();
    await importFolder(folderWith({ 'parts.csv': 'id,note\nA,x\n' }), {}, { output });
    const before = readFileSync(join(output, 'dataset.safetensors'));
    const bad = folderWith({ 'parts.csv': 'id,camera\nA,b.png\nB,c.png\n' });
    await expect(importFolder(bad, {}, { output })).rejects.toMatchObject({
      code: 'parts-none',
      detail: { rows: 2, row: 2, column: 'camera', place: 'row 2, column camera' },
    });
    expect((await readPartsFile(join(output, 'parts.blocks'))).problems).toHaveLength(4);
    expect(readFileSync(join(output, 'dataset.safetensors'))).toEqual(before);
  });

  it('a stop, before it goes on and without leaving anything behind', async () => {
    const output = temporaryFolder();
    const rows = Array.from({ length: 50_000 }, (_, index) => `P${index},1 2 3,long dark coat ${index}`);
    const folder = folderWith({ 'parts.csv': `id,gauge,note\n${rows.join('\n')}\n` });
    const stop = new AbortController();
    const progress = vi.fn(() => stop.abort());
    await expect(importFolder(folder, {}, { output, abort: stop.signal, progress })).rejects.toThrow(
      'aborted',
    );
    expect(progress).toHaveBeenCalledTimes(1);
    expect(readdirSync(output)).toEqual([]);
  });

  it('a full disk, without a data set cut short', async ({ skip }) => {
    const disk = temporaryFolder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('needs the right to mount a small disk');
    }
    onTestFinished(() => void execFileSync('umount', [disk]));
    const rows = Array.from({ length: 500 }, (_, index) => `P${index},some text`);
    const folder = folderWith({ 'parts.csv': `id,note\n${rows.join('\n')}\n` });
    const output = join(disk, 'out');
    expect(await codeOf(importFolder(folder, {}, { output }))).toBe('disk-full');
    expect(existsSync(output) ? readdirSync(output) : []).toEqual([]);
  });
});

describe('a large import', () => {
  it('reports progress that only rises', async () => {
    const rows = 20_000;
    const folder = temporaryFolder();
    const line = (index: number) =>
      `P${index},${'1 2 3'},${'long dark coat with wide sleeves '.repeat(3)}${index}`;
    writeFileSync(
      join(folder, 'parts.csv'),
      `id,gauge,note\n${Array.from({ length: rows }, (_, index) => line(index)).join('\n')}\n`,
    );
    const seen: Progress[] = [];
    const imported = await importFolder(folder, {}, { progress: (progress) => seen.push(progress) });
    expect(imported.result).toMatchObject({ accepted: rows, problems: 0 });
    expect(valuesOf(imported, 'gauge', rows - 1)).toEqual(
      [0.1, 0.2, 0.3].map((value) => expect.closeTo(value, 6)),
    );
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeLessThanOrEqual(1);
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['reading', 'writing']));
  });
});
