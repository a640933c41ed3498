import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookAtFolder } from '../../../main/pilot/pilot-look.ts';
import { preview } from '../../../training/data/preview.ts';
import { usualLength } from '../../../training/kinds/signal-columns.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { understandColumns } from '../../../training/pilot/understood-columns.ts';
import { temporaryFolder } from '../../main/support/folders.ts';
import { writePlant } from '../../main/support/plants.ts';
import { shapeOf, writeShapePlant } from '../../main/support/shape-plant.ts';
import { codeOf, folderWith } from '../data/support.ts';

const points = () => ({ decimal: '.', thousands: 'none' }) as const;

describe('columns without a plan', () => {
  const rows = Array.from({ length: 10 }, (_, row) => [
    `A${row}`,
    `${row + 1}`,
    `img/${row}.PNG`,
    `${row * 3} ${(row * 7) % 5} 2`,
    `${(row * 31) % 7}`,
    `${(row * 17) % 5}`,
    row % 3 === 0 ? 'small scratch left' : 'no defect seen',
    'OK',
  ]);
  const header = ['Serial', 'no', 'photo', 'profile', 'temp_2', 'temp_1', 'remark', 'verdict'];

  it('are pictures, signals, numbered values and notes; counters and single words are left out', () => {
    expect(understandColumns(header, rows, points)).toEqual({
      id: 0,
      measurements: [
        { kind: 'image', header: 'photo', columns: [2], length: 1 },
        { kind: 'signal', header: 'profile', columns: [3], length: 3 },
        { kind: 'signal', header: 'temp', columns: [5, 4], length: 2 },
        { kind: 'text', header: 'remark', columns: [6], length: 1 },
      ],
    });
  });
});

describe('columns that are easily lost', () => {
  const table = (header: readonly string[], row: (index: number) => readonly string[]) =>
    understandColumns(
      header,
      Array.from({ length: 12 }, (_, index) => row(index)),
      points,
    ).measurements;

  it('are numbered ones that rise from row to row: a signal keeps all of its values', () => {
    const header = ['id', 'x_1', 'x_2', 'x_3', 'rank'];
    const found = table(header, (i) => [`A${i}`, `${i}`, `${(i * 5) % 7}`, `${(i * 3) % 5}`, `${i + 3}`]);
    expect(found).toEqual([{ kind: 'signal', header: 'x', columns: [1, 2, 3], length: 3 }]);
  });

  it('are notes of single words under the name of a note', () => {
    const found = table(['id', '所見', 'word'], (i) => [`A${i}`, i % 5 ? '良好' : `傷${i}`, `w${i}`]);
    expect(found).toEqual([{ kind: 'text', header: '所見', columns: [1], length: 1 }]);
  });

  it('are no serial numbers that a spreadsheet has spoilt', () => {
    const found = table(['serial', 'temp'], (i) => [`4.9${i}E+12`, `${(i * 5) % 7}.5`]);
    expect(found.map(({ header }) => header)).toEqual(['temp']);
  });
});

describe('numbered columns of a standard plan', () => {
  const numbered = async (...names: readonly string[]) => {
    const rows = Array.from({ length: 6 }, (_, part) =>
      [`A${part}`, ...names.map((_, place) => `${part}.${place + 1}`), 'dark spot'].join(','),
    );
    const folder = folderWith({ 'parts.csv': `id,${names.join(',')},note\n${rows.join('\n')}\n` });
    const { plan, columns } = await standardPlan(folder);
    const { unread } = await preview(plan, folder, undefined, {}, { guessed: columns });
    const channels = plan.modalities.map((one) => ('channels' in one ? one.channels : undefined));
    return {
      named: plan.modalities.map((_, index) => {
        const own = channels[index];
        return typeof own === 'object' ? own.map(({ name }) => name) : undefined;
      })[0],
      roles: names.map((name) => columns[name]),
      told: unread.map(({ column, code, detail }) => [
        column,
        code,
        detail.missing ?? detail.other ?? detail.first,
      ]),
    };
  };

  it.each([
    ['a gap', ['ch1', 'ch2', 'ch4', 'ch5'], [['ch1', 'columns-gap', '3']]],
    ['a gap of two columns', ['ch1', 'ch3'], [['ch1', 'columns-gap', '2']]],
    ['a number twice', ['ch1', 'ch01', 'ch2'], [['ch01', 'columns-same-number', 'ch01']]],
    ['a late beginning', ['ch5', 'ch6', 'ch7'], [['ch5', 'columns-late', 'ch5']]],
  ])('keep their names where they have %s, and it is told', async (_name, names, told) => {
    expect(await numbered(...names)).toMatchObject({ named: names, told });
  });

  it.each([
    ['from 0', ['ch0', 'ch1', 'ch2'], ['ch:1', 'ch:2', 'ch:3']],
    ['downwards', ['ch3', 'ch2', 'ch1'], ['ch:3', 'ch:2', 'ch:1']],
    ['in other widths and cases', ['ch1', 'CH02', 'ch_3'], ['ch:1', 'ch:2', 'ch:3']],
    ['by an even step', ['w400', 'w405', 'w410'], ['w:1', 'w:2', 'w:3']],
  ])('are values by their number where they count %s', async (_name, names, roles) => {
    expect(await numbered(...names)).toEqual({ named: undefined, roles, told: [] });
  });
});

