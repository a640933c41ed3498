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
    expect(named).toEqual({ column: 'image', by: 'Serial', pictures: 2, left: 1 });
  });

  it('are no masks beside them, and give way to themselves in a format that is read', async () => {
    const { rows, named } = await read({
      'log.csv': 'Serial,force\nSN1,1.5\nSN2,2.5\n',
      ...{ 'SN1.jpg': 'x', 'SN1.nef': 'x', 'SN1_mask.png': 'x', 'SN2.heic': 'x' },
    });
    expect(rows.map(([, , image]) => image)).toEqual(['SN1.jpg', 'SN2.heic']);
    expect(named).toEqual({ column: 'image', by: 'Serial', pictures: 2, left: 0 });
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
