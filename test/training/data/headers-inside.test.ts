import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManifestRow } from '../../../training/data/manifest/rows.ts';
import { underNamesInside } from '../../../training/data/manifest/text/headers-inside.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { folderWith, importFolder, plan } from './support.ts';
import { number, row, text, workbookOf } from './workbook-files.ts';

/** Values of the parts of a folder under the plan that is made from it, and what is said of its rows. */
async function understood(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = folderWith(files);
  const { plan: made, manifest, columns } = await standardPlan(folder);
  const { parts, problems } = await importFolder(folder, columns, { plan: made, manifest });
  return {
    parts: parts.map(({ id, values }) => [id, values.temp, values.force]),
    problems: problems.map(({ row, code }) => [row, code]),
  };
}

const first = 'id,temp,force,note\nA1,20.5,100,dark spot\nA2,21.5,200,\n';
const partsOfFirst = [
  ['A1', [20.5], [100]],
  ['A2', [21.5], [200]],
];
const moved = [
  ['B1', [30.5], [300]],
  ['B2', [31.5], [400]],
];

describe('names of columns that come again inside a table', () => {
  it.each([
    [
      'in another case, behind a mark of the next file',
      '\ufeffID, Temp ,FORCE,note\nB1,30.5,300,\nB2,31.5,400,\n',
    ],
    ['below a blank line', '\n\nid,temp,force,note\nB1,30.5,300,\nB2,31.5,400,\n'],
  ])('in the same order are no part, and told (%s)', async (_name, table) => {
    const { parts, problems } = await understood({ 'parts.csv': first + table });
    expect(parts).toEqual([...partsOfFirst, ...moved]);
    expect(problems).toEqual([[table.startsWith('\n') ? 6 : 4, 'header-repeated']]);
  });

  const other = `${first}id,force,temp,note\nB1,300,30.5,light\nB2,400,31.5,\n`;
  it.each([
    ['a comma', 'parts.csv', other],
    ['a semicolon, and decimal commas', 'parts.csv', other.replaceAll(',', ';').replaceAll('.', ',')],
    ['tabs', 'parts.tsv', other.replaceAll(',', '\t')],
    ['quotation marks', 'parts.csv', other.replace(/[^,\n]+/g, '"$&"')],
    ['a column less', 'parts.csv', `${first}id,force,temp\nB1,300,30.5\nB2,400,31.5\n`],
  ])('in another order are followed (%s)', async (_name, file, table) => {
    const { parts, problems } = await understood({ [file]: table });
    expect(parts).toEqual([...partsOfFirst, ...moved]);
    expect(problems).toEqual([[4, 'header-moved']]);
  });

  it('are followed in workbooks, in lines of JSON and in a table of several', async () => {
    const sheet = {
      rows: [
        row(1, ...['id', 'temp', 'force'].map(text)),
        row(2, text('A1'), number(20.5), number(100)),
        row(3, text('A2'), number(21.5), number(200)),
        row(4, ...['id', 'force', 'temp'].map(text)),
        row(5, text('B1'), number(300), number(30.5)),
        row(6, text('B2'), number(400), number(31.5)),
      ],
    };
    const lines = other
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([id, temp, force]) => JSON.stringify({ id, temp, force }));
    for (const files of [
      { 'parts.xlsx': workbookOf({ Sheet: sheet }) },
      { 'parts.jsonl': `${lines.join('\n')}\n` },
      { 'day-1.csv': other, 'day-2.csv': 'id,temp,force,note\nC1,1.5,500,\n' },
    ]) {
      const { parts, problems } = await understood(files);
      expect(parts.slice(0, 4)).toEqual([...partsOfFirst, ...moved]);
      expect(problems.map(([, code]) => code)).toEqual(['header-moved']);
    }
  });

  it.each([
    ['other names', 'id,pressure,speed,note'],
    ['a column more', 'id,force,temp,note,operator'],
    ['other names of all columns behind a blank line', '\nNr,pressure,speed,remark'],
    ['other units', 'id,temp [K],force,note'],
  ])('leave out by row what stands below %s, until the first come again', async (_name, names) => {
    const table = `${first}${names}\nB1,30.5,300,\nB2,31.5,400,\nid,temp,force,note\nC1,1.5,500,\n`;
    const { parts, problems } = await understood({ 'parts.csv': table });
    const at = names.startsWith('\n') ? 5 : 4;
    expect(parts).toEqual([...partsOfFirst, ['C1', [1.5], [500]]]);
    expect(problems).toEqual([
      ...[at, at + 1, at + 2].map((row) => [row, 'header-other']),
      [at + 3, 'header-repeated'],
    ]);
  });

  it('bring their row of units with them', async () => {
    const block = (id: string, unit: string) =>
      `id,temp,force\n,${unit},N\n${id}1,20.5,100\n${id}2,21.5,200\n${id}3,22.5,300\n`;
    const { parts, problems } = await understood({
      'parts.csv': block('A', '°C') + block('B', '℃') + block('C', '°F'),
    });
    expect(parts.map(([id]) => id)).toEqual(['A1', 'A2', 'A3', 'B1', 'B2', 'B3']);
    expect(problems).toEqual([
      [6, 'header-repeated'],
      [11, 'header-repeated'],
      ...[12, 13, 14, 15].map((row) => [row, 'header-other']),
    ]);
  });

  it('are no row of which a cell says the same as a name', async () => {
    const rows = ['A1,1.5,dark,force', 'force,2.5,temp,light', 'id,3.5,dark,note', 'A4,broken,note,temp'];
    const { parts } = await understood({
      'parts.csv': `id,temp,look,note\n${rows.join('\n')}\nA5,4.5,dark,\n`,
    });
    expect(parts.map(([id, temp]) => [id, temp])).toEqual([
      ['A1', [1.5]],
      ['force', [2.5]],
      ['id', [3.5]],
      ['A4', undefined],
      ['A5', [4.5]],
    ]);
  });

  it('give each value to its column however often and in whatever order they come', async () => {
    const names = ['id', 'temp', 'force', 'speed'];
    const order = fc.shuffledSubarray(names, { minLength: names.length });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(order, fc.integer({ min: 1, max: 3 })), { maxLength: 6 }),
        async (blocks) => {
          let at = 1;
          const rows: ManifestRow[] = [];
          const expected: string[][] = [];
          for (const [own, count] of [[names, 2] as const, ...blocks]) {
            if (own !== names) rows.push({ row: ++at, cells: own });
            for (let index = 0; index < count; index++) {
              const values: Record<string, string> = {
                id: `P${++at}`,
                temp: `${at}.1`,
                force: `${at}.2`,
                speed: `${at}.3`,
              };
              rows.push({ row: at, cells: own.map((name) => values[name]!) });
              expected.push(names.map((name) => values[name]!));
            }
          }
          async function* inTwo() {
            yield rows.slice(0, 3);
            yield rows.slice(3);
          }
          const read: ManifestRow[] = [];
          for await (const some of underNamesInside(inTwo(), { names })) read.push(...some);
          expect(read.flatMap((one) => ('cells' in one ? [one.cells] : []))).toEqual(expected);
          expect(read.filter((one) => 'problem' in one)).toHaveLength(blocks.length);
        },
      ),
    );
  });
});

