import { describe, expect, it } from 'vitest';
import { findManifest, openManifest } from '../../../training/data/manifest/manifest.ts';
import { preview } from '../../../training/data/preview.ts';
import { folderWith, greyPng, importFolder, plan, valuesOf } from './support.ts';

async function read(files: Readonly<Record<string, string | Uint8Array>>) {
  const manifest = await openManifest(await findManifest(folderWith(files)));
  const rows: (readonly string[])[] = [];
  for await (const row of manifest.rows()) if ('cells' in row) rows.push(row.cells);
  return { columns: manifest.columns, rows, named: manifest.found.named };
}

describe('pictures that no cell names', () => {
  it('are those of the parts that they are called after, whatever the case and the folder', async () => {
    const { columns, rows, named } = await read({
      'log.csv': 'Serial,force\nSN1,1.5\nSN2,2.5\nSN3,3.5\n',
      'sn1.JPG': 'x',
      'images/SN3.png': 'x',
      'masks/SN2.png': 'x',
      'logo.png': 'x',
    });
    expect(columns).toEqual(['Serial', 'force', 'image']);
    expect(rows).toEqual([
      ['SN1', '1.5', 'sn1.JPG'],
      ['SN2', '2.5', ''],
      ['SN3', '3.5', 'images/SN3.png'],
    ]);
    expect(named).toEqual({ columns: ['image'], by: 'Serial', pictures: 2, left: 1 });
  });

  it('are no masks beside them, and give way to themselves in a format that is read', async () => {
    const { rows, named } = await read({
      'log.csv': 'Serial,force\nSN1,1.5\nSN2,2.5\n',
      ...{ 'SN1.jpg': 'x', 'SN1.nef': 'x', 'SN1_mask.png': 'x', 'SN2.heic': 'x' },
    });
    expect(rows.map(([, , image]) => image)).toEqual(['SN1.jpg', 'SN2.heic']);
    expect(named).toEqual({ columns: ['image'], by: 'Serial', pictures: 2, left: 0 });
  });

  it.each([
    ['folders of cameras', ['cam1/SN1.png', 'cam2/SN1.png', 'cam1/SN2.png'], ['cam1', 'cam2']],
    ['the ends of names', ['SN1-1.png', 'SN1-2.png', 'SN2-1.png'], ['image 1', 'image 2']],
    ['a name alone and with an end', ['SN1.png', 'SN1_top.png', 'SN2.png'], ['image', 'top']],
  ])('are a column for each view where parts have several: %s', async (_how, names, views) => {
    const files = Object.fromEntries(names.map((name) => [name, 'x']));
    const { columns, rows, named } = await read({ 'log.csv': 'Serial,force\nSN1,1.5\nSN2,2.5\n', ...files });
    expect(columns).toEqual(['Serial', 'force', ...views]);
    expect(rows.map((cells) => cells.slice(2))).toEqual([names.slice(0, 2), [names[2], '']]);
    expect(named).toEqual({ columns: views, by: 'Serial', pictures: 3, left: 0 });
  });

  it('are no views in folders that are called otherwise, nor two of one name, until a person says so', async () => {
    const table = { 'log.csv': 'Serial,force\nSN1,1.5\nSN2,2.5\n' };
    const folders = { 'a/SN1.png': 'x', 'b/SN1.png': 'x', 'a/SN2.png': 'x', 'b/SN2.png': 'x' };
    const seen = await read({ ...table, ...folders });
    expect(seen.rows.map(([, , image]) => image)).toEqual(['', '']);
    expect(seen.named).toMatchObject({ pictures: 0, left: 4 });
    const twice = await read({ ...table, 'SN1.png': 'x', 'SN1.jpg': 'x', 'SN2.png': 'x' });
    expect(twice.rows.map(([, , image]) => image)).toEqual(['', 'SN2.png']);
    const said = await openManifest(await findManifest(folderWith({ ...table, ...folders })), {
      images: 'views',
    });
    expect(said.columns).toEqual(['Serial', 'force', 'image a', 'image b']);
  });

  it('belong to the longest id that they are called after', async () => {
    const files = { 'SN1.png': 'x', 'SN1-2.png': 'x', 'SN1-2_b.png': 'x' };
    const { rows } = await read({ 'log.csv': 'Serial,force\nSN1,1.5\nSN1-2,2.5\n', ...files });
    expect(rows.map(([, , ...images]) => images)).toEqual([
      ['SN1.png', ''],
      ['SN1-2.png', 'SN1-2_b.png'],
    ]);
  });

  it('are imported as any other, from the folder of each day where names repeat', async () => {
    const day = (first: number) => `id,note\nP-${first},dark\nP-${first + 1},light\n`;
    const folder = folderWith({
      '01/log.csv': day(1),
      '01/P-1.png': greyPng(51),
      '01/P-2.png': greyPng(102),
      '02/log.csv': day(3),
      '02/P-1.png': greyPng(204),
      '02/P-3.png': greyPng(153),
    });
    const seen = await preview(plan, folder);
    expect(seen.columns.map(({ name, role }) => [name, role])).toEqual([
      ['id', 'id'],
      ['note', 'note'],
      ['image', 'camera'],
    ]);
    const roles = Object.fromEntries(seen.columns.map(({ name, role }) => [name, role]));
    const imported = await importFolder(folder, roles, { manifest: seen.manifest });
    expect(imported.parts.map(({ id }) => id)).toEqual(['P-1', 'P-2', 'P-3', 'P-4']);
    expect([0, 1, 2].map((part) => valuesOf(imported, 'camera', part)[0]!.toFixed(2))).toEqual([
      '0.20',
      '0.40',
      '0.60',
    ]);
  });

  it.each([
    ['where a cell names a picture', 'id,photo\nA,x.png\nB,\n', ['id', 'photo'], undefined],
    [
      'where only numbers that come again are called so',
      'part,holes\nK,1\nL,2\nM,1\nN,2\n',
      ['part', 'holes'],
      2,
    ],
  ])('are left %s, and counted', async (_where, table, columns, left) => {
    const found = await read({ 'log.csv': table, '1.png': 'x', '2.png': 'x' });
    expect(found.columns).toEqual(columns);
    expect(found.named?.left).toBe(left);
  });
});
