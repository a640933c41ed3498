import { describe, expect, it } from 'vitest';
import { preview } from '../../../training/data/preview.ts';
import { codeOf, folderWith, greyPng, importFolder, plan } from './support.ts';

describe('the preview of a folder', () => {
  it('says what was understood, from the first rows', async () => {
    const folder = folderWith({
      'parts.csv':
        '\uFEFFid;camera;gauge_1;gauge_2;gauge_3;colour\nA;a.png;1,5;2;3;red\nB;;4;5;6;red\nC;b.png;;;;red\n',
      'a.png': greyPng(1),
    });
    const seen = await preview(plan, folder);
    expect(seen).toMatchObject({
      encoding: 'UTF-8 BOM',
      delimiter: ';',
      decimalComma: true,
      rows: 3,
      partial: false,
    });
    expect(seen.columns.map(({ name, role }) => [name, role])).toEqual([
      ['id', 'id'],
      ['camera', 'camera'],
      ['gauge_1', 'gauge:1'],
      ['gauge_2', 'gauge:2'],
      ['gauge_3', 'gauge:3'],
      ['colour', 'ignore'],
    ]);
    expect(seen.columns[1]!.examples).toEqual(['a.png', '', 'b.png']);
    expect(seen.counts).toEqual([
      { modality: 'camera', present: 1, missing: 2 },
      { modality: 'gauge', present: 2, missing: 1 },
    ]);
    expect(seen.absent).toEqual(['note']);
    expect(seen.parts[0]).toEqual({ row: 2, id: 'A', shown: { camera: 'a.png', gauge: '1.5 2 3' } });
    expect(seen.problems).toEqual([
      { row: 4, column: 'camera', code: 'image-missing', detail: { file: 'b.png' } },
      { row: 4, column: '', code: 'part-empty', detail: {} },
    ]);
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'takes a column called %s as any other',
    async (column) => {
      const folder = folderWith({ 'parts.csv': `id,${column},note\nA,1 2 3,dark\nB,4 5 6,light\n` });
      const guessed = await preview(plan, folder);
      expect(guessed.columns.map(({ name, role }) => [name, role])).toEqual([
        ['id', 'id'],
        [column, 'gauge'],
        ['note', 'note'],
      ]);
      const corrected = Object.fromEntries([[column, 'ignore']]);
      const { columns, counts } = await preview(plan, folder, undefined, corrected);
      expect(columns[1]).toMatchObject({ name: column, role: 'ignore' });
      expect(counts).toEqual([{ modality: 'note', present: 2, missing: 0 }]);
    },
  );

  it('decodes the pictures of ten parts where they are asked for, and names what only decoding shows', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `P${index},${index}.png,1 2 ${index % 10}`);
    const pictures = Array.from({ length: 40 }, (_, index) => [`${index}.png`, greyPng(index)] as const);
    const folder = folderWith({
      'parts.csv': `id,camera,gauge\n${rows.join('\n')}\n`,
      ...Object.fromEntries(pictures),
      '4.png': 'no picture',
    });
    const [seen, plain] = [
      await preview(plan, folder, undefined, {}, { samples: 10 }),
      await preview(plan, folder),
    ];
    expect(plain.samples).toEqual([]);
    expect(plain.problems).toEqual([]);
    expect(seen.samples.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `P${4 * index}`),
    );
    expect(seen.samples[2]).toMatchObject({
      row: 10,
      values: { gauge: [1, 2, 8], camera: { file: expect.stringMatching(/8\.png$/) } },
    });
    expect(seen.samples[1]!.values).toEqual({ gauge: [1, 2, 4] });
    expect(seen.problems).toMatchObject([{ row: 6, column: 'camera', code: 'image-unreadable' }]);
  });

  it('shows what its guesses make of the cells', async () => {
    const folder = folderWith({
      'parts.csv': 'id;note;gauge_1;gauge_2;gauge_3\nA;きず;1,5;2;N/A\nB;-;3;bad;4\nC;bad;1;2;3\n',
    });
    const { shows } = await preview(plan, folder);
    expect(shows.letters).toEqual(['きず']);
    expect(shows.numbers[0]).toEqual({ cell: '1,5', value: 1.5 });
    // A note may well say "bad"; a number that does is none.
    expect(shows.nothing).toEqual(
      expect.arrayContaining(['N/A', '-', 'bad'].map((cell) => ({ cell, count: 1 }))),
    );
  });

  it('reads no more than the first few hundred rows', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `P${index},dark`);
    const seen = await preview(plan, folderWith({ 'list.csv': `id,note\n${rows.join('\n')}` }));
    expect(seen.rows).toBe(300);
    expect(seen.partial).toBe(true);
  });

  it('takes the roles that a person corrects', async () => {
    const folder = folderWith({ 'parts.csv': 'a,b\nK1,dark\nK2,light\n' });
    const guessed = await preview(plan, folder);
    expect(guessed.problems).toMatchObject([{ code: 'columns-unusable' }]);
    const corrected = await preview(plan, folder, undefined, { b: 'note' });
    expect(corrected.problems).toEqual([]);
    expect(corrected.counts).toEqual([{ modality: 'note', present: 2, missing: 0 }]);
  });

  it('lists a wrong correction as a problem instead of failing', async () => {
    const folder = folderWith({ 'parts.csv': 'id,b\nK1,dark\n' });
    const seen = await preview(plan, folder, undefined, { b: 'weight' });
    expect(seen.problems).toMatchObject([{ code: 'column-role', detail: { column: 'b', role: 'weight' } }]);
  });

  it('lists rows that cannot be used', async () => {
    const seen = await preview(plan, folderWith({ 'parts.csv': 'id,note\nA,dark\nB,light, wide\n' }));
    expect(seen.problems).toEqual([
      { row: 3, column: '', code: 'row-width', detail: { actual: 3, expected: 2 } },
    ]);
    expect(seen.counts).toEqual([{ modality: 'note', present: 1, missing: 1 }]);
  });

  it('counts what is measured beside a table that was not read, too', async () => {
    const table = 'id,gauge,note\nA,1 2 3,dark\nB,2 3 4,light\n';
    const seen = await preview(
      plan,
      folderWith({ 'parts.csv': table, 'other.csv': 'name,remark\nX,in here\n' }),
    );
    expect(seen.problems).toMatchObject([{ row: 1, code: 'table-unread' }]);
    expect(seen.counts).toEqual([
      { modality: 'gauge', present: 2, missing: 0 },
      { modality: 'note', present: 2, missing: 0 },
    ]);
  });

  it('goes on where the first numbers are none, and lists them', async () => {
    const seen = await preview(
      plan,
      folderWith({ 'parts.csv': 'id,gauge,note\nA,x 2 3,dark\nB,1 2 3,light\n' }),
    );
    expect(seen.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'gauge', 'number-invalid'],
    ]);
  });

  it('lists what an import would list, wherever it stands', async () => {
    const rows = Array.from({ length: 700 }, (_, index) => {
      const bad: Readonly<Record<number, string>> = { 400: 'x', 500: '99', 600: '' };
      return `P${index === 650 ? 3 : index},${bad[index] ?? '1'},2,3,`;
    });
    const folder = folderWith({ 'parts.csv': `id,gauge_1,gauge_2,gauge_3,note\n${rows.join('\n')}\n` });
    const { problems } = await preview(plan, folder);
    expect(problems.map(({ row, code }) => [row, code])).toEqual([
      [402, 'number-invalid'],
      [402, 'part-empty'],
      [502, 'signal-range'],
      [502, 'part-empty'],
      [602, 'signal-gap'],
      [602, 'part-empty'],
      [652, 'part-duplicate'],
    ]);
    expect(problems).toEqual((await importFolder(folder)).problems);
  });

  it('refuses a manifest without a single part', async () => {
    expect(await codeOf(preview(plan, folderWith({ 'parts.csv': 'id,note\n' })))).toBe('manifest-empty');
  });
});
