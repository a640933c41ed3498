import { describe, expect, it } from 'vitest';
import { findManifest, openManifest } from '../../../training/data/manifest/manifest.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { codeOf, folderWith, importFolder, plan } from './support.ts';

const parts = 'id,line\nA1,1\nA2,2\nA3,1\n';
const gauge = 'ID;gauge_1;gauge_2;gauge_3\nA3;1,5;2;3\nA1;4;5;6,5\nA9;7;8;9\n';
const notes = '{"id":"A1","note":"scratch"}\n{"id":"A2","note":"clean"}\n';

describe('tables of one folder that measure the same parts', () => {
  it('are joined by id, each read in its own way, and named', async () => {
    const folder = folderWith({ 'parts.csv': parts, 'gauge.csv': gauge, 'notes.jsonl': notes });
    const seen = await preview(plan, folder);
    expect(seen.reading.joined).toEqual(['parts.csv', 'gauge.csv', 'notes.jsonl']);
    expect(seen.problems).toEqual([]);
    const { parts: found } = await importFolder(folder, {}, { manifest: '.' });
    expect(found.map(({ id, values }) => [id, values])).toEqual([
      ['A1', { gauge: [4, 5, 6.5], note: 'scratch' }],
      ['A2', { note: 'clean' }],
      ['A3', { gauge: [1.5, 2, 3] }],
      ['A9', { gauge: [7, 8, 9] }],
    ]);
  });

  it('bring one measurement together, and a wrong number of it is named in its own table, with pictures beside', async () => {
    const picture = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
      'base64',
    );
    const folder = folderWith({
      'one.csv': 'id,gauge_1,gauge_2\nA1,1.5,2\nA2,2.5,3\nA3,1,2\n',
      'two.csv': 'id,gauge_3\nA2,1e999\nA1,4.5\n',
      'A1.png': picture,
      'A2.png': picture,
    });
    const { parts: found, problems } = await importFolder(folder, {}, { manifest: '.' });
    expect(found.map(({ id, values }) => [id, values.gauge, 'camera' in values])).toEqual([
      ['A1', [1.5, 2, 4.5], true],
      ['A2', undefined, true],
    ]);
    expect(problems.map(({ row, detail }) => [row, detail.table])).toEqual(
      expect.arrayContaining([[2, 'two.csv']]),
    );
  });

  it('are joined without one that is called parts', async () => {
    const folder = folderWith({ 'force.csv': 'id,force\nA1,1\nA2,2\n', 'heat.csv': 'id,heat\nA2,3\nA1,4\n' });
    const manifest = await openManifest(await findManifest(folder));
    const rows: unknown[] = [];
    for await (const row of manifest.rows()) rows.push('cells' in row && row.cells);
    expect(rows).toEqual([
      ['A1', '1', '4'],
      ['A2', '2', '3'],
    ]);
  });

  it.each([
    ['an id comes twice in one', 'id,heat\nA1,3\nA1,4\n'],
    ['a name occurs in both', 'id,force,heat,speed\nA1,3,1,1\nA2,4,1,1\n'],
    ['their ids are called differently', 'serial,heat\nA1,3\nA2,4\n'],
    ['one has no id', 'heat\n3\n4\n'],
    ['they are about other parts', 'id,heat\nB1,3\nB2,4\n'],
  ])('are asked about where %s', async (_name, heat) => {
    const folder = folderWith({ 'force.csv': 'id,force\nA1,1\nA2,2\n', 'heat.csv': heat });
    expect(await codeOf(findManifest(folder))).toBe('manifest-ambiguous');
  });

  it('are told what keeps them apart where ids nearly meet', async () => {
    const folder = folderWith({
      'force.csv': 'id,force\n0001,1\n0002,2\n',
      'heat.csv': 'id,heat\n1,3\n2,4\n',
    });
    await expect(findManifest(folder)).rejects.toMatchObject({
      ...{ code: 'join-ids', detail: { id: '1', file: 'heat.csv', known: '0001', other: 'force.csv' } },
    });
  });

  it('leave the one that is called parts alone where they cannot be joined', async () => {
    const folder = folderWith({ 'parts.csv': parts, 'limits.csv': 'name,limit\nforce,3\n' });
    expect(await findManifest(folder)).toMatch(/parts\.csv$/);
  });

  it('may write the numbers of one measurement in two ways, each read in its own', async () => {
    const folder = folderWith({
      'parts.csv': 'id;gauge_1;gauge_2\nA1;1,5;2\nA2;2,5;3,25\n',
      'more.csv': 'id,gauge_3,x,y\nA1,4.5,0.5,1.5\nA2,1.125,0.25,2.5\n',
    });
    const { parts: found, problems } = await importFolder(folder, {}, { manifest: '.' });
    expect(problems).toEqual([]);
    expect(found.map(({ values }) => values.gauge)).toEqual([
      [1.5, 2, 4.5],
      [2.5, 3.25, 1.125],
    ]);
    const { modalities } = (await standardPlan(folder, undefined, undefined, { least: 1 })).plan;
    const signals = modalities.flatMap((one) => (one.kind === 'signal' ? one : []));
    const ranges = signals.flatMap(({ channels, range }) => channels?.map((own) => own.range) ?? [range]);
    expect(ranges.every((range) => range![0] > -6 && range![1] < 10)).toBe(true);
    const unclear = folderWith({
      'parts.csv': 'id;gauge_1;gauge_2\nA1;1,5;2\nA2;2,5;3,25\n',
      'more.csv': 'id;gauge_3\nA2;1.125\nA1;2.125\n',
    });
    expect((await preview(plan, unclear)).problems).toMatchObject([
      { code: 'number-unclear', row: 2, column: 'gauge_3', detail: { table: 'more.csv', value: '1.125' } },
    ]);
  });

  it('list a cell by its own file and row, and keep where each value stands', async () => {
    const folder = folderWith({
      'parts.csv': 'id,note\nA1,a\nA2,b\nA3,c\n',
      'gauge.csv': 'id,gauge_1,gauge_2,gauge_3\n\nA3,1,2,x\nA2,4,5,6\nA1,7,8,9000\nA9,1,1,1\n',
    });
    const { parts: found, problems } = await importFolder(folder, {}, { manifest: '.' });
    expect(problems.map(({ row, column, code, detail }) => [row, column, code, detail.table])).toEqual([
      [5, 'gauge_3', 'signal-range', 'gauge.csv'],
      [3, 'gauge_3', 'number-invalid', 'gauge.csv'],
    ]);
    const places = found.map(({ id, row, table, places: own }) => [id, row, table, own?.gauge]);
    expect(places).toEqual([
      ['A1', 2, 'parts.csv', { row: 5, table: 'gauge.csv' }],
      ['A2', 3, 'parts.csv', { row: 4, table: 'gauge.csv' }],
      ['A3', 4, 'parts.csv', { row: 3, table: 'gauge.csv' }],
      ['A9', 6, 'gauge.csv', undefined],
    ]);
  });

  it('look for a picture beside the file that names it', async () => {
    const folder = folderWith({
      'notes/words.csv': 'id,note\nA1,a\nA2,b\n',
      'shots/pictures.csv': 'id,camera\nA1,one.png\nA2,two.png\n',
    });
    const { problems } = await importFolder(folder, {}, { manifest: '.' });
    expect(problems.map(({ row, code, detail }) => [row, code, detail.table, detail.file])).toEqual([
      [2, 'image-missing', 'shots/pictures.csv', 'shots/one.png'],
      [3, 'image-missing', 'shots/pictures.csv', 'shots/two.png'],
    ]);
  });

  it('list a row that cannot be read by its file', async () => {
    const folder = folderWith({ 'parts.csv': parts, 'notes.csv': 'id,note\nA1,a\nA2,b,c\nA3,d\n' });
    const seen = await preview(plan, folder);
    // Without its note the part A2 has nothing that is measured.
    expect(seen.problems.map(({ row, column, code, detail }) => [row, column, code, detail.table])).toEqual([
      [3, '', 'part-empty', 'parts.csv'],
      [3, '', 'row-width', 'notes.csv'],
    ]);
  });
});
