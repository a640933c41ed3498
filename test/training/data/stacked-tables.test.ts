import { mkdirSync, writeFileSync } from 'node:fs';
import { writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { codeOf, folderWith, greyPng, importFolder, plan } from './support.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** What a folder becomes: its parts, and its problems as row, table, column, code. */
async function taken(files: Files, reading: ReadingSettings = {}, manifest = '.') {
  const imported = await importFolder(folderWith(files), {}, { reading, manifest });
  return {
    parts: imported.parts.map(({ id, values }) => [id, values.gauge ?? null, values.note ?? null]),
    problems: imported.problems.map(({ row, column, code, detail }) => [row, detail.table, column, code]),
  };
}

const head = 'id,gauge,note\n';
const first = `${head}A1,1 2 3,a\nA2,2 3 4,b\n`;
const second = `${head}B1,3 4 5,c\nB2,4 5 6,d\n`;
const four = [
  ['A1', [1, 2, 3], 'a'],
  ['A2', [2, 3, 4], 'b'],
  ['B1', [3, 4, 5], 'c'],
  ['B2', [4, 5, 6], 'd'],
];

describe('tables of the same columns', () => {
  it.each<[string, Files]>([
    ['in a folder each', { '2026-03-01/m.csv': first, '2026-03-02/m.csv': second }],
    ['side by side', { 'data_2026-03-01.csv': first, 'data_2026-03-02.csv': second }],
    ['two folders deep', { '2026/03/01/m.csv': first, '2026/03/02/m.csv': second }],
    [
      'with the columns in another order',
      { 'a/m.csv': first, 'b/m.csv': 'Note,ID,gauge\nc,B1,3 4 5\nd,B2,4 5 6\n' },
    ],
    [
      'in different formats',
      {
        'a.csv': first,
        'b.jsonl': '{"id":"B1","gauge":[3,4,5],"note":"c"}\n{"id":"B2","gauge":[4,5,6],"note":"d"}\n',
      },
    ],
    [
      'below the lines of a logger, each of its own length',
      { 'a/m.csv': `Logger,7\nStart,2026-03-01\n${first}`, 'b/m.csv': `Logger,7\n${second}` },
    ],
    ['one the copy of another', { 'a.csv': first, 'a (copy).csv': first, 'b.csv': second }],
    [
      'one with rows of the day before',
      { 'a.csv': first, 'b.csv': `${head}A2,2 3 4,b\nB1,3 4 5,c\nB2,4 5 6,d\n` },
    ],
  ])('are read one below the other: %s', async (_name, files) => {
    expect(await taken(files)).toEqual({ parts: four, problems: [] });
    const { manifest } = await preview(plan, folderWith(files));
    expect(manifest).not.toMatch(/\.(csv|jsonl)$/);
  });

  it('are read from workbooks, and counted by their own rows', async () => {
    const sheet = (...rows: (string | number)[][]) =>
      writeXlsx({ sheets: [{ name: 'S', rows: [['id', 'gauge', 'note'], ...rows] }] });
    const files = {
      '01/m.xlsx': await sheet(['A1', '1 2 3', 'a']),
      '02/m.xlsx': await sheet(['B1', '1 2 x', 'c'], ['B2', '4 5 6', 'd']),
    };
    expect(await taken(files)).toEqual({
      parts: [four[0], ['B1', null, 'c'], four[3]],
      problems: [[2, '02/m.xlsx', 'gauge', 'number-invalid']],
    });
  });

  it('name the table and the row of what is wrong', async () => {
    const files = { 'a/m.csv': first, 'b/m.csv': `${head}B1,3 4 5,c\nA1,9 9 9,z\nB2,4 5 6,d,e\nB3,4 5,f\n` };
    const { problems } = await taken(files);
    expect(problems).toEqual([
      [3, 'b/m.csv', '', 'part-repeated'],
      [4, 'b/m.csv', '', 'row-width'],
      [5, 'b/m.csv', 'gauge', 'signal-length'],
    ]);
  });

  it('say which columns are not in all of them', async () => {
    const files = { 'a.csv': first, 'b.csv': 'id,gauge\nB1,3 4 5\n' };
    const { reading } = await preview(plan, folderWith(files));
    expect(reading.stacked).toMatchObject({
      files: ['a.csv', 'b.csv'],
      lacking: [{ column: 'note', files: ['b.csv'] }],
    });
    expect((await taken(files)).parts.at(-1)).toEqual(['B1', [3, 4, 5], null]);
  });

  it('call parts without ids as they are called in that file alone, so that a new day renames none', async () => {
    const [one, two] = ['gauge,note\n1 2 3,a\n', 'gauge,note\n2 3 4,b\n'];
    const folder = folderWith({ '01/m.csv': one });
    const ids = async () => (await importFolder(folder, {}, { manifest: '.' })).parts.map(({ id }) => id);
    const [before] = await ids();
    mkdirSync(`${folder}/02`);
    writeFileSync(`${folder}/02/m.csv`, two);
    const after = await ids();
    expect(after).toHaveLength(2);
    expect(after[0]).toBe(before);
  });

  it('name pictures beside themselves, or from the chosen folder', async () => {
    const { parts, problems } = await importFolder(
      folderWith({
        '01/m.csv': 'id,image\nA1,p/1.png\n',
        '01/p/1.png': greyPng(10),
        '02/m.csv': 'id,image\nB1,p/1.png\nB2,01/p/1.png\nB3,p/2.png\n',
        '02/p/1.png': greyPng(20),
      }),
      {},
      { manifest: '.' },
    );
    const files = parts.map(({ id, values }) => [id, (values.camera as { file: string }).file.slice(-10)]);
    expect(files).toEqual([
      ['A1', '01/p/1.png'],
      ['B1', '02/p/1.png'],
      ['B2', '01/p/1.png'],
    ]);
    expect(problems.map(({ row, code, detail }) => [row, code, detail.table])).toEqual([
      [4, 'image-missing', '02/m.csv'],
      [4, 'part-empty', '02/m.csv'],
    ]);
  });

  const semicolons = (rows: string) => `id;gauge_1;gauge_2;gauge_3\n${rows}`;
  const commas = (rows: string) => semicolons(rows).replaceAll(';', ',');
  it.each<[string, Files, number[]]>([
    ['a day of whole numbers follows the others', { 'b.csv': semicolons('B1;4;5;6\n') }, [4, 5, 6]],
    ['a day with points', { 'b.csv': semicolons('B1;4.5;5;6\n') }, [4.5, 5, 6]],
    ['a day with points between commas', { 'b.csv': commas('B1;4.5;5;6\n') }, [4.5, 5, 6]],
    ['a day with three digits behind points', { 'b.csv': commas('B1;4.125;5;6\n') }, [4.125, 5, 6]],
    ['the first day with points', { '0.csv': commas('B1;4.5;5;6\n') }, [4.5, 5, 6]],
    [
      'a day of a workbook’s numbers',
      { 'b.jsonl': '{"id":"B1","gauge_1":4.5,"gauge_2":5,"gauge_3":6}\n' },
      [4.5, 5, 6],
    ],
  ])('write their numbers each in their own way: %s', async (_name, other, values) => {
    const files = { 'a.csv': semicolons('A1;1,5;2;3\nA2;2,5;3;4\n'), ...other };
    const { parts, problems } = await taken(files);
    expect(problems).toEqual([]);
    expect(parts.toSorted().map(([id, gauge]) => [id, gauge])).toEqual([
      ['A1', [1.5, 2, 3]],
      ['A2', [2.5, 3, 4]],
      ['B1', values],
    ]);
    const { modalities } = (await standardPlan(folderWith(files), undefined, undefined, { least: 1 })).plan;
    const [low, high] = (modalities[0] as { range: [number, number] }).range;
    expect([low > -5, high < 12]).toEqual([true, true]);
  });

  it.each<[string, Files]>([
    [
      'where the days before are of another sort',
      {
        'a.csv': semicolons('A1;1,5;2;3\n'),
        'b.csv': semicolons('B1;1.234;5;6\n').replaceAll(';', '\t'),
      },
    ],
    [
      'where the days before write them in two ways',
      {
        'a.csv': semicolons('A1;1,5;2;3\n'),
        'a2.csv': semicolons('A2;1.5;2;3\n'),
        'b.csv': semicolons('B1;1.234;5;6\n'),
      },
    ],
  ])('ask for a number of two meanings by file, row and column %s', async (_name, files) => {
    const seen = await preview(plan, folderWith(files));
    expect(seen.problems).toMatchObject([
      { code: 'number-unclear', row: 2, column: 'gauge_1', detail: { value: '1.234', table: 'b.csv' } },
    ]);
  });

  it('are shown with the choices of their text where others have types', async () => {
    const files = {
      'a.jsonl': '{"id":"A1","gauge_1":4.5,"gauge_2":5,"gauge_3":6}\n',
      'b.csv': semicolons('B1;1.234;5;6\n'),
    };
    const { reading, problems } = await preview(plan, folderWith(files));
    expect(problems.map(({ code }) => code)).toEqual(['number-unclear']);
    expect(reading.delimiter?.value).toBe(';');
    expect((await taken(files, { decimal: '.' })).parts).toEqual([
      ['A1', [4.5, 5, 6], null],
      ['B1', [1.234, 5, 6], null],
    ]);
  });

  it('are read each in its own encoding, also where a person corrects that of one', async () => {
    const note = (id: string, text: string) => `id;note\n${id};${text}\n`;
    const files = {
      'a.csv': iconv.encode(note('A1', 'krawędź'), 'win1250'),
      'b.csv': note('B1', '傷あり'),
    };
    const [shown, corrected] = [
      await preview(plan, folderWith(files)),
      await taken(files, { encoding: 'Windows-1250' }),
    ];
    expect(shown.reading.encoding?.reason).toBe('unclear');
    expect(corrected.parts.map(([id, , text]) => [id, text])).toEqual([
      ['A1', 'krawędź'],
      ['B1', '傷あり'],
    ]);
  });

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['a mark of its encoding', '\ufeff'],
    ['blank lines', '\r\n\r\n'],
    ['the names of its columns', head],
    ['names with another separator', head.replaceAll(',', ';')],
    ['names and their units', 'id,gauge,note\n,mm,\n'],
  ])('bring no parts on a day without production, which is listed: the file holds %s', async (_name, day) => {
    for (const name of ['00.csv', 'day.csv', 'b/day.csv']) {
      const folders = name.includes('/') ? ['a/', 'c/'] : ['a', 'c'];
      const files = { [`${folders[0]}1.csv`]: first, [name]: day, [`${folders[1]}1.csv`]: second };
      const { parts, problems } = await taken(files);
      expect(parts).toEqual(four);
      expect(problems).toEqual([[1, name, '', 'table-empty']]);
      const seen = await preview(plan, folderWith(files));
      expect([seen.rows, seen.problems.map(({ code }) => code)]).toEqual([4, ['table-empty']]);
    }
  });

  it('name the file by its folder that cannot be read', async () => {
    const damaged = { '1/m.csv': first, '2/m.csv': Buffer.from([0, 1, 2, 0xff, 0]), '3/m.csv': second };
    const refused = preview(plan, folderWith(damaged));
    await expect(refused).rejects.toMatchObject({
      code: 'manifest-encoding',
      detail: { manifest: '2/m.csv' },
    });
  });
});

