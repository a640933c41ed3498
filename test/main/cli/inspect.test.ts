import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fedreconCommands } from '../../../main/cli/commands.ts';
import { checkSaidModalities, tableSettings } from '../../../main/cli/table-settings.ts';
import { type Typed, typed } from '../../support/typed-command.ts';
import { temporaryFolder } from '../support/folders.ts';
import { tinyPlan } from '../support/plants.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

const inspect = (...words: string[]) => typed(fedreconCommands, ['inspect', ...words]);

/** `npm run fedrecon -- inspect …`, as a person types it. */
async function inspectAsTyped(...words: string[]): Promise<Typed> {
  const home = temporaryFolder();
  const child = spawn(process.execPath, ['main/cli/fedrecon.ts', 'inspect', ...words], {
    cwd: project,
    env: { ...process.env, NODE_OPTIONS: '', XDG_DATA_HOME: home, HOME: home, LANG: 'en_US.UTF-8' },
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}

async function folderOf(table: string): Promise<string> {
  const folder = join(temporaryFolder(), 'plant');
  await mkdir(folder);
  await writeFile(join(folder, 'log.csv'), table);
  return folder;
}

const logged = [
  ...['ロガー,KV-8000,,,', '2024/05/01,12:00:00,,,', '部品番号,温度,圧力,所見,画像'],
  ...[
    'A-1,20.5,1.2,袖に汚れ あり,a.png',
    'A-2,21.5,x,異常 なし,',
    'A-3,22.5,1.4,N/A,',
    'A-4,23.5,1.6,小さな キズ,',
    '平均,21.5,1.3,,',
  ],
].join('\n');

describe('fedrecon inspect', () => {
  it('says the unit that the cells of a column carry, and the rows that carry another', async () => {
    const table =
      'id,湿度,幅,note\nA-1,5%,12.5mm,a b\nA-2,7 %,1.2 cm,c d\nA-3,6%,11 mm,e f\nA-4,9%,13 mm,g h\n';
    const { output } = await inspectAsTyped(await folderOf(table), '--json', '--language', 'en');
    const { columns, problems } = JSON.parse(output);
    expect(columns).toMatchObject([{ unit: null }, { unit: '%' }, { unit: 'mm' }, { unit: '' }]);
    expect(problems).toMatchObject([{ row: 3, column: '幅', code: 'unit-cell' }]);
  });

  it('says what a folder is understood as, without a plan, and writes nothing', async () => {
    const folder = await folderOf(logged);
    const { code, output } = await inspectAsTyped(folder, '--json', '--language', 'en');
    expect(code).toBe(0);
    const found = JSON.parse(output);
    expect(found).toMatchObject({ encoding: 'UTF-8', delimiter: ',', decimal: '.', header: 3, parts: 4 });
    expect(found.guesses.header.confidence).toBeLessThan(1);
    expect(found.identity).toMatchObject({ column: '部品番号', reason: 'name', new: 4 });
    expect(found.columns).toMatchObject([
      { name: '部品番号', role: 'id', modality: null, sample: ['A-1', 'A-2', 'A-3', 'A-4'] },
      { name: '温度', kind: 'signal', unit: '' },
      { name: '圧力', kind: 'signal' },
      { name: '所見', kind: 'text', unit: '' },
      { name: '画像', kind: 'image' },
    ]);
    expect(
      found.problems.map(({ row, column, code }: Record<string, unknown>) => [row, column, code]),
    ).toEqual([
      [4, '画像', 'image-missing'],
      [5, '圧力', 'number-invalid'],
      [8, '部品番号', 'row-summary'],
    ]);
    expect(found.problems[1].message).toMatch(/^"x" is not a number/);
    expect(await readdir(folder)).toEqual(['log.csv']);
  });

  it('reads by a plan, and says why an import would refuse the folder', async () => {
    const folder = await folderOf('id;gauge\nA;1.234 2.345 3.456 4.567\n');
    const plan = join(temporaryFolder(), 'plan.json');
    await writeFile(plan, JSON.stringify(tinyPlan));
    const words = [folder, '--plan', plan, '--json', '--language', 'en'];
    const asked = await inspect(...words);
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.output)).toMatchObject({
      code: 'number-unclear',
      parts: 0,
      problems: [{ row: 2, column: 'gauge', code: 'number-unclear' }],
    });
    const told = await inspect(...words, '--set', 'decimal=.', '--set', 'id=none');
    expect([told.code, JSON.parse(told.output)]).toMatchObject([
      0,
      {
        parts: 1,
        decimal: '.',
        identity: { column: null },
        columns: [{ role: 'ignore' }, { role: 'gauge' }],
      },
    ]);
  });

  it.each<[string, string, string[][], boolean]>([
    ['a minus behind', 'id,f\nA,5.5-\nB,6.5-\n', [['2', 'f', 'number-invalid']], true],
    ['digits set apart by _', 'id,f\nA,5_000\nB,6_500\n', [['2', 'f', 'number-invalid']], true],
    [
      'codes and days',
      'id,lot,day\nA,K-12x,2026-03-01\nB,K-13y,2026-03-02\n',
      [['2', 'day', 'column-unused']],
      false,
    ],
    [
      'times of another order',
      'id,time,value\nA,1/2/2026 10:00,1\nA,2/2/2026 10:00,2\nB,1/2/2026 10:00,3\nB,2/2/2026 10:00,4\n',
      [2, 3, 4, 5].map((row) => [String(row), 'time', 'time-invalid']),
      true,
    ],
  ])('says which numbers it does not read: %s', async (_, table, listed, isRefused) => {
    const { code, output } = await inspect(await folderOf(table), '--json', '--language', 'en');
    const found = JSON.parse(output);
    const problems = found.problems as { row: number; column: string; code: string }[];
    expect(problems.map(({ row, column, code }) => [String(row), column, code])).toEqual(listed);
    expect([code, found.code]).toEqual(isRefused ? [1, 'measurements-none'] : [0, undefined]);
    // A refusal names cells, with their places.
    const [row, column] = listed[0]!;
    if (isRefused && column !== 'time') expect(found.message).toContain(`in row ${row}, column ${column}`);
  });

  it('shows what would move the cursor of a terminal, and does not do it', async () => {
    const lines = Array.from({ length: 9 }, (_, row) => `A-${row},\u001b[31mred ${row}\u0007,${row}.5`);
    const folder = await folderOf(`id,note,x\n${lines.join('\n')}\nA-9,ok,\u001b[2J1\n`);
    const { output } = await inspect(folder, '--language', 'en');
    expect(output).toContain('␛[31mred 0␇ | ␛[31mred 1␇');
    expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('refuses a folder that is not there in JSON too', async () => {
    const { code, output } = await inspect(join(temporaryFolder(), 'nowhere'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toEqual({
      code: 'folder-missing',
      message: expect.stringContaining('nowhere'),
    });
  });

  it('explains itself, and refuses words that it does not know', async () => {
    expect((await inspect('--help')).output).toContain('inspect FOLDER');
    expect((await inspect('-h')).output).toContain('inspect FOLDER');
    for (const word of ['--help', '-h', 'help'])
      expect(await typed(fedreconCommands, [word])).toMatchObject({
        code: 0,
        output: expect.stringMatching(/COMMAND[\s\S]*inspect FOLDER[\s\S]*audit verify/),
      });
    const { code, errors } = await inspect(temporaryFolder(), '--set', 'colour=red');
    expect([code, errors]).toEqual([2, expect.stringContaining('colour')]);
  });
});

describe('what a person says of a table on the command line', () => {
  it.each(['empty.__proto__=remove', 'bits.__proto__=12'])(
    '%s of no measurement is refused as any other name',
    (word) => {
      expect(() => checkSaidModalities(tableSettings([word]), ['gauge'])).toThrow('__proto__');
    },
  );

  it('are settings of reading, the id, and roles of columns', () => {
    const words = [
      'delimiter=tab',
      'header=none',
      'words=leer,-999',
      'id=none',
      'column.a=b=note',
      'decimal=,',
      ...['bits.camera=12', 'region.camera=0.1,0.2,0.5,0.5', 'page.camera=side', 'range.x-ray=-1,1'],
    ];
    expect(tableSettings(words)).toEqual({
      reading: { delimiter: '\t', header: 0, words: ['leer', '-999'], decimal: ',' },
      columns: { 'a=b': 'note' },
      empty: {},
      id: null,
      pictures: {
        camera: { bits: 12, region: { left: 0.1, top: 0.2, width: 0.5, height: 0.5 }, page: 'side' },
        'x-ray': { range: [-1, 1] },
      },
    });
  });

  it.each([
    ...['encoding=klingon', 'header=-1', 'decimal', '=x', 'toString=1'],
    ...['bits.a=11', 'range.a=1', 'range.a=5,5', 'range.a=1,', 'page.a=0', 'behind.a=red', 'region.a=0,0,1'],
    ...['region.a=0.5,0,0.6,1', 'region.a=0,0,1,1,1', 'bits.=12', 'region.a=10,10,80,80'],
  ])('%s is refused', (word) => {
    expect(() => tableSettings([word])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