describe('tables that stand with another in one file', () => {
  const more = 'A3,1.5,2,\nA4,2.5,3,\nA5,3.5,2,\n';

  it('above its names are told: their parts are not read', async () => {
    const { parts, problems } = await understood({
      'parts.csv': `id,temp\nZ1,20.5\nZ2,21.5\n${first}${more}`,
    });
    expect(parts).toHaveLength(5);
    expect(problems).toEqual([[1, 'rows-above']]);
  });

  it('are no set-up that a logger writes above its table', async () => {
    const { problems } = await understood({
      'parts.csv': `Serial,12345\nOperator,Kim\nStart,08:15\n\n${first}${more}`,
    });
    expect(problems).toEqual([]);
  });

  it('above its names are told without names of their own, too', async () => {
    const rows = 'A1,1.5,2.5\nA2,2.5,3.5\n';
    const { parts, problems } = await understood({
      'parts.csv': `${rows}id,force,temp\n${rows.replaceAll('A', 'B')}`,
    });
    expect(parts.map(([id]) => id)).toEqual(['B1', 'B2']);
    expect(problems).toEqual([[1, 'rows-above']]);
  });

  it.each([
    ['without ids', 'x,y,,x,y\n1.5,2.5,,3.5,4.5\n2.5,3.5,,4.5,5.5\n', 'x'],
    ['with ids of another name', 'id,x,,serial,y\nA1,2.5,,B1,4.5\nA2,3.5,,B2,5.5\n', 'serial'],
  ])('side by side behind an empty column are refused %s', async (_name, table, column) => {
    const { isRefused, problems } = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(isRefused).toBe(true);
    expect(problems).toMatchObject([{ column, code: 'columns-beside' }]);
  });

  it('below the others as a last row behind a blank line are told, where no id says what they are', async () => {
    const rows = '1.5,2.5\n2.5,3.5\n3.5,1.5\n';
    expect((await understood({ 'parts.csv': `temp,force\n${rows}\n7.5,7.5\n` })).problems).toEqual([
      [6, 'row-apart'],
    ]);
    for (const table of [`${rows}\n${rows}`, `${rows}\n\n`])
      expect((await understood({ 'parts.csv': `temp,force\n${table}` })).problems).toEqual([]);
  });

  it.each([
    ['by names', 'id,A1,A2,A3\nforce,1.5,2.5,3.5\ntemp,20,21,22\nspeed,7,8,9\n', 'force'],
    ['by units', 'part,P-001,P-002\nq1 [N],1.5,2.5\nq2 [°C],20,21\n', 'q1 [N]'],
    ['in Japanese', '項目,P001,P002\n荷重,1.5,2.5\n温度,20,21\n備考,傷 なし,汚れ あり\n', '荷重'],
  ])(
    'on their side are refused, unless a person says that rows are parts (%s)',
    async (_name, table, measured) => {
      const folder = folderWith({ 'parts.csv': table });
      const { isRefused, problems } = await preview(plan, folder);
      expect(isRefused).toBe(true);
      expect(problems[0]).toMatchObject({ code: 'table-transposed', detail: { measured } });
      const said = await preview(plan, folder, undefined, {}, { reading: { rows: 'parts' } });
      expect(said.problems.map(({ code }) => code)).not.toContain('table-transposed');
      const named = folderWith({ 'parts.csv': 'id,ch1,ch2\nleft,1.5,2.5\nright,20,21\n' });
      expect((await preview(plan, named)).problems.map(({ code }) => code)).not.toContain('table-transposed');
    },
  );

  it('side by side are refused: a value would be taken for that of another part', async () => {
    const table = (second: string) => `id,note,id,gauge\nA1,dark,${second},1 2 3\nA2,light,A2,4 5 6\n`;
    const refused = await preview(plan, folderWith({ 'parts.csv': table('B1') }));
    expect(refused).toMatchObject({
      isRefused: true,
      problems: [{ row: 2, column: 'id', code: 'ids-beside', detail: { id: 'A1', other: 'B1' } }],
    });
    expect((await preview(plan, folderWith({ 'parts.csv': table('A1') }))).isRefused).toBe(false);
  });
});