describe('tables whose ids count anew', () => {
  const files = { '01/m.csv': `${head}1,1 2 3,a\n2,2 3 4,b\n`, '02/m.csv': `${head}1,3 4 5,c\n2,4 5 6,d\n` };

  it('are refused with both places, and shown, until a person says how they are meant', async () => {
    const folder = folderWith(files);
    const seen = await preview(plan, folder);
    expect(seen.problems).toMatchObject([
      {
        code: 'stack-ids',
        row: 2,
        detail: { id: '1', file: '02/m.csv', row: 2, other: '01/m.csv', otherRow: 2 },
      },
    ]);
    expect(seen.reading.stacked?.ids.confidence).toBeLessThan(0.5);
    expect(await codeOf(taken(files))).toBe('stack-ids');
  });

  it('are told apart by their table where a person says so', async () => {
    expect((await taken(files, { ids: 'by-table' })).parts.map(([id]) => id)).toEqual([
      '01/1',
      '01/2',
      '02/1',
      '02/2',
    ]);
  });

  it('are so where a person has said which column holds the ids, too', async () => {
    const said = Object.fromEntries(
      Object.entries(files).map(([name, table]) => [name, table.replace('id,', 'mark,')]),
    );
    const roles = { mark: 'id', gauge: 'gauge', note: 'note' };
    const imported = (ids?: ReadingSettings['ids']) =>
      importFolder(folderWith(said), roles, { reading: { ...(ids && { ids }) }, manifest: '.' });
    expect(await codeOf(imported())).toBe('stack-ids');
    const { parts } = await imported('by-table');
    expect(parts.map(({ id }) => id)).toEqual(['01/1', '01/2', '02/1', '02/2']);
  });

  it('are the same parts where a person says so: the first row holds, the others are listed', async () => {
    const { parts, problems } = await taken(files, { ids: 'unique' });
    expect(parts.map(([id, gauge]) => [id, gauge])).toEqual([
      ['1', [1, 2, 3]],
      ['2', [2, 3, 4]],
    ]);
    expect(problems).toEqual([
      [2, '02/m.csv', '', 'part-repeated'],
      [3, '02/m.csv', '', 'part-repeated'],
    ]);
  });
});

