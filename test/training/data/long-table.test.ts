import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, orderOf } from '../../../training/cells/series-times.ts';
import { openManifest } from '../../../training/data/manifest/manifest.ts';
import type { ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { codeOf, folderWith, importFolder, plan } from './support.ts';

/** A table's columns and rows as parts, and its problems as row, column, code. */
async function read(table: string, reading: ReadingSettings = {}) {
  const manifest = await openManifest(`${folderWith({ 'parts.csv': table })}/parts.csv`, reading);
  const rows: (readonly (string | number)[])[] = [];
  const problems: unknown[] = [];
  for await (const row of manifest.rows())
    if ('cells' in row) rows.push([row.row, ...row.cells]);
    else problems.push([row.problem.row, row.problem.column, row.problem.code]);
  return {
    columns: manifest.columns,
    units: manifest.units.map(({ unit }) => unit),
    rows,
    problems,
    found: manifest.found,
  };
}

const lines = (...rows: string[]) => `${rows.join('\n')}\n`;

it('a table of one value a row is known by the names that Vietnamese lines give its columns', async () => {
  const rows = ['A', 'B', 'C'].flatMap((id) =>
    [0, 1, 2, 3].flatMap((at) => ['lực', 'mô-men'].map((channel) => `${id},${at},${channel},${at * 2}.5`)),
  );
  const manifest = await openManifest(
    `${folderWith({ 'parts.csv': ['id,thời gian,kênh,giá trị', ...rows].join('\n') })}/parts.csv`,
  );
  expect(manifest.columns).toEqual(['id', 'lực', 'mô-men']);
});

describe('a table of one value a row', () => {
  it.each<[string, string, string[], (string | number)[][]]>([
    [
      'time and channel',
      lines(
        'id,time,channel,value',
        'A,2,f,3',
        'A,1,f,2',
        'A,1,g,7',
        'A,2,g,8',
        'B,1,f,4',
        'B,2,f,5',
        'B,3,f,6',
      ),
      ['id', 'f', 'g'],
      [
        [2, 'A', '2 3', '7 8'],
        [6, 'B', '4 5 6', ''],
      ],
    ],
    [
      'a channel alone',
      lines('部品番号,測定項目,測定値', 'A,幅,1.5', 'A,高さ,2', 'B,高さ,4', 'B,幅,3'),
      ['部品番号', '幅', '高さ'],
      [
        [2, 'A', '1.5', '2'],
        [4, 'B', '3', '4'],
      ],
    ],
    [
      'a time alone',
      lines('id,time,force', 'A,0.1,1', 'A,0.2,2', 'B,0.1,3', 'B,0.2,4'),
      ['id', 'force'],
      [
        [2, 'A', '1 2'],
        [4, 'B', '3 4'],
      ],
    ],
    [
      'a time and several values',
      lines('id,line,t [ms],force,heat', 'A,1,0,1,5', 'A,1,5,2,6', 'B,2,0,3,7', 'B,2,5,4,8'),
      ['id', 'line', 'force', 'heat'],
      [
        [2, 'A', '1', '1 2', '5 6'],
        [4, 'B', '2', '3 4', '7 8'],
      ],
    ],
    [
      'rows of a channel together, not of a part',
      lines('id,channel,time,value', 'A,f,1,1', 'B,f,1,2', 'A,f,2,3', 'B,f,2,4', 'A,g,1,5', 'B,g,1,6'),
      ['id', 'f', 'g'],
      [
        [2, 'A', '1 3', '5'],
        [3, 'B', '2 4', '6'],
      ],
    ],
    [
      'dates and times of day',
      lines(
        'id,timestamp,force',
        'A,2026-03-01 08:15:23,2',
        'A,2026-03-01 08:15:22.5,1',
        'B,2026-03-01 23:59:59,1',
        'B,2026-03-02 00:00:00,2',
      ),
      ['id', 'force'],
      [
        [2, 'A', '1 2'],
        [4, 'B', '1 2'],
      ],
    ],
    [
      'a decimal comma',
      lines('id;time;force', 'A;0,1;1,5', 'A;0,2;2,5', 'B;0,1;3', 'B;0,2;1.234,5'),
      ['id', 'force'],
      [
        [2, 'A', '1,5 2,5'],
        [4, 'B', '3 1234,5'],
      ],
    ],
    [
      'a place along a profile',
      lines('製造番号,位置 [mm],厚み', 'A,2,10.1', 'A,1,10.2', 'B,1,9.8', 'B,2,9.9'),
      ['製造番号', '厚み'],
      [
        [2, 'A', '10.2 10.1'],
        [4, 'B', '9.8 9.9'],
      ],
    ],
    [
      'a place in words, which is a channel',
      lines('id,position,value', 'A,left,1', 'A,right,2', 'B,left,3', 'B,right,4'),
      ['id', 'left', 'right'],
      [
        [2, 'A', '1', '2'],
        [4, 'B', '3', '4'],
      ],
    ],
  ])('is read as parts: %s', async (_name, table, columns, rows) => {
    const seen = await read(table);
    expect(seen.columns).toEqual(columns);
    expect(seen.rows).toEqual(rows);
    expect(seen.problems).toEqual([]);
    expect(seen.found.rows).toMatchObject({ value: 'values', reason: 'repeated-ids' });
  });

  it('keeps times apart that differ by millionths of a second, and points out channels of nearly one name', async () => {
    const rows = [0, 50, 100, 150].flatMap((at) =>
      ['temp', 'Temp'].map(
        (channel) => `A,2026-03-01 08:15:22.${String(at).padStart(6, '0')},${channel},${at}`,
      ),
    );
    const { rows: parts, problems } = await read(lines('id,time,channel,value', ...rows.reverse()));
    expect(parts.map((cells) => cells.slice(1))).toEqual([['A', '0 50 100 150', '0 50 100 150']]);
    expect(problems).toEqual([[1, 'temp', 'names-near']]);
  });

  it('takes units from their column, and says what it does not use', async () => {
    const { units, found } = await read(
      lines('id,item,value,unit,date', 'A,w,1,mm,1', 'A,h,2,µm,2', 'B,w,3,mm,3', 'B,h,4,µm,4'),
    );
    expect(units).toEqual(['', 'mm', 'µm']);
    expect(found.long).toMatchObject({
      id: 'id',
      time: '',
      channel: 'item',
      values: ['value'],
      left: ['date'],
    });
  });

  it('lists by its row what stands twice, is no number, no time, missing, or differs', async () => {
    const { rows, problems } = await read(
      lines(
        'id,line,time,channel,value',
        ...['A,1,1,f,1', 'A,1,1,f,9', 'A,1,2,f,2', 'B,1,1,f,3', 'B,1,2,f,x', 'B,1,1,g,1', 'B,1,2,g,2'],
        ...[
          'C,1,1,f,',
          'C,1,2,f,4',
          'C,1,1,g,',
          'C,1,2,g,',
          'D,1,0:61:x,f,1',
          'D,2,1,g,5',
          'D,1,2,g,6',
          'D,1,2,,6',
        ],
      ),
    );
    expect(rows).toEqual([
      [2, 'A', '1', '1 2', ''],
      [5, 'B', '1', '', '1 2'],
      [9, 'C', '1', '', ''],
      [13, 'D', '1', '', '5 6'],
    ]);
    expect(problems).toEqual([
      [3, 'f', 'long-duplicate'],
      [6, 'value', 'number-invalid'],
      [9, 'f', 'long-gap'],
      [13, 'time', 'time-invalid'],
      [14, 'line', 'long-varies'],
      [16, 'channel', 'long-channel'],
    ]);
  });

  it('lists a value in another unit than its channel has elsewhere, by its row', async () => {
    const { units, rows, problems } = await read(
      lines(
        'id,item,value,unit',
        ...['A,w,1,', 'A,h,2,µm', 'B,w,3,N', 'B,h,4,um', 'C,w,5,kN', 'C,h,6,', 'D,w,7,N', 'D,h,8,µm'],
      ),
    );
    expect(units).toEqual(['', 'N', 'µm']);
    expect(rows).toEqual([
      [2, 'A', '1', '2'],
      [4, 'B', '3', '4'],
      [6, 'C', '', '6'],
      [8, 'D', '7', '8'],
    ]);
    expect(problems).toEqual([[6, 'unit', 'long-unit']]);
  });

  it.each<[string, string[], string]>([
    ['passes midnight', ['23:59:58', '23:59:59', '00:00:00', '00:00:01'], '0 1 2 3'],
    ['passes midnight, a row of it late', ['23:59:58', '00:00:00', '23:59:59', '00:00:01'], '0 2 1 3'],
    ['passes two nights', ['20:00', '04:00', '12:00', '20:00', '04:00'], '0 1 2 3 4'],
    ['has a long break in a day', ['06:00', '20:00', '07:00:00'], '0 1 2'],
    ['stands in no order', ['10:00:01', '10:00:00', '9:59:59'], '2 1 0'],
    ['counts on beyond a day', ['30:00:00', '2:00:00'], '1 0'],
  ])('orders a series of times of day that %s', async (_, times, order) => {
    const rowsOf = (id: string) => times.map((time, index) => `${id},${time},f,${index}`);
    const { rows } = await read(lines('id,time,channel,value', ...rowsOf('A'), ...rowsOf('B')));
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['A', order],
      ['B', order],
    ]);
  });

  it.each<[string, string[], string[], string[], (string | number)[][]]>([
    [
      'of each channel its own',
      ['id,item,value', 'A,w,1.5 mm', 'A,h,2 µm', 'B,w,3mm', 'B,h,4 µm', 'B,f,5'],
      ['', 'mm', 'μm', ''],
      ['id', 'w', 'h', 'f'],
      [
        [2, 'A', '1.5', '2', ''],
        [4, 'B', '3', '4', '5'],
      ],
    ],
    [
      'of series, beside times in theirs',
      ['id,time,force', 'A,2 s,1 kN', 'A,1 s,2 kN', 'B,1 s,3 kN', 'B,2 s,4 kN'],
      ['', 'kN'],
      ['id', 'force'],
      [
        [2, 'A', '2 1'],
        [4, 'B', '3 4'],
      ],
    ],
    [
      'with decimal commas, of one letter',
      ['id;time;value', 'A;0,1;230V', 'A;0,2;231V', 'B;0,1;229V', 'B;0,2;230V'],
      ['', 'V'],
      ['id', 'value'],
      [
        [2, 'A', '230 231'],
        [4, 'B', '229 230'],
      ],
    ],
    [
      'of what is the same in all rows of a part',
      ['id,weight,time,force', 'A,12 kg,1,1', 'A,12 kg,2,2', 'B,9 kg,1,3', 'B,9 kg,2,4'],
      ['', 'kg', ''],
      ['id', 'weight', 'force'],
      [
        [2, 'A', '12 kg', '1 2'],
        [4, 'B', '9 kg', '3 4'],
      ],
    ],
  ])('takes units from the cells of values: %s', async (_name, table, units, columns, rows) => {
    const seen = await read(lines(...table));
    expect(seen).toMatchObject({ units, columns, rows, problems: [] });
  });

  it('lists by its row a value in another unit than the cells of its channel carry, or in none', async () => {
    const rowsOf = (id: string, values: string[]) => values.map((value, at) => `${id},${at},f,${value}`);
    const { rows, problems } = await read(
      lines(
        'id,time,channel,value',
        ...rowsOf('A', ['1 mm', '2 mm', '3 mm']),
        ...rowsOf('B', ['1 mm', '2 cm', '3 mm']),
        ...rowsOf('C', ['1 mm', '2', '3 mm']),
      ),
    );
    expect(rows).toEqual([
      [2, 'A', '1 2 3'],
      [5, 'B', ''],
      [8, 'C', ''],
    ]);
    expect(problems).toEqual([
      [6, 'value', 'unit-cell'],
      [9, 'value', 'unit-cell'],
    ]);
  });

  it.each<[string, string[]]>([
    ['hours of a day that are shuffled', ['02:00', '20:00', '05:00', '23:00', '08:00']],
    ['a row that is late by hours', ['06:00', '20:00', '09:00', '21:00']],
    ['two days of which rows are late', ['20:00', '04:00', '22:00', '05:00', '21:00']],
    ['a number among them', ['10:00:00', '10:00:01', '7']],
  ])('refuses a series of times of day that may lie on either side of midnight: %s', async (_name, times) => {
    const rowsOf = (id: string, all: string[]) => all.map((time, index) => `${id},${time},f,${index}`);
    const { rows, problems } = await read(
      lines('id,time,channel,value', ...rowsOf('A', times), ...rowsOf('B', ['10:00', '11:00'])),
    );
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['A', ''],
      ['B', '0 1'],
    ]);
    expect(problems).toEqual([[2, 'f', 'time-order']]);
  });

  it('brings values of uneven times to even ones, and tells it once for all parts', async () => {
    const uneven = ['A', 'B'].flatMap((id) =>
      [0, 1, 8, 9, 16].map((time) => `${id},${time},force,${time / 2}`),
    );
    const { rows, problems } = await read(lines('id,time,channel,value', ...uneven));
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['A', '0 2 4 6 8'],
      ['B', '0 2 4 6 8'],
    ]);
    expect(problems).toEqual([[1, 'force', 'signal-uneven']]);
  });

  it('orders times of day within a few hours whatever their order, and whatever midnight lies between', () => {
    const start = fc.integer({ min: 0, max: 86_399 });
    const steps = fc.uniqueArray(fc.integer({ min: 0, max: 5 * 3600 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(start, steps, (first, offsets) => {
        const times = offsets.map((offset) => ({ at: (first + offset) % 86_400, isClock: true }));
        const order = orderOf(comparable(times)!);
        expect(order.map((place) => offsets[place]!)).toEqual(offsets.toSorted((a, b) => a - b));
      }),
    );
  });

  it('is refused where a channel without a time comes twice', async () => {
    const { rows, problems } = await read(
      lines('id,channel,value', 'A,f,1', 'A,f,2', 'A,g,3', 'B,f,4', 'B,g,5', 'B,g,6'),
    );
    expect(rows).toEqual([
      [2, 'A', '1', '3'],
      [5, 'B', '4', '5'],
    ]);
    expect(problems).toEqual([
      [3, 'f', 'long-duplicate'],
      [7, 'g', 'long-duplicate'],
    ]);
  });

  it('gives the same parts whatever the order of its rows', async () => {
    const value = fc.integer({ min: -99, max: 99 });
    const series = fc.array(value, { minLength: 2, maxLength: 5 });
    const parts = fc.array(fc.tuple(series, series), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(parts, fc.infiniteStream(fc.nat()), async (own, order) => {
        const rows = own.flatMap(([f, g], part) =>
          [f, g].flatMap((values, channel) =>
            values.map((each, time) => `P${part},${time},${channel === 0 ? 'f' : 'g'},${each}`),
          ),
        );
        const keys = order[Symbol.iterator]();
        const mixed = rows
          .map((row) => ({ row, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row);
        const seen = await read(lines('id,time,channel,value', ...mixed));
        const found = Object.fromEntries(
          seen.rows.map(([, id, ...cells]) => [
            id,
            Object.fromEntries(cells.map((cell, at) => [seen.columns[at + 1], cell])),
          ]),
        );
        expect(found).toEqual(
          Object.fromEntries(own.map(([f, g], part) => [`P${part}`, { f: f.join(' '), g: g.join(' ') }])),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('is imported: longer series come to the plan’s length, shorter ones are refused, a bad value has its own row', async () => {
    const table = lines(
      'id,time,channel,value',
      ...[1, 2, 3, 4, 5, 6].map((value) => `A,${value},gauge,${value}`),
      ...[1, 2].map((value) => `B,${value},gauge,${value}`),
      ...[1, 2, 300].map((value) => `C,${value},gauge,${value}`),
      ...[1, 2, 3, 4, 5, 600, 700].map((value, time) => `D,${time},gauge,${value}`),
    );
    const { parts, problems } = await importFolder(folderWith({ 'parts.csv': table }));
    expect(parts.map(({ id, values }) => [id, values.gauge])).toEqual([['A', [1.5, 3.5, 5.5]]]);
    expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [8, 'gauge', 'signal-length'],
      [8, '', 'part-empty'],
      [12, 'gauge', 'signal-range'],
      [10, '', 'part-empty'],
      [19, 'gauge', 'signal-range'],
      [13, '', 'part-empty'],
      [1, 'gauge', 'signal-spans'],
    ]);
  });
});

describe('what a row is', () => {
  it.each([
    ['ids that are all different', lines('id,time,value', 'A,1,1', 'B,2,2', 'C,3,3')],
    ['ids that repeat by mistake', lines('id,time,value', 'A,1,1', 'B,2,2', 'C,3,3', 'A,4,4')],
    ['neither a time nor a channel', lines('id,gauge,note', 'A,1,x', 'A,2,y', 'B,3,z', 'B,4,w')],
    ['no id', lines('time,channel,value', '1,f,1', '2,f,2', '1,g,3', '2,g,4')],
  ])('is a part where there are %s', async (_name, table) => {
    const { found, rows } = await read(table);
    expect(found.rows).toBeUndefined();
    expect(rows.length).toBe(table.trim().split('\n').length - 1);
  });

  it('is what a person says', async () => {
    const table = lines('id,time,channel,value', 'A,1,f,1', 'A,2,f,2', 'B,1,f,3', 'B,2,f,4');
    expect((await read(table, { rows: 'parts' })).rows).toHaveLength(4);
    const other = lines('Teil,Zeit,Größe,x,y', 'A,1,f,1,9', 'A,2,f,2,8', 'B,1,f,3,7', 'B,2,f,4,6');
    expect((await read(other)).rows).toHaveLength(4);
    const said = { partColumn: 'Teil', timeColumn: 'Zeit', channelColumn: 'Größe', valueColumn: 'y' };
    const seen = await read(other, { rows: 'values', ...said });
    expect(seen.rows).toEqual([
      [2, 'A', '9 8'],
      [4, 'B', '7 6'],
    ]);
    const imported = (table: string, reading?: ReadingSettings) =>
      codeOf(importFolder(folderWith({ 'parts.csv': table }), {}, { plan, ...(reading && { reading }) }));
    expect(await imported('a,b\n1,2\n', { rows: 'values' })).toBe('long-columns');
    // Ids that come again and again beside columns that say nothing: all rows but the first of a part would be lost.
    const rows = (parts: number) =>
      lines('id,a,b', ...Array.from({ length: 4 * parts }, (_, row) => `P${row >> 2},${row},${row * 2}`));
    expect(await imported(rows(5))).toBe('long-columns');
    const unclear = await preview(plan, folderWith({ 'parts.csv': rows(5) }));
    expect(unclear.problems.map(({ code }) => code)).toEqual(['long-columns']);
    expect(unclear.reading.long?.columns).toEqual(['id', 'a', 'b']);
    expect(await imported(rows(5), { timeColumn: 'a' })).not.toBe('long-columns');
    expect((await read(rows(5), { rows: 'parts' })).rows).toHaveLength(20);
    expect((await read(rows(4))).rows).toHaveLength(16);
  });

  it('may be corrected where the channels are too many to be any', async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => `P${row >> 1},serial ${row},${row}`);
    const table = lines('id,item,value', ...rows);
    const seen = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(seen.problems.map(({ code }) => code)).toEqual(['long-channels']);
    expect(seen.reading.long?.columns).toEqual(['id', 'item', 'value']);
    expect(await codeOf(importFolder(folderWith({ 'parts.csv': table })))).toBe('long-channels');
  });

  it('counts as one row for each part, whatever is wrong with its values', async () => {
    const table = lines(
      'id,time,gauge',
      'A,1,1',
      'A,2,--',
      'A,3,2',
      'B,1,1',
      'B,2,9',
      'B,3,2',
      'C,1,1',
      'C,2,2',
      'C,3,4',
    );
    const seen = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(seen.problems.map(({ code }) => code)).toEqual(['long-gap', 'part-empty']);
    expect([seen.rows, seen.read]).toEqual([3, { rows: 3, isAll: true }]);
    expect(seen.counts.find(({ modality }) => modality === 'gauge')).toMatchObject({
      present: 2,
      missing: 1,
    });
  });

  it('is shown before an import', async () => {
    const table = lines('id,time,channel,value', 'A,1,gauge,1', 'A,2,gauge,2', 'A,3,gauge,3', 'B,1,gauge,3');
    const seen = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(seen.reading.long?.columns).toEqual(['id', 'time', 'channel', 'value']);
    expect(seen.columns.map(({ name, role }) => [name, role])).toEqual([
      ['id', 'id'],
      ['gauge', 'gauge'],
    ]);
    expect(seen.identity).toMatchObject({ column: 'id', new: 2 });
  });
});

it('has a standard plan: series of the usual length, single numbers as channels of one signal', async () => {
  const series = Array.from({ length: 24 }, (_, part) =>
    Array.from({ length: 20 + (part % 2) }, (_, at) => `P${part},${at},force,${Math.sin(at)}`),
  ).flat();
  const { plan: ofSeries } = await standardPlan(
    folderWith({ 'parts.csv': lines('id,time,channel,value', ...series) }),
    undefined,
    undefined,
    { least: 1 },
  );
  expect(ofSeries.modalities[0]).toMatchObject({ name: 'force', kind: 'signal', length: 20 });
  const scalars = Array.from({ length: 24 }, (_, part) =>
    ['width', 'height', 'depth'].map(
      (name, at) => `P${part},${name},${part * 1.5 + at},${part % 2 ? 'x' : 'y'}`,
    ),
  ).flat();
  const { plan: ofScalars } = await standardPlan(
    folderWith({ 'parts.csv': lines('id,characteristic,value,line', ...scalars) }),
  );
  const joined = ofScalars.modalities.find(({ kind }) => kind === 'signal');
  expect(joined).toMatchObject({
    length: 3,
    channels: [{ name: 'width' }, { name: 'height' }, { name: 'depth' }],
  });
});