describe('figures below a table, behind a blank line', () => {
  const rows = (first: string) =>
    Array.from({ length: 12 }, (_, at) => `${first}${at + 1},${20 + at / 2},${100 + 7 * at}\n`).join('');

  it('are no parts, whatever they are called, where one of them is known for a sum', async () => {
    const figures = 'Mittelwert,22.5,130\nAbw. σ²,1.2,12\nGüte (Cm),1.7,1.9\n';
    const { parts, problems } = await understood({
      'parts.csv': `id,temp,force\n${rows('A')}\n\n${figures}`,
    });
    expect(parts).toHaveLength(12);
    expect(problems).toEqual([
      [16, 'row-summary'],
      [17, 'row-summary'],
      [18, 'row-summary'],
    ]);
  });

  it('leave parts that are called as those above, and blocks without a sum', async () => {
    const more = await understood({
      'parts.csv': `id,temp,force\n${rows('A')}\nA13,9.5,99\nTotal,22.5,130\n`,
    });
    expect([more.parts.length, more.problems]).toEqual([13, [[16, 'row-summary']]]);
    const others = await understood({
      'parts.csv': `id,temp,force\n${rows('A')}\nQ/13,9.5,99\nQ/14,8.5,98\n`,
    });
    expect([others.parts.length, others.problems]).toEqual([14, []]);
  });
});