describe('a standard plan', () => {
  it('is refused with the place where no row fits the names', async () => {
    const folder = folderWith({ 'parts.csv': 'id,temp,note\nA,1,5,dark one\nB,2,5,light one\n' });
    await expect(standardPlan(folder)).rejects.toMatchObject({
      code: 'rows-longer',
      detail: { manifest: 'parts.csv', row: 2, actual: 4, expected: 3, value: 'A' },
    });
    const wider = folderWith({ 'parts.csv': 'id,temp,note\nA,1,5,dark,one\nB,2,5,light,one\n' });
    await expect(standardPlan(wider)).rejects.toMatchObject({
      code: 'rows-unusable',
      detail: { manifest: 'parts.csv', row: 2 },
    });
    // Who only looks is shown how it is read, to correct that.
    const { found } = await lookAtFolder({ folder });
    expect(found).toMatchObject({
      ...{ isRefused: true, rows: 2, reading: { delimiter: { value: ',' }, header: { value: 1 } } },
      problems: [
        { code: 'rows-longer', row: 2 },
        { code: 'row-width', row: 2 },
        { code: 'row-width', row: 3 },
      ],
    });
  });

  it('takes the length that signals have, though one of a few was cut short', () => {
    expect(usualLength([128, 128, 20, 128, 128, 128, 128, 128, 128, 128])).toBe(128);
    expect(usualLength([128, 20])).toBe(20);
  });

  it('takes sizes and ranges from the folder, and the rest from the preset', async () => {
    const folder = await writePlant(temporaryFolder(), ['camera', 'gauge', 'note'], 40);
    const { plan, columns } = await standardPlan(folder);
    expect(columns).toEqual({ id: 'id', camera: 'camera', gauge: 'gauge', note: 'note' });
    const [camera, gauge, note] = plan.modalities;
    expect(camera).toMatchObject({ kind: 'image', width: 8, height: 8, channels: 1 });
    expect(gauge).toMatchObject({ kind: 'signal', length: 4 });
    const [low, high] = (gauge!.kind === 'signal' && gauge!.range) || [0, 0];
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(8.5);
    expect(note).toMatchObject({ kind: 'text' });
  });

  it('gives Japanese headers plain names and keeps them as labels', async () => {
    const folder = temporaryFolder();
    const lines = Array.from(
      { length: 12 },
      (_, row) => `P${row},${(row * 7) % 5}.5 ${(row * 3) % 4}.5,傷なし 良好 ${row % 3}`,
    );
    await writeFile(join(folder, 'parts.csv'), ['部品番号,輪郭,所見', ...lines].join('\n'));
    const { plan, columns } = await standardPlan(folder);
    expect(plan.modalities.map(({ name, label }) => [name, label.ja])).toEqual([
      ['signal', '輪郭'],
      ['text', '所見'],
    ]);
    expect(columns).toEqual({ 部品番号: 'id', 輪郭: 'signal', 所見: 'text' });
  });

  it('names what is measured in plain letters, without marks and units', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, row) => `P${row},${(row * 7) % 5}.5,${row % 3 ? (row * 3) % 4 : ''},rough ${row}`,
    );
    const folder = folderWith({ 'parts.csv': ['id,Größe [mm],圧力[MPa],Độ ẩm', ...lines].join('\n') });
    const { plan } = await standardPlan(folder);
    expect(plan.modalities.map(({ name }) => name)).toEqual(['grosse', 'signal', 'do-am']);
  });

  it('takes columns that are called like what every object has', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, row) => `P${row},${(row * 7) % 5}.5 ${(row * 3) % 4}.5,all is well with ${row % 3},OK`,
    );
    const folder = folderWith({ 'parts.csv': ['id,constructor,toString,__proto__', ...lines].join('\n') });
    const { plan, columns } = await standardPlan(folder);
    expect(plan.modalities.map(({ name, label }) => [name, label.en])).toEqual([
      ['signal', 'constructor'],
      ['tostring', 'toString'],
    ]);
    expect(Object.entries(columns)).toEqual([
      ['id', 'id'],
      ['constructor', 'signal'],
      ['toString', 'tostring'],
      ['__proto__', 'ignore'],
    ]);
  });

  it('gives unlike values of one column, or of numbered columns, channels with a range of their own', async () => {
    const header = [1, 2, 3, 4, 5, 6].map((place) => `shape_${place}`);
    const numbered = await standardPlan(await writeShapePlant(temporaryFolder(), 60, header));
    expect(numbered.plan.modalities[1]).toMatchObject({
      name: 'shape',
      length: 6,
      channels: header.map((name) => ({ name, unit: '' })),
    });
    expect(numbered.columns.shape_4).toBe('shape:4');

    const folder = temporaryFolder();
    const lines = Array.from(
      { length: 60 },
      (_, row) => `P${row},${shapeOf(row).join(' ')},all is well with ${row}`,
    );
    await writeFile(join(folder, 'parts.csv'), ['id,shape,remark', ...lines].join('\n'));
    const { plan } = await standardPlan(folder);
    const [shape] = plan.modalities;
    const channels = shape?.kind === 'signal' ? shape.channels! : [];
    expect(channels.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5, 6].map((place) => `shape ${place}`));
    for (const [
      place,
      {
        range: [low, high],
      },
    ] of channels.entries()) {
      const own = Array.from({ length: 60 }, (_, row) => shapeOf(row)[place]!);
      expect(low).toBeLessThanOrEqual(Math.min(...own));
      expect(high).toBeGreaterThanOrEqual(Math.max(...own));
      expect(high - low).toBeLessThan(1.5 * (Math.max(...own) - Math.min(...own)));
    }
  });

  it('joins columns of numbers with names of their own, which are measured together, to one measurement', async () => {
    const header = ['area', 'holes', 'toString', 'Höhe', 'constructor', '__proto__'];
    const { plan, columns } = await standardPlan(await writeShapePlant(temporaryFolder(), 60, header));
    const joined = plan.modalities.find(({ label }) => label.en === 'Values');
    // Few numbers that come again and again are a category.
    expect(joined).toMatchObject({
      kind: 'signal',
      length: 5,
      channels: ['area', 'toString', 'Höhe', 'constructor', '__proto__'].map((name) => ({ name })),
    });
    expect(Object.entries(columns).slice(2)).toEqual([
      ['area', 'values:1'],
      ['holes', 'holes'],
      ['toString', 'values:2'],
      ['Höhe', 'values:3'],
      ['constructor', 'values:4'],
      ['__proto__', 'values:5'],
    ]);
    expect(plan.modalities.map(({ label }) => label.ja)).toContain('計測値');
  });

  it('leaves columns of numbers apart where nothing else is measured, or where they are not measured together', async () => {
    const apart = async (line: (row: number) => string, header: string) => {
      const lines = Array.from({ length: 60 }, (_, row) => `P${row},${line(row)}`);
      const folder = folderWith({ 'parts.csv': [`id,${header}`, ...lines].join('\n') });
      return (await standardPlan(folder)).plan.modalities.map(({ name }) => name);
    };
    const numbers = (row: number) => [shapeOf(row)[0], shapeOf(row)[2], shapeOf(row)[4]];
    expect(await apart((row) => numbers(row).join(), 'area,place,slant')).toEqual(['area', 'place', 'slant']);
    const now = (row: number) => numbers(row).map((value, place) => (row % 3 === place ? '' : value));
    expect(
      await apart((row) => `${now(row).join()},all is well with ${row}`, 'area,place,slant,remark'),
    ).toEqual(['area', 'place', 'slant', 'remark']);
  });

  it('has a range for values far from 0 that are hardly spread', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, row) => `P${row},${(100_000 + ((row * 7) % 11) / 10).toFixed(1)},all is well with ${row}`,
    );
    const folder = folderWith({ 'parts.csv': ['id,pressure,remark', ...lines].join('\n') });
    const { plan } = await standardPlan(folder);
    const [pressure] = plan.modalities;
    const [low, high] = (pressure?.kind === 'signal' && pressure.range) || [0, 0];
    expect(low).toBeGreaterThan(99_999.8);
    expect(high).toBeLessThan(100_001.2);
    expect(high - low).toBeGreaterThan(1);
  });

  describe('of columns that a person has spoken of', () => {
    const table = [
      'mark,temp,force,remark',
      ...Array.from({ length: 20 }, (_, row) => `M-${row},${row}.5,${row * row},${row % 2 ? 'good' : 'bad'}`),
    ];
    const said = (columns: Record<string, string>, id?: string | null) =>
      standardPlan(folderWith({ 'parts.csv': table.join('\n') }), undefined, undefined, {
        said: { columns, id },
      });

    it('holds them as said, and leaves out what is ignored', async () => {
      const { plan, columns } = await said({ force: 'ignore', remark: 'text' }, 'mark');
      expect(plan.modalities.map(({ name, kind }) => [name, kind])).toEqual([
        ['temp', 'signal'],
        ['remark', 'text'],
      ]);
      expect(columns).toEqual({ mark: 'id', temp: 'temp', force: 'ignore', remark: 'remark' });
    });

    it.each([
      ['a column that is not there', { farce: 'ignore' }, 'column-missing'],
      ['a kind that there is not', { remark: 'words' }, 'column-role'],
      ['a kind that its cells are not', { remark: 'image' }, 'column-kind'],
    ])('refuses %s', async (_what, columns, code) => {
      expect(await codeOf(said(columns as unknown as Record<string, string>))).toBe(code);
    });
  });

  it('needs two kinds of measurement, and says what it found', async () => {
    const folder = folderWith({ 'parts.csv': 'id,remark\nA,all is well here\nB,a small scratch' });
    expect(await codeOf(standardPlan(folder))).toBe('pilot-columns');
  });
});