describe('tables that are no stack', () => {
  it.each<[string, Files, string]>([
    [
      'recordings of a part each',
      { 'a.csv': 't,gauge\n0,1\n1,2\n', 'b.csv': 't,gauge\n0,2\n1,3\n' },
      'stack-recordings',
    ],
    ['lists of numbers', { 'p/a.csv': 'gauge\n1\n2\n', 'p/b.csv': 'gauge\n2\n1\n' }, 'stack-recordings'],
    [
      'columns in other units',
      {
        'a.csv': 'id,gauge_1,gauge_2,gauge_3\n,mm,mm,mm\nA1,1,2,3\nA2,1,2,3\n',
        'b.csv': 'id,gauge_1,gauge_2,gauge_3\n,mm,µm,mm\nB1,1,2,3\nB2,1,2,3\n',
      },
      'stack-units',
    ],
    [
      'headings that differ by their units',
      { 'a.csv': 'id,gauge (mm)\nA1,1\nA2,2\n', 'b.csv': 'id,gauge 【inch】\nB1,1\nB2,2\n' },
      'stack-units',
    ],
    [
      'a unit in the heading of one alone',
      { 'a.csv': 'id,gauge (mm),note\nA1,1,x\n', 'b.csv': 'id,gauge,note\nB1,1,y\n' },
      'stack-units',
    ],
    [
      'too few columns in common',
      { 'a.csv': 'id,a,b,c\nA1,1,2,3\n', 'b.csv': 'id,a,x,y\nB1,1,2,3\n' },
      'manifest-ambiguous',
    ],
  ])('are refused: %s', async (_name, files, code) => {
    expect(await codeOf(taken(files))).toBe(code);
  });

  it('are read as a person says: one of them, or stacked, or joined', async () => {
    const files = { 'a.csv': first, 'b.csv': second };
    expect((await taken(files, { table: 'b.csv' })).parts).toEqual(four.slice(2));
    expect(await codeOf(taken(files, { tables: 'join' }))).toBe('tables-apart');
    expect(await codeOf(taken(files, { table: 'c.csv' }))).toBe('manifest-missing');
    const recordings = { 'a.csv': 't,note\n0,x\n1,y\n', 'b.csv': 't,note\n0,z\n1,w\n' };
    expect((await taken(recordings, { tables: 'stack' })).parts).toHaveLength(4);
    const { reading } = await preview(
      plan,
      folderWith(files),
      undefined,
      {},
      { reading: { table: 'a.csv' } },
    );
    expect(reading).toMatchObject({ files: ['a.csv', 'b.csv'], tables: { value: 'one', reason: 'given' } });
  });

  const days = {
    'day1.csv': 'id,gauge,note\nA1,A1.csv,a\n',
    'day2.csv': 'id,gauge,note\nB1,sig/B1.csv,b\n',
  };
  const signals = { 'A1.csv': '1\n2\n3\n', 'sig/B1.csv': 'time,force\n0,2\n1,3\n2,4\n' };
  it.each<[string, Files]>([
    ['beside them', { ...days, ...signals }],
    [
      'in the folder of each day',
      { '1/m.csv': days['day1.csv'], '1/A1.csv': signals['A1.csv'], '2/m.csv': days['day2.csv'] } as Files,
    ],
    ['beside a table alone', { 'list.csv': days['day1.csv'], 'A1.csv': signals['A1.csv'] }],
  ])('are those that hold the signal of a part: %s', async (_name, files) => {
    const whole = '2/m.csv' in files ? { ...files, '2/sig/B1.csv': signals['sig/B1.csv'] } : files;
    const { parts, problems } = await taken(whole);
    const expected = [
      ['A1', [1, 2, 3], 'a'],
      ['B1', [2, 3, 4], 'b'],
    ];
    expect(parts).toEqual('list.csv' in files ? expected.slice(0, 1) : expected);
    expect(problems).toEqual([]);
    expect((await preview(plan, folderWith(whole))).problems).toEqual([]);
  });

  it('are told by being named, too, and where no row names them they are listed', async () => {
    const several = 'index,force,torque\n1,2,3\n2,3,4\n';
    const named = await taken({ ...days, 'A1.csv': several, 'sig/B1.csv': several });
    expect(named.problems.map(([row, table, column, code]) => [row, table, column, code])).toEqual([
      [2, 'day1.csv', 'gauge', 'signal-file-format'],
      [2, 'day2.csv', 'gauge', 'signal-file-format'],
    ]);
    const { parts, problems } = await taken({
      'a.csv': first,
      'b.csv': second,
      ...signals,
      'C.csv': '1\n2\n',
    });
    expect(parts).toEqual(four);
    expect(problems).toEqual([
      [1, 'A1.csv', '', 'recordings-unnamed'],
      [1, undefined, '', 'table-unread'],
    ]);
  });

  it('beside one that is called parts stay apart from it', async () => {
    const seen = await preview(plan, folderWith({ 'parts.csv': first, 'parts_old.csv': second }));
    expect(seen.manifest).toMatch(/parts\.csv$/);
    expect(seen.identity.new).toBe(2);
  });
});
