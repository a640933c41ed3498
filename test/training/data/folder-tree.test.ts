import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findManifest, openManifest } from '../../../training/data/manifest/manifest.ts';
import { preview } from '../../../training/data/preview.ts';
import { codeOf, folderWith, greyPng, importFolder, plan } from './support.ts';

async function read(folder: string) {
  const manifest = await openManifest(await findManifest(folder));
  const rows: unknown[] = [];
  for await (const row of manifest.rows()) rows.push('cells' in row ? [row.row, ...row.cells] : row);
  return { columns: manifest.columns, rows, found: manifest.found };
}

describe('a folder of pictures without a table', () => {
  it('names parts by file, class and split, and leaves out drawn masks with a word', async () => {
    const folder = folderWith({
      'train/good/000.png': 'x',
      'test/good/000.png': 'x',
      'test/broken/large/001.JPG': 'x',
      'ground_truth/broken/large/001_mask.png': 'x',
      'readme.txt': 'x',
      '.cache/000.png': 'x',
    });
    const { columns, rows, found } = await read(folder);
    expect(columns).toEqual(['id', 'image', 'split', 'class']);
    expect(rows).toEqual([
      [1, 'test/broken/large/001', 'test/broken/large/001.JPG', 'test', 'broken/large'],
      [2, 'test/good/000', 'test/good/000.png', 'test', 'good'],
      [3, 'train/good/000', 'train/good/000.png', 'train', 'good'],
    ]);
    expect(found).toMatchObject({ format: 'folders', leftOut: [{ folder: 'ground_truth', files: 1 }] });
  });

  it('takes ids from the names of the files where they are all different', async () => {
    const { columns, rows } = await read(folderWith({ 'K-002.png': 'x', 'K-001.png': 'x' }));
    expect(columns).toEqual(['id', 'image']);
    expect(rows).toEqual([
      [1, 'K-001', 'K-001.png'],
      [2, 'K-002', 'K-002.png'],
    ]);
  });

  it('keeps two files apart that differ in their endings alone', async () => {
    const { rows } = await read(folderWith({ 'a.png': 'x', 'a.jpg': 'x' }));
    expect(rows).toEqual([
      [1, 'a.jpg', 'a.jpg'],
      [2, 'a.png', 'a.png'],
    ]);
  });

  it('is no tree of pictures if a table lies anywhere in it, or if it holds none', async () => {
    const folder = folderWith({ 'a/1.png': 'x', 'a/list.csv': 'id\n' });
    expect((await openManifest(await findManifest(folder))).columns).toEqual(['id']);
    expect(await codeOf(findManifest(folderWith({ 'a.bak': '' })))).toBe('manifest-missing');
  });

  it('follows no link to a folder, and says so; where one to a file leads out of it, that is refused', async () => {
    const folder = folderWith({ '1.png': greyPng(10), 'a/3.png': greyPng(20) });
    symlinkSync(folder, join(folder, 'again'));
    symlinkSync(join(folderWith({ '2.png': greyPng(30) }), '2.png'), join(folder, '2.png'));
    symlinkSync(join(folder, 'a/3.png'), join(folder, '4.png'));
    const { found } = await openManifest(await findManifest(folder));
    expect(found.leftOut).toEqual([{ folder: 'again →', files: 1 }]);
    const { parts, problems } = await importFolder(folder, {}, { manifest: '.' });
    expect(parts.map(({ id }) => id)).toEqual(['1', '4', '3']);
    expect(problems[0]).toMatchObject({ row: 2, code: 'image-outside' });
  });

  it('leaves out what lies beside images and shows no part, and says so', async () => {
    const names = ['1.png', '1_mask.png', '2.jpg', '2.nef', '2-label.png', 'thumbs/1.jpg', '__MACOSX/1.png'];
    const others = ['thumbs/9.png', 'face_mask.png'];
    const folder = folderWith(Object.fromEntries([...names, ...others].map((name) => [name, 'x'])));
    const { found, rows } = await openManifest(await findManifest(folder));
    const pictures: string[] = [];
    for await (const row of rows()) if ('cells' in row) pictures.push(row.cells[1]!);
    expect(pictures).toEqual(['1.png', '2.jpg', 'face_mask.png', 'thumbs/9.png']);
    expect(found.leftOut).toEqual([
      { folder: '__MACOSX', files: 1 },
      { folder: '*_mask.png', files: 1 },
      { folder: '*-label.png', files: 1 },
      { folder: '*.nef', files: 1 },
      { folder: 'thumbs', files: 1 },
    ]);
  });

  it('of a format that is not read is refused by its name', async () => {
    const folder = folderWith({ 'a.heic': '\0\0\0\x18ftypheic', 'b.png': greyPng(10) });
    const { parts, problems } = await importFolder(folder, {}, { manifest: '.' });
    expect(parts.map(({ id }) => id)).toEqual(['b']);
    expect(problems[0]).toMatchObject({ code: 'image-unreadable', detail: { file: 'a.heic' } });
    expect(String(problems[0]!.detail.problem)).toContain('but HEIC');
  });

  it.each([
    ['a folder for each camera', ['cam1/P1.png', 'cam2/P1.png', 'cam1/P2.png'], ['cam1', 'cam2']],
    [
      'the same in each day',
      ['2026-03-01/top/P1.png', '2026-03-01/side/P1.png', '2026-03-02/top/P2.png'],
      ['side', 'top'],
    ],
    ['a folder for each part', ['P1/表.png', 'P1/裏.png', 'P2/表.png'], ['表', '裏']],
    ['the ends of names', ['P1_cam 1.png', 'P1_cam 2.png', 'P2_cam 1.png'], ['cam 1', 'cam 2']],
  ])('shows a part in several images: %s', async (_how, names, views) => {
    const { columns, rows } = await read(folderWith(Object.fromEntries(names.map((name) => [name, 'x']))));
    expect(columns).toEqual(['id', ...views]);
    const first = views.map((view) => names.slice(0, 2).find((name) => name.includes(view)));
    const second = views.map((view) => names.slice(2).find((name) => name.includes(view)) ?? '');
    expect(rows).toEqual([
      [1, 'P1', ...first],
      [2, 'P2', ...second],
    ]);
  });

  it('shows a part in each image where folders are classes or days, unless a person says otherwise', async () => {
    const names = ['good/1.png', 'bad/1.png', 'good/2.png', '2026/03/01/bad/2.png'];
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, 'x'])));
    const { columns, rows, found } = await read(folder);
    expect(columns).toEqual(['id', 'image', 'class']);
    expect((rows as string[][]).map(([, id, , sort]) => [id, sort])).toEqual([
      ['2026/03/01/bad/2', 'bad'],
      ['bad/1', 'bad'],
      ['good/1', 'good'],
      ['good/2', 'good'],
    ]);
    expect(found.images).toBeUndefined();
    const two = folderWith(Object.fromEntries(names.slice(0, 3).map((name) => [name, 'x'])));
    expect((await read(two)).found.images).toMatchObject({ value: 'parts', reason: 'names-repeat' });
    const said = await openManifest(await findManifest(two), { images: 'views' });
    expect(said.columns).toEqual(['id', 'bad', 'good']);
    expect(said.found.images).toEqual({ value: 'views', confidence: 1, reason: 'given' });
  });

  it('is previewed and imported', async () => {
    const folder = folderWith({
      'train/good/a.png': greyPng(10),
      'train/good/b.png': greyPng(200),
      'test/bad/c.png': 'no picture',
    });
    const seen = await preview(plan, folder);
    expect(seen.columns.map(({ name, role }) => [name, role])).toEqual([
      ['id', 'id'],
      ['image', 'camera'],
      ['split', 'ignore'],
      ['class', 'ignore'],
    ]);
    expect(seen.identity.reason).toBe('name');
    const { parts, problems } = await importFolder(folder, {}, { manifest: '.' });
    expect(parts.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(problems[0]).toMatchObject({ row: 1, column: 'image' });
  });
});
