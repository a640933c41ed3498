import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../protocol/plan.ts';
import { numbersWithUnit, numberWithUnit } from '../../../training/cells/numbers-with-unit.ts';
import { isSameUnit, isUnit } from '../../../training/cells/written-units.ts';
import { importParts } from '../../../training/data/import.ts';
import { sureEncoding } from '../../../training/data/manifest/encoding/encoding-judge.ts';
import { openManifest } from '../../../training/data/manifest/manifest.ts';
import type { ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { codeOf, folderWith, importFolder, plan, presentOf, temporaryFolder } from './support.ts';

/** What becomes of a table: rows with their ids, numbers and notes, and the problems as row, column, code. */
async function taken(
  table: string | Uint8Array,
  reading: ReadingSettings = {},
  columns: Readonly<Record<string, string>> = {},
) {
  const imported = await importFolder(folderWith({ 'parts.csv': table }), columns, { reading });
  return {
    parts: imported.parts.map(({ id, values }) => [id, values.gauge ?? null, values.note ?? null]),
    problems: imported.problems.map(({ row, column, code }) => [row, column, code]),
  };
}

const refusal = (table: string | Uint8Array, columns: Readonly<Record<string, string>> = {}) =>
  importParts(
    {
      ...{ plan, folder: folderWith({ 'parts.csv': table }), manifest: 'parts.csv', columns },
      output: join(temporaryFolder(), 'out'),
    },
    { progress: () => undefined, abort: new AbortController().signal },
  ).then(
    () => 'imported',
    ({ code, detail }: { code: string; detail: unknown }) => ({ code, detail }),
  );

describe('what tells parts apart', () => {
  it('is never a column of measurements, however different they are', async () => {
    const rows = Array.from(
      { length: 300 },
      (_, index) => `${(800 + index * 0.37).toFixed(2)},dark ${index}`,
    );
    const seen = await preview(plan, folderWith({ 'parts.csv': `furnace temp,note\n${rows.join('\n')}\n` }));
    expect(seen.identity).toMatchObject({ column: null, reason: 'none', known: 0, new: 300 });
    expect(seen.columns.map(({ role }) => role)).toEqual(['ignore', 'note']);
  });

  it.each([
    ['whole numbers under another name', 'furnace temp,note\n801,dark\n805,light\n812,grey\n', null, 'none'],
    ['numbers with fractions, even under the name of an id', 'id,note\n1.5,dark\n2.5,light\n', null, 'none'],
    ['serial numbers that a spreadsheet spoilt', 'serial,note\n4.9E+12,dark\n4.8E+12,light\n', null, 'none'],
    ['a column that is called so', 'Part No.,note\n7,dark\n8,light\n', 'Part No.', 'name'],
    ['a column whose name ends so', '金型ID,note\nA7,dark\nA8,light\n', '金型ID', 'name'],
    ['whole numbers that were saved as others', 'id,note\n1.0,dark\n2.00,light\n', 'id', 'name'],
    ['some of them', 'coil_id;note\n1,0;dark\n3;light\n', 'coil_id', 'name'],
    ['numbers of which some have fractions', 'id,note\n1.0,dark\n2.5,light\n', null, 'none'],
    ['what may be thousands', 'id,note\n1.000,dark\n2.000,light\n', null, 'none'],
    ['codes, which a person has to confirm', 'Nummer,note\nK-7,dark\nK-8,light\n', 'Nummer', 'looks'],
    ['codes with zeros in front', 'Nummer,note\n0007,dark\n0008,light\n', 'Nummer', 'looks'],
  ])('%s', async (_name, table, column, reason) => {
    const { identity } = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(identity).toMatchObject({ column, reason });
    if (reason === 'looks') expect(identity.confidence).toBeLessThan(0.6);
  });

  it('is a whole number however it is saved, in one table, in several, and by row of a value', async () => {
    const ids = async (files: Readonly<Record<string, string>>, reading: ReadingSettings = {}) => {
      const { parts, problems } = await importFolder(folderWith(files), {}, { manifest: '.', reading });
      expect(problems).toEqual([]);
      return parts.map(({ id }) => id);
    };
    const table = 'id,gauge,note\n1.0,1 2 3,a\n2.0,2 3 4,b\n';
    expect(await ids({ 'parts.csv': table })).toEqual(['1', '2']);
    expect(await ids({ 'parts.jsonl': '{"id":1.0,"note":"a"}\n{"id":2.0,"note":"b"}\n' })).toEqual([
      '1',
      '2',
    ]);
    expect(await ids({ 'a.csv': table, 'b.csv': 'id,gauge,note\n3,1 2 3,c\n' })).toEqual(['1', '2', '3']);
    const joined = { 'a.csv': 'id,gauge\n1.0,1 2 3\n2.0,2 3 4\n', 'b.csv': 'id,note\n1,a\n2,b\n' };
    expect(await ids(joined)).toEqual(['1', '2']);
    expect(
      await ids({ '1/m.csv': table, '2/m.csv': table.replace('2 3 4', '5 5 5') }, { ids: 'by-table' }),
    ).toEqual([...['1/1', '1/2', '2/1', '2/2']]);
    const long = 'id,time,gauge\n1.0,1,1\n1,2,2\n1.0,3,3\n2,1,1\n2,2,2\n2,3,3\n';
    expect(await ids({ 'parts.csv': long })).toEqual(['1', '2']);
    const twice = await taken('id,note\n1.0,a\n1,b\n');
    expect(twice.problems).toEqual([[3, '', 'part-duplicate']]);
  });

  it('is asked for where only the cells speak for a column', async () => {
    const table = 'Nummer,note\nK-7,dark\nK-8,light\n';
    expect(await refusal(table)).toEqual({ code: 'id-unconfirmed', detail: { column: 'Nummer' } });
    expect((await taken(table, {}, { Nummer: 'id', note: 'note' })).parts).toEqual([
      ['K-7', null, 'dark'],
      ['K-8', null, 'light'],
    ]);
    const none = await taken(table, {}, { Nummer: 'ignore', note: 'note' });
    expect(none.parts[0]![0]).toMatch(/^parts\.csv#2-/);
  });

  it('is said before an import: known, new, and what is nearly known', async () => {
    const table = 'id,note\n0001,a\nP2,b\nｐ３,c\nが,d\nP-4,e\nP9,f\n';
    const known = ['1', 'P2', 'P3', 'が'.normalize('NFD'), 'P4', 'other'];
    const seen = await preview(plan, folderWith({ 'parts.csv': table }), undefined, {}, { known });
    expect(seen.identity).toMatchObject({ column: 'id', known: 1, new: 5, near: 4 });
    expect(seen.identity.nearest.map(({ row, id, known }) => [row, id, known.normalize('NFC')])).toEqual([
      [2, '0001', '1'],
      [4, 'ｐ３', 'P3'],
      [5, 'が', 'が'],
      [6, 'P-4', 'P4'],
    ]);
  });

  it('counts all rows, not only those that are looked at', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `P${index},dark`);
    const folder = folderWith({ 'parts.csv': `id,note\n${rows.join('\n')}\n,light\n` });
    const seen = await preview(plan, folder, undefined, {}, { known: ['P5', 'P999', 'P2000'] });
    expect(seen.identity).toMatchObject({ known: 2, new: 998, near: 0 });
    expect(seen.problems).toMatchObject([{ row: 1002, column: 'id', code: 'id-missing' }]);
  });
});

describe('units', () => {
  const values = 'A,1 2 3,dark\nB,4 5 6,light\nC,7 8 9,grey\n';
  const apart = 'A,1,2,3\nB,4,5,6\nC,7,8,9\n';
  const names = 'id,gauge_1,gauge_2,gauge_3';

  it.each([
    ['empty', `${names}\n,mm,mm,mm\n${apart}`],
    ['brackets', `${names}\n-,[mm],(mm),mm\n${apart}`],
    ['a word', `${names}\n単位,mm,㎜,mm\n${apart}`],
    ['lists of numbers', `id,gauge,note\n,mm,\n${values}`],
  ])('in a row below the names are no part (%s)', async (_name, table) => {
    const { parts, problems } = await taken(table);
    expect(problems).toEqual([]);
    expect(parts.map(([id]) => id)).toEqual(['A', 'B', 'C']);
  });

  it.each([
    ['a row', `${names}\n,mm,µm,mm\n${apart}`, 'gauge_2', 'µm'],
    ['brackets', `id,gauge [cm],note\n${values}`, 'gauge [cm]', 'cm'],
  ])(
    'in %s that are not the plan’s are refused: all numbers would be wrong',
    async (_name, table, column, unit) => {
      const roles = { 'gauge [cm]': 'gauge', id: 'id', note: 'note' };
      const columns = table.includes('[cm]') ? roles : {};
      expect(await refusal(table, columns)).toMatchObject({
        code: 'unit-other',
        detail: { column, unit, planned: 'mm', row: 1 },
      });
    },
  );

  it.each([
    'm',
    'mm',
    'µm',
    '㎛',
    'N/mm²',
    'm/s^2',
    '°C',
    '℃',
    '%',
    'kHz',
    'r/min',
    '[MPa]',
    'N·m',
    'dB(A)',
    'mV',
  ])('%s is one', (text) => expect(isUnit(text)).toBe(true));
  it.each(['', '1', 'dark', 'A-1', 'OK', 'mmm', '12 mm', 'toString', 'no'])('"%s" is none', (text) =>
    expect(isUnit(text)).toBe(false),
  );
  it.each([
    ['µm', 'um', true],
    ['℃', '°C', true],
    ['mm', 'm', false],
    ['mN', 'MN', false],
    ['constructor', 'mm', false],
  ])('%s and %s: the same is %s', (first, second, same) => expect(isSameUnit(first, second)).toBe(same));

  it('that no plan says are taken into the pilot’s', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `A${i},${(i * 5) % 7}.5,${(i * 3) % 5}.5,dark spot`);
    const folder = folderWith({ 'parts.csv': `id,length,temp (℃),note\n,mm,,\n${rows.join('\n')}\n` });
    const { plan: made } = await standardPlan(folder);
    expect(made.modalities.map((one) => ('unit' in one ? one.unit : null))).toEqual(['mm', '°C', null]);
  });
});

describe('units in the cells of numbers', () => {
  const cellsOf = (column: readonly string[], name = 'x') =>
    ['id', ...column.map((_, index) => `P-${index}`)]
      .map((id, row) => [
        id,
        ...(row === 0 ? [name, 'force', 'note'] : [column[row - 1], (row * 7) % 5, 'dark spot']),
      ])
      .map((cells) => cells.join(';'))
      .join('\n');
  const madeOf = async (column: readonly string[], name?: string) => {
    const folder = folderWith({ 'parts.csv': `${cellsOf(column, name)}\n` });
    const { plan: made, columns } = await standardPlan(folder);
    const own = made.modalities.find(({ name }) => name === columns[Object.keys(columns)[1]!]);
    return { made, folder, columns, own };
  };

  it.each([
    ['5%', '5', '%'],
    ['5 %', '5', '%'],
    ['12 mm', '12', 'mm'],
    ['12.5mm', '12.5', 'mm'],
    ['３.５ ℃', '3.5', '°C'],
    ['-40 °C', '-40', '°C'],
    ['−40\u00a0°C', '−40', '°C'],
    ['1 234,5 N/mm²', '1 234,5', 'N/mm2'],
    ['1e-3 V', '1e-3', 'V'],
    ['5eV', '5', 'eV'],
    ['12 A', '12', 'A'],
    ['9.81m/s2', '9.81', 'm/s2'],
  ])('"%s" is %s in %s', (cell, number, unit) =>
    expect(numberWithUnit(cell)).toEqual({ number, unit, mayBeCode: false }),
  );
  it.each([
    '12 holes seen',
    'M6',
    '3x',
    '12',
    '1 2 3 mm',
    'mm',
    '10 pm',
    '10pm',
    '-',
    '',
    '2 h 5 min',
    '1st',
    'A-12',
    '5 1',
  ])('"%s" is no number with its unit', (cell) => expect(numberWithUnit(cell)).toBeUndefined());
  it('are told from codes of a number and a letter', () => {
    expect(numberWithUnit('12A')).toMatchObject({ mayBeCode: true });
    expect(numberWithUnit('1.5A')).toMatchObject({ mayBeCode: false });
  });

  it('are taken off what they stand behind, whatever number that is', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value));
    const unit = fc.constantFrom('mm', '%', '°C', 'kN', 'm/s^2');
    fc.assert(
      fc.property(number, fc.constantFrom('', ' ', '\u00a0'), unit, (text, gap, own) => {
        expect(numberWithUnit(`${text}${gap}${own}`)).toEqual({ number: text, unit: own, mayBeCode: false });
      }),
    );
  });

  it.each([
    ['per cent', ['5%', '12%', '7%', '9.5%', '3%'], '%', [5, 12, 7, 9.5, 3]],
    ['blanks', ['12 mm', '10.5 mm', '11 mm', '9 mm'], 'mm', [12, 10.5, 11, 9]],
    ['wide digits', ['３.５ ℃', '-40 °C', '20℃', '7 ℃'], '°C', [3.5, -40, 20, 7]],
    ['decimal commas', ['1,5 mm', '2,25 mm', '1 mm', '7,5 mm'], 'mm', [1.5, 2.25, 1, 7.5]],
    ['thousands', ['1.234,5 mm', '12,5 mm', '1.500 mm', '800 mm'], 'mm', [1234.5, 12.5, 1500, 800]],
    ['empty cells', ['12 mm', '-', '', '9 mm', '8mm'], 'mm', [12, 9, 8]],
  ])('make a column a measurement in them (%s)', async (_name, cells, unit, numbers) => {
    const { made, folder, columns, own } = await madeOf(cells);
    expect(own).toMatchObject({ kind: 'signal', length: 1, unit });
    const imported = await importFolder(folder, columns, { plan: made });
    expect(imported.problems).toEqual([]);
    expect(
      imported.parts.flatMap(({ values }) => (own!.name in values ? [values[own!.name]] : [])).flat(),
    ).toEqual(numbers);
    expect((await preview(made, folder)).columns[1]).toMatchObject({ name: 'x', unit });
  });

  const often = (one: string, other: string) =>
    Array.from({ length: 40 }, (_, row) => (row % 3 ? one : other));
  it.each([
    ['notes', ['12 holes seen', '3 dents on top', '5 mm off', 'dark and dull'], 'text'],
    ['codes', often('12A', '13A'), 'category'],
    ['threads', often('M6', 'M8'), 'category'],
    ['factors', often('3x', '2x'), 'category'],
  ])('are none in %s', async (_name, cells, kind) => {
    expect((await madeOf(cells)).own).toMatchObject({ kind });
  });

  it.each([
    ['another unit', ['12 mm', '1.2 cm', '11 mm', '9 mm', '8 mm'], [3]],
    ['none', ['12 mm', '10', '11 mm', '9 mm', '8 mm'], [3]],
  ])('that are mixed with %s are refused by row, and never converted', async (_name, cells, rows) => {
    const { made, folder, columns } = await madeOf(cells);
    const { problems } = await importFolder(folder, columns, { plan: made });
    expect(problems).toMatchObject(
      rows.map((row) => ({
        row,
        column: 'x',
        code: 'unit-cell',
        detail: { value: cells[row - 2], unit: 'mm' },
      })),
    );
  });

  it('may stand beside numbers without one where the heading says it, too', async () => {
    const { made, folder, columns, own } = await madeOf(
      ['12 mm', '10', '11 mm', '1.2 cm', '8', '7 mm'],
      'x [mm]',
    );
    expect(own).toMatchObject({ kind: 'signal', unit: 'mm' });
    const { problems } = await importFolder(folder, columns, { plan: made });
    expect(problems).toMatchObject([{ row: 5, code: 'unit-cell', detail: { value: '1.2 cm' } }]);
  });

  const three = (cells: readonly string[]) =>
    `id,gauge_1,gauge_2,gauge_3,note\n${cells.map((cell, row) => `P-${row},1,${cell},3,dark`).join('\n')}\n`;

  it.each([
    ['semicolons, once', ['1.2;1.3;1.4 mm', '1;2;3mm', '2;;3 mm']],
    ['blanks, once', ['1.2 1.3 1.4 mm', '1 2 3 mm']],
    ['bars, each', ['1.2 mm | 1.3 mm | 1.4 mm', '1mm|2mm|3mm']],
    ['blanks, each', ['1.2 mm 1.3 mm 1.4 mm', '1mm 2mm 3mm']],
    ['commas, each', ['"1.2 mm, 1.3 mm, 1.4 mm"', '"1 mm, 2 mm, 3 mm"']],
    ['brackets', ['"[1.2, 1.3, 1.4] mm"', '"[1, 2, 3] mm"']],
  ])('stand behind a list (%s)', async (_name, cells) => {
    const listed = await taken(
      `id,gauge,note\n${cells.map((cell, row) => `P-${row},${cell},dark`).join('\n')}\n`,
    );
    expect(listed.parts.slice(0, 2).map(([, gauge]) => gauge)).toEqual([
      [1.2, 1.3, 1.4],
      [1, 2, 3],
    ]);
    expect(listed.problems.map(([row, , code]) => [row, code])).toEqual(
      cells.slice(2).map(() => [4, 'signal-gap']),
    );
    expect(
      await refusal(
        `id,gauge,note\n${cells.map((cell) => `A,${cell.replaceAll('mm', 'cm')},x`).join('\n')}\n`,
      ),
    ).toMatchObject({ code: 'unit-other', detail: { unit: 'cm', planned: 'mm' } });
  });

  it.each(['1;2 mm;3', '1 mm;2;3 mm', '1 mm;2 cm;3 mm', '2 h 5 min', '1 mm;x;3 mm'])(
    'are none of a list that says them for some of its numbers: %s',
    async (cell) => {
      expect(numbersWithUnit(cell)).toBeUndefined();
      const { problems } = await taken(`id,gauge,note\nA,1;2;3,dark\nB,${cell},dark\n`);
      expect(problems.map(([row, column]) => [row, column])).toEqual([[3, 'gauge']]);
    },
  );

  it('make a list in a cell a signal in them', async () => {
    const { own } = await madeOf(Array.from({ length: 12 }, (_, row) => `1.${row % 7},2.${row % 3},3 mm`));
    expect(own).toMatchObject({ kind: 'signal', length: 3, unit: 'mm' });
  });

  it.each([
    ['a blank', ' mm', 'x'],
    ['a letter', 'V', 'x [V]'],
    ['the heading', '', 'x (mm)'],
  ])('make what counts a measurement, with %s', async (_name, unit, heading) => {
    const cells = Array.from({ length: 24 }, (_, row) => `${row + 1}${unit}`);
    const { made, folder, columns, own } = await madeOf(cells, heading);
    expect(own).toMatchObject({ kind: 'signal', length: 1, unit: unit.trim() || 'mm' });
    const { parts } = await importFolder(folder, columns, { plan: made });
    expect(parts[6]!.values[own!.name]).toEqual([7]);
  });

  it('of one letter without a blank are asked about, and known by the plan or the heading', async () => {
    const cells = Array.from({ length: 24 }, (_, row) => `${220 + ((row * 7) % 11)}V`);
    const { made, folder } = await madeOf(cells);
    expect((await preview(made, folder)).unread).toMatchObject([
      { row: 2, column: 'x', code: 'number-with-unit', detail: { value: '220V' } },
    ]);
    const volts = parsePlan({
      ...plan,
      modalities: [{ ...plan.modalities[1], unit: 'V', range: [0, 400] }, plan.modalities[2]],
    });
    const table = (unit: string) =>
      `id,gauge_1,gauge_2,gauge_3\nA,230${unit},231${unit},229${unit}\nB,1${unit},2${unit},3${unit}\nC,4,5${unit},6${unit}\n`;
    const { parts, problems } = await importFolder(
      folderWith({ 'parts.csv': table('V') }),
      {},
      { plan: volts },
    );
    expect(parts.map(({ values }) => values.gauge)).toEqual([
      [230, 231, 229],
      [1, 2, 3],
    ]);
    expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [4, 'gauge_1', 'unit-cell'],
      [4, '', 'part-empty'],
    ]);
    const other = importFolder(folderWith({ 'parts.csv': table('A') }), {}, { plan: volts });
    await expect(other).rejects.toMatchObject({ code: 'unit-other', detail: { unit: 'A', planned: 'V' } });
  });

  it('that are not the plan’s are refused, all of the column', async () => {
    expect(await refusal(three(['1 cm', '2 cm', '3 cm']))).toMatchObject({
      code: 'unit-other',
      detail: { column: 'gauge_2', unit: 'cm', planned: 'mm' },
    });
    expect((await taken(three(['1 mm', '2mm', '3㎜']))).parts.map(([, gauge]) => gauge)).toEqual([
      [1, 1, 3],
      [1, 2, 3],
      [1, 3, 3],
    ]);
  });

  it('in a few cells of a column without one are refused by row', async () => {
    const { parts, problems } = await taken(three(['1', '2', '3 mm', '4', '5', '6 cm']));
    expect(problems).toEqual([
      [4, 'gauge_2', 'unit-cell'],
      [7, 'gauge_2', 'unit-cell'],
    ]);
    expect(parts.map(([, gauge]) => gauge !== null)).toEqual([true, true, false, true, true, false]);
  });

  it('make no column of measurements an id', async () => {
    const { identity } = await preview(plan, folderWith({ 'parts.csv': 'x,note\n12mm,a b\n13mm,c d\n' }));
    expect(identity).toMatchObject({ column: null });
  });
});

describe('quotation marks', () => {
  const rows = (...lines: string[]) => `id,gauge,note\n${lines.join('\n')}\n`;

  it('that open in one row and close in another swallow none between', async () => {
    const { parts, problems } = await taken(
      rows('A,1 2 3,ok', 'B,1 2 3,"dark', 'C,4 5 6,light', 'D,7 8 9,red"', 'E,1 1 1,"fine"'),
    );
    expect(parts.map(([id]) => id)).toEqual(['A', 'E']);
    expect(problems).toEqual([3, 4, 5].map((row) => [row, '', 'row-quote']));
  });

  it.each([
    ['of the first column', ['"A,1 2 3,x', 'B,4 5 6,y"', 'C,7 8 9,z'], ['C'], [2, 3]],
    ['of a column of numbers', ['A,"1 2 3,x', 'B,4 5 6",y', 'C,7 8 9,z'], ['C'], [2, 3]],
    ['once, and never closed', ['A,1 2 3,"x', 'B,4 5 6,y', 'C,7 8 9,z'], ['B', 'C'], [2]],
    ['before another that opens', ['A,1 2 3,"x', 'B,4 5 6,"y"', 'C,7 8 9,z'], ['B', 'C'], [2]],
    ['over a separator of its own row', ['A,"1 2 3,x"', 'B,4 5 6,y', 'C,7 8 9,z'], ['B', 'C'], [2]],
  ])('that open in a cell %s', async (_name, lines, ids, refused) => {
    const { parts, problems } = await taken(rows(...lines));
    expect(parts.map(([id]) => id)).toEqual(ids);
    expect(problems.map(([row]) => row)).toEqual(refused);
  });

  it('around a note of several lines keep it whole, whatever it says', async () => {
    const note = 'two\nlines, and "marks"\n\nand a list:\n- a, b, c';
    const quoted = `"${note.replaceAll('"', '""')}"`;
    const { parts, problems } = await taken(rows('A-1,1 2 3,short', `A-2,4 5 6,${quoted}`, 'A-3,7 8 9,end'));
    expect(problems).toEqual([]);
    expect(parts.map(([, , text]) => text)).toEqual(['short', note, 'end']);
  });

  it('never lose a row in silence: every row is a part or a problem', async () => {
    const cell = fc.constantFrom('x', '"x"', '"x', 'x"', '"', '""', '"a, b"', '"a ""b"" c"', '');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 4, maxLength: 12 }), async (cells) => {
        const lines = cells.map(([a, b], index) => `P-${index},${a},${b}`);
        const folder = folderWith({ 'parts.csv': `id,one,two\n${lines.join('\n')}\n` });
        const manifest = await openManifest(join(folder, 'parts.csv'), { delimiter: ',', comment: '' });
        const met: string[] = [];
        for await (const row of manifest.rows()) {
          if ('problem' in row) met.push(`P-${row.row - 2}`);
          else expect(row.cells.join('\n').match(/P-\d+/g)).toHaveLength(1);
          if ('cells' in row) met.push(row.cells[0]!);
        }
        expect(met).toEqual(lines.map((_, index) => `P-${index}`));
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('ends of lines', () => {
  it.each([
    ['CRLF above, LF below', 'id,note\r\nA,dark\nB,light\n'],
    ['LF above, CRLF below', 'id,note\nA,dark\r\nB,light\r\n'],
    ['CR alone', 'id,note\rA,dark\rB,light\r'],
    ['all of them', 'id,note\r\nA,dark\rB,light\n'],
    ['none at the end', 'id,note\r\nA,dark\nB,light'],
  ])('%s', async (_name, table) => {
    expect((await taken(table)).parts).toEqual([
      ['A', null, 'dark'],
      ['B', null, 'light'],
    ]);
  });
});

describe('quotation marks', () => {
  it('are apostrophes where each cell stands between two', async () => {
    const { parts } = await taken("'id','note'\n'A','dark, at the edge'\n'B','light'\n");
    expect(parts).toEqual([
      ['A', null, 'dark, at the edge'],
      ['B', null, 'light'],
    ]);
  });
});

describe('thousands and decimal marks', () => {
  const wide = {
    ...plan,
    modalities: plan.modalities.map((one) =>
      one.kind === 'signal' ? { ...one, length: 1, range: [0, 5000] as [number, number] } : one,
    ),
  };
  const numbers = async (table: string, reading: ReadingSettings = {}) => {
    const imported = await importFolder(folderWith({ 'parts.csv': table }), {}, { plan: wide, reading });
    return imported.parts.map(({ values }) => (values.gauge as number[])[0]);
  };
  const asked = async (table: string) =>
    codeOf(importFolder(folderWith({ 'parts.csv': table }), {}, { plan: wide }));

  it.each([
    ['a quoted thousand beside whole numbers', 'id,gauge\nA,950\nB,"1,234"\nC,12\n', [950, 1234, 12]],
    ['thousands with fractions', 'id,gauge\nA,"1,234.5"\nB,12.5\n', [1234.5, 12.5]],
    ['thousands by points', 'id;gauge\nA;1.234,5\nB;12,5\nC;2.000\n', [1234.5, 12.5, 2000]],
    [
      'a comma in one note',
      'id;gauge;note\nA;1.5;size 2,5 is wrong\nB;2.25;2,5\nC;1.234;ok\n',
      [1.5, 2.25, 1.234],
    ],
    ['apostrophes', "id,gauge\nA,1'234.5\nB,12.5\nC,2’000\n", [1234.5, 12.5, 2000]],
    ['apostrophes alone', "id,gauge\nA,1'234\nB,2'345\n", [1234, 2345]],
    ['no-break blanks', 'id;gauge\nA;1\u00a0234,5\nB;12,5\n', [1234.5, 12.5]],
    ['thin blanks', 'id;gauge\nA;1\u2009234,5\nB;2\u202f000\n', [1234.5, 2000]],
    ['blanks beside numbers without', 'id,gauge\nA,1 234\nB,950\n', [1234, 950]],
    ['blanks before a nought', 'id,gauge\nA,1 034\nB,2 345\n', [1034, 2345]],
    ['a fraction elsewhere in the column', 'id;gauge\nA;1.234\nB;0.5\n', [1.234, 0.5]],
    ['three digits behind a point, in a file of commas', 'id,gauge\nA,1.234\nB,2.345\n', [1.234, 2.345]],
    [
      'a fraction at the end of a long file',
      `id;gauge\n${'A;1.234\n'.replace('A', 'X')}${Array.from({ length: 3000 }, (_, i) => `P${i};2.345`).join('\n')}\nZ;0,5\n`,
      'first 1234',
    ],
  ])('%s', async (_name, table, expected) => {
    const found = await numbers(table);
    if (expected === 'first 1234') expect(found[0]).toBe(1234);
    else expect(found).toEqual(expected);
  });

  it.each([
    ['1.234 in a semicolon file', 'id;gauge\nA;1.234\nB;2.345\n'],
    ['1,234 alone', 'id,gauge\nA,"1,234"\nB,"2,345"\n'],
    ['1,234 beside whole numbers in a semicolon file', 'id;gauge\nA;1,234\nB;12\n'],
    ['1,234 beside 1500', 'id,gauge\nA,"1,234"\nB,1500\n'],
    ['1.234 in a file of tabs', 'id\tgauge\nA\t1.234\nB\t2.345\n'],
    ['both', 'id;gauge\nA;1.234\nB;2,345\n'],
  ])('are asked for, not guessed: %s', async (_name, table) => {
    expect(await asked(table)).toBe('number-unclear');
    const folder = folderWith({ 'parts.csv': table });
    const seen = await preview(wide, folder);
    expect(seen.problems).toMatchObject([{ row: 2, column: 'gauge', code: 'number-unclear' }]);
    expect(seen.reading.marks.confidence).toBeLessThanOrEqual(0.5);
  });

  it('are none between the numbers of a list', async () => {
    const long = {
      ...wide,
      modalities: wide.modalities.map((one) => (one.kind === 'signal' ? { ...one, length: 3 } : one)),
    };
    const folder = folderWith({ 'parts.csv': 'id,gauge\nA,1 200 300\nB,2 345 456\n' });
    const { parts } = await importFolder(folder, {}, { plan: long });
    expect(parts.map(({ values }) => values.gauge)).toEqual([
      [1, 200, 300],
      [2, 345, 456],
    ]);
  });

  it('are what a person says', async () => {
    const table = 'id;gauge\nA;1.234\nB;2.345\n';
    expect(await numbers(table, { decimal: '.' })).toEqual([1.234, 2.345]);
    expect(await numbers(table, { decimal: ',' })).toEqual([1234, 2345]);
  });

  it('are those of each measurement, and refused where one measurement has both', async () => {
    const used = parsePlan({
      ...plan,
      modalities: [
        { ...wide.modalities[1]!, name: 'weight', label: { en: 'weight', ja: 'weight' } },
        { ...plan.modalities[1]!, range: [0, 2000] },
      ],
    });
    const apart = 'id;weight;gauge_1;gauge_2;gauge_3\nA;2.5;1,5;1;1.234\nB;2.75;2,5;2;2\nC;0.5;3,25;3;3\n';
    const imported = await importFolder(folderWith({ 'parts.csv': apart }), {}, { plan: used });
    expect(imported.parts.map(({ values }) => [values.weight, values.gauge])).toEqual([
      [[2.5], [1.5, 1, 1234]],
      [[2.75], [2.5, 2, 2]],
      [[0.5], [3.25, 3, 3]],
    ]);
    const both = 'id;weight;gauge_1;gauge_2;gauge_3\nA;2,5;1,5;1;1.5\nB;2,75;2,5;2;2\nC;0,5;3,25;3;3\n';
    await expect(importFolder(folderWith({ 'parts.csv': both }), {}, { plan: used })).rejects.toMatchObject({
      code: 'number-mixed',
      detail: { row: 2, column: 'gauge_3', value: '1.5', decimal: ',' },
    });
    // A thousand or one, where the other columns are of two minds.
    const open = 'id;weight;gauge\nA;1.234;1,5 1 1\nB;2.345;2,5 2 2\nC;3.456;3 3 3\nD;;0.5 1 1\n';
    expect(await codeOf(importFolder(folderWith({ 'parts.csv': open }), {}, { plan: used }))).toBe(
      'number-unclear',
    );
  });

  it('of columns that are not used are no matter', async () => {
    const folder = folderWith({ 'parts.csv': 'id;note;weight\nA;dark;1.234\nB;light;2.345\n' });
    expect((await importFolder(folder)).parts).toHaveLength(2);
  });
});

describe('the encoding', () => {
  const notes = Array.from({ length: 200 }, (_, index) => `P${index},袖に汚れあり ${index}\n`).join('');

  it('survives NULs that a logger left: they are bad cells, in the middle and at the end', async () => {
    const table = Buffer.from(`id,note\n${notes}X,a\0b\nY,good\n${'\0'.repeat(4096)}`);
    const { parts, problems } = await taken(table);
    expect(parts.map(([id]) => id).slice(-2)).toEqual(['P199', 'Y']);
    expect(problems).toEqual([
      [202, 'note', 'cell-damaged'],
      [202, '', 'part-empty'],
      [204, 'id', 'cell-damaged'],
    ]);
  });

  it.each(['', '\ufeff'])('may be UTF-32, with its mark or without: "%s"', async (mark) => {
    const text = `${mark}id,note\nA,dünn\n`;
    const wide = Buffer.concat(
      [...text].map((letter) => Buffer.from(Uint32Array.of(letter.codePointAt(0)!).buffer)),
    );
    expect((await taken(wide)).parts).toEqual([['A', null, 'dünn']]);
  });

  it.each([
    ['царапина на краю', 'Windows-1251'],
    ['schön glatt, 5 µm', 'Windows-1252'],
    ['wżery na płycie, zarysowana krawędź', 'Windows-1250'],
    ['škrábanec na povrchu, příliš hluboký', 'Windows-1250'],
    ['škrabanec v okolí, ťažký, mäkký', 'Windows-1250'],
    ['külső él sérült, gyűrődés, törött élű fül', 'Windows-1250'],
    ['zgârietură pe suprafaţă, ştearsă', 'Windows-1250'],
    ['très léger, bord abîmé, brûlé, à côté', 'Windows-1252'],
    ['rasguño, ¿otra vez? pieza dañada, 5 m³', 'Windows-1252'],
    ['riscado, não conforme, posições, três botões', 'Windows-1252'],
    ['ridse på overfladen, bør måles, Ø 12, 3 mm²', 'Windows-1252'],
    ['kriimustus, põhi täis, šokk', 'Windows-1252'],
    ['perché, più, così, è già', 'Windows-1252'],
  ])('of %s is found without a mark', async (note, encoding) => {
    const bytes = iconv.encode(`id;note\nA;${note}\nB;${note}\nC;\n`, encoding);
    const seen = await preview(plan, folderWith({ 'parts.csv': bytes }));
    expect(seen.reading.encoding?.value).toBe(encoding);
    expect(seen.columns[1]!.examples[0]).toBe(note);
  });

  it.each([
    ['few letters of Central Europe, which may be Western', 'krawędź', 'unclear', 0],
    ['many of them', 'příliš hluboký škrábanec, '.repeat(8), 'letters', 0.9],
  ])('of %s is as sure as they allow', async (_name, note, reason, least) => {
    const bytes = iconv.encode(`id;note\nA;${note}\nB;ok\n`, 'win1250');
    const { encoding } = (await preview(plan, folderWith({ 'parts.csv': bytes }))).reading;
    expect(encoding).toMatchObject({ value: 'Windows-1250', reason });
    expect(encoding!.confidence).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['krawędź', 'win1250'],
    ['wżery', 'win1250'],
    ['łuk', 'win1250'],
    ['très léger', 'win1252'],
    ['não', 'win1252'],
    ['på kanten', 'win1252'],
  ])('of a short note of Europe, %s, is a guess that opens its choice: in %s', async (note, encoding) => {
    const bytes = iconv.encode(`id;note\nA;${note}\nB;ok\n`, encoding);
    const { reading } = await preview(plan, folderWith({ 'parts.csv': bytes }));
    const [as1250, as1252] = [iconv.decode(bytes, 'win1250'), iconv.decode(bytes, 'win1252')];
    expect(as1250).not.toBe(as1252);
    expect(reading.encoding!.confidence).toBeLessThan(sureEncoding);
  });

  it('of a short note whose letters are the same in either half of Europe is none to ask about', async () => {
    const bytes = iconv.encode('id;note\nA;Größe für später\nB;Öl\n', 'win1252');
    const { reading } = await preview(plan, folderWith({ 'parts.csv': bytes }));
    expect(reading.encoding!.confidence).toBeGreaterThanOrEqual(sureEncoding);
  });

  it('survives a bad byte, which is a bad cell', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`id,note\n${notes}X,`),
      Buffer.from([0x92]),
      Buffer.from('\nY,fine\n'),
    ]);
    const { parts, problems } = await taken(bytes);
    expect(parts).toHaveLength(201);
    expect(parts[7]).toEqual(['P7', null, '袖に汚れあり 7']);
    expect(problems).toEqual([
      [202, 'note', 'cell-damaged'],
      [202, '', 'part-empty'],
    ]);
  });

  it('survives a bad byte in Shift_JIS too', async () => {
    const bytes = Buffer.concat([
      iconv.encode(`id,note\n${notes}X,`, 'Shift_JIS'),
      Buffer.from([0xff]),
      Buffer.from('\n'),
    ]);
    const { parts, problems } = await taken(bytes);
    expect(parts[7]).toEqual(['P7', null, '袖に汚れあり 7']);
    expect(problems[0]).toEqual([202, 'note', 'cell-damaged']);
  });

  const japanese = '部品番号,所見\nA-1,袖に汚れあり\nA-2,異常なし\nA-3,表面にキズ\n';
  it.each([
    ['Shift_JIS', 'Shift_JIS', japanese, '袖に汚れあり'],
    ['EUC-JP', 'EUC-JP', japanese, '袖に汚れあり'],
    ['EUC-JP', 'EUC-JP', 'id,所見\nA-1,良品\nA-2,不良品\n', '良品'],
    ['GB18030', 'gb18030', 'id,note\nA-1,表面划痕\nA-2,正常\nA-3,有毛刺\n', '表面划痕'],
    ['Big5', 'big5', 'id,note\nA-1,表面刮傷\nA-2,正常\nA-3,有毛邊\n', '表面刮傷'],
    ['EUC-KR', 'euckr', 'id,note\nA-1,표면에 흠집이 있음\nA-2,정상\n', '표면에 흠집이 있음'],
    [
      'Windows-1252',
      'win1252',
      'id,note\nA-1,Kratzer an der Oberfläche\nA-2,für später\n',
      'Kratzer an der Oberfläche',
    ],
    ['UTF-16LE', 'utf16le', japanese, '袖に汚れあり'],
    ['UTF-16BE', 'utf16be', japanese, '袖に汚れあり'],
  ])('%s is found without a mark', async (encoding, name, text, first) => {
    const folder = folderWith({ 'parts.csv': iconv.encode(text, name, { addBOM: false }) });
    const seen = await preview(plan, folder, undefined, { 所見: 'note' });
    expect(seen.reading.encoding?.value).toBe(encoding);
    expect(seen.columns[1]!.examples[0]).toBe(first);
  });

  it('of ISO-2022-JP is found by its escapes', async () => {
    const escaped = Buffer.from('id,note\nA,\u001b$B1x$l\u001b(B\n', 'latin1');
    expect((await taken(escaped)).parts).toEqual([['A', null, '汚れ']]);
  });

  it('is less sure of little text, and what a person says', async () => {
    const bytes = iconv.encode('id,note\nA,傷\n', 'EUC-JP');
    const folder = folderWith({ 'parts.csv': bytes });
    const seen = await preview(plan, folder);
    expect(seen.reading.encoding!.confidence).toBeLessThan(0.8);
    const said = await preview(plan, folder, undefined, {}, { reading: { encoding: 'EUC-KR' } });
    expect(said.reading.encoding).toMatchObject({ value: 'EUC-KR', confidence: 1, reason: 'given' });
    expect(said.columns[1]!.examples[0]).not.toBe('傷');
  });
});

describe('what stands above the names of the columns', () => {
  const header = 'id,gauge,note';
  const body = 'A-1,1 2 3,dark\nA-2,4 5 6,light\n';
  it.each([
    ['the lines of a logger', `ロガー,KV-8000,\n2024/05/01,12:00:00,\n${header}\n${body}`, 3],
    ['lines of fewer cells', `Logger KV-8000\n2024/05/01\n\n${header}\n${body}`, 4],
    ['sep=', `sep=,\n${header}\n${body}`, 2],
    ['comments', `# made by logger 3\n# on 2024-05-01\n${header}\n${body}`, 3],
    ['nothing', `${header}\n${body}`, 1],
    ['blank lines', `\n\n${header}\n${body}`, 3],
  ])('%s', async (_name, table, row) => {
    const seen = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(seen.reading.header?.value).toBe(row);
    expect(seen.parts.map(({ id, row }) => [id, row])).toEqual([
      ['A-1', row + 1],
      ['A-2', row + 2],
    ]);
    expect((await taken(table)).parts).toEqual([
      ['A-1', [1, 2, 3], 'dark'],
      ['A-2', [4, 5, 6], 'light'],
    ]);
  });

  it('sep= names a separator that nothing else would', async () => {
    expect((await taken('sep=|\nid|note\nA|dark, wide\n')).parts).toEqual([['A', null, 'dark, wide']]);
  });

  it('comments between the rows are no parts, and an id may begin with their mark', async () => {
    const comments = await taken(`${header}\n# calibrated\n${body}# end\n`);
    expect(comments.parts.map(([id]) => id)).toEqual(['A-1', 'A-2']);
    expect(comments.problems).toEqual([]);
    const ids = await taken(`${header}\n#1,1 2 3,dark\n#2,4 5 6,light\n`);
    expect(ids.parts.map(([id]) => id)).toEqual(['#1', '#2']);
  });

  it('the names may be broken over lines, and stand in a comment', async () => {
    expect(
      (await taken('id,"gau\nge",note\nA,,dark\n', {}, { id: 'id', 'gau ge': 'gauge', note: 'note' })).parts,
    ).toEqual([['A', null, 'dark']]);
    expect((await taken(`# logger\n# ${header}\n${body}`)).parts[0]).toEqual(['A-1', [1, 2, 3], 'dark']);
  });

  it('a table without names loses no part', async () => {
    const table = 'A-1,1.5,2.5,3.5\nA-2,2.5,3.5,4.5\nA-3,1,2,3\n';
    const roles = { 'column 1': 'id', 'column 2': 'gauge:1', 'column 3': 'gauge:2', 'column 4': 'gauge:3' };
    const seen = await preview(plan, folderWith({ 'parts.csv': table }), undefined, roles);
    expect(seen.reading.header).toMatchObject({ value: 0, reason: 'no-names' });
    expect((await taken(table, {}, roles)).parts.map(([id, gauge]) => [id, gauge])).toEqual([
      ['A-1', [1.5, 2.5, 3.5]],
      ['A-2', [2.5, 3.5, 4.5]],
      ['A-3', [1, 2, 3]],
    ]);
  });

  it('names that are numbers are names', async () => {
    const table = 'id,400,405,410\nA,1,2,3\nB,4,5,6\n';
    const seen = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(seen.columns.map(({ name }) => name)).toEqual(['id', '400', '405', '410']);
  });

  it('everything is what a person says', async () => {
    const table = "x|y\nid|note\n;A|'dark | wide'\n;;|\nB|light\n";
    const reading: ReadingSettings = { delimiter: '|', header: 2, comment: ';;', quote: "'" };
    expect((await taken(table, reading)).parts).toEqual([
      [';A', null, 'dark | wide'],
      ['B', null, 'light'],
    ]);
  });
});

describe('columns that blanks alone keep apart', () => {
  const aligned = [
    'id    gauge_1  note',
    'A1      1.5    scratch on it',
    'A2     10.5    ok',
    'A10    11      ok',
  ];
  it.each([
    ['points', aligned.join('\n')],
    ['decimal commas', aligned.join('\n').replaceAll('.', ',')],
    ['lines of Windows', `${aligned.join('\r\n')}\r\n`],
  ])(
    'are refused with the cure, in numbers with %s, and shown with the choice of a separator',
    async (_name, table) => {
      expect(await refusal(table)).toMatchObject({ code: 'table-blanks' });
      const folder = folderWith({ 'parts.csv': table });
      expect(await codeOf(standardPlan(folder))).toBe('table-blanks');
      const seen = await preview(plan, folder);
      expect(seen.problems[0]!.code).toBe('table-blanks');
      expect(seen.reading.delimiter).toBeDefined();
    },
  );

  it.each([
    ['one column of words', 'note\nlong  scratch\nok\na dark spot\n', {}],
    ['one column, as a person says', aligned.join('\n'), { delimiter: ';' }],
    ['columns with commas and blanks', aligned.map((line) => line.replace(/ {2,}/g, ',  ')).join('\n'), {}],
  ] as const)('are not meant in %s', async (_name, table, reading) => {
    const seen = await preview(plan, folderWith({ 'parts.csv': table }), undefined, {}, { reading });
    expect(seen.rows).toBe(table.trim().split('\n').length - 1);
  });
});

describe('numbered columns', () => {
  it.each([
    [
      'more than the plan has values',
      ['gauge_1', 'gauge_2', 'gauge_3', 'gauge_4'],
      { expected: 3, actual: 4 },
    ],
    ['more, from zero', ['gauge_0', 'gauge_1', 'gauge_2', 'gauge_3'], { expected: 3, actual: 4 }],
    [
      'more, by wavelengths',
      ['gauge_400', 'gauge_405', 'gauge_410', 'gauge_415'],
      { expected: 3, actual: 4 },
    ],
  ])('%s are refused with both counts', async (_name, names, detail) => {
    const table = `id,${names.join(',')}\nA,1,2,3,4\n`;
    expect(await refusal(table)).toMatchObject({
      code: 'signal-count',
      detail: { ...detail, modalityName: 'gauge', first: names[0], last: names.at(-1) },
    });
    const { problems } = await preview(plan, folderWith({ 'parts.csv': table }));
    expect(problems).toMatchObject([{ row: 1, code: 'signal-count' }]);
  });

  it.each([
    ['fewer', ['gauge_1', 'gauge_2'], { missing: 3 }],
    ['with a gap', ['gauge_1', 'gauge_2', 'gauge_4'], { missing: 3 }],
  ])('%s are refused', async (_name, names, detail) => {
    const table = `id,${names.join(',')}\nA${',1'.repeat(names.length)}\n`;
    expect(await refusal(table)).toMatchObject({ code: 'signal-columns', detail });
  });

  it.each([
    ['from zero', ['gauge_0', 'gauge_1', 'gauge_2']],
    ['by wavelengths', ['gauge_400', 'gauge_405', 'gauge_410']],
  ])('%s are taken in their order', async (_name, names) => {
    expect((await taken(`id,${names.join(',')}\nA,1,2,3\n`)).parts).toEqual([['A', [1, 2, 3], null]]);
  });

  it('report each bad value at its own column', async () => {
    const { problems } = await taken(
      'id,gauge_1,gauge_2,gauge_3,note\nA,1,x,3,a\nB,1,2,99,b\nC,1,,3,c\nD,u,v,3,d\n',
    );
    expect(problems).toEqual([
      [2, 'gauge_2', 'number-invalid'],
      [3, 'gauge_3', 'signal-range'],
      [4, 'gauge_2', 'signal-gap'],
      [5, 'gauge_1', 'number-invalid'],
      [5, 'gauge_2', 'number-invalid'],
    ]);
  });
});

describe('words that mean nothing', () => {
  it.each(['N/A', 'nan', '欠測', 'なし', '#VALUE!', '#DIV/0!', 'ＮａＮ', '未測定', '-', 'none'])(
    '"%s" is no note and no number',
    async (word) => {
      const folder = folderWith({ 'parts.csv': `id,gauge,note\nA,1 2 3,${word}\nB,${word},dark\n` });
      const imported = await importFolder(folder);
      expect(imported.problems).toEqual([]);
      expect(presentOf(imported, 'note')).toEqual([0, 1]);
      expect(presentOf(imported, 'gauge')).toEqual([1, 0]);
    },
  );

  it.each(['不良', 'missing', 'bad'])('"%s" is a finding in a note, and no reading', async (word) => {
    const { parts } = await taken(`id,gauge,note\nA,${word},${word}\n`);
    expect(parts).toEqual([['A', null, word]]);
  });

  it('are those that a person lists', async () => {
    const reading = { words: ['leer', '-999'], badReadings: [] };
    const { parts, problems } = await taken('id,gauge,note\nA,-999,leer\nB,1 2 3,N/A\n', reading);
    expect(parts).toEqual([['B', [1, 2, 3], 'N/A']]);
    expect(problems).toEqual([[2, '', 'part-empty']]);
  });
});

describe('rows that sum others up', () => {
  it.each([
    '合計',
    '合　計',
    '平均',
    '平均値（n=3）',
    'Total',
    'MEAN:',
    'average',
    'Std Dev',
    '最大',
    '標準偏差',
    'Min',
  ])('"%s" is no part', async (word) => {
    const { parts, problems } = await taken(`id,gauge,note\nA,1 2 3,dark\n${word},4 5 6,\n`);
    expect(parts.map(([id]) => id)).toEqual(['A']);
    expect(problems).toEqual([[3, 'id', 'row-summary']]);
  });

  it('are found in a file without ids, and by a word beside an empty id', async () => {
    expect((await taken('gauge,note\n1 2 3,dark\n4 5 6,\n平均,\n')).problems).toEqual([
      [4, '', 'row-summary'],
    ]);
    expect((await taken('id,gauge,note\nA,1 2 3,dark\n,4 5 6,平均\n')).problems).toEqual([
      [3, 'id', 'id-missing'],
    ]);
  });

  it('a part may be called as something of the sort', async () => {
    expect((await taken('id,note\nTotal-1,dark\nMaximus,light\n')).problems).toEqual([]);
  });
});

describe('a logger', () => {
  it.each([35, 120])('may write %i lines above the names of the columns', async (count) => {
    const above = Array.from({ length: count }, (_, line) => `Setting ${line},${line}`).join('\n');
    const rows = Array.from({ length: 40 }, (_, part) => `A${part},${part % 9} 2 3,dark`).join('\n');
    const { parts, problems } = await taken(`${above}\nid,gauge,note\n${rows}\n`);
    expect(problems).toEqual([]);
    expect(parts).toHaveLength(40);
    expect(parts[0]).toEqual(['A0', [0, 2, 3], 'dark']);
  });
});

describe('a table without ids', () => {
  it.each(['合計', 'Total', '平均', 'Mean:'])('has no part in the row %s', async (word) => {
    const { parts, problems } = await taken(`gauge,note\n1 2 3,dark\n4 5 6,light\n5 7 9,${word}\n`);
    expect(parts.map(([, gauge]) => gauge)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(problems).toEqual([[4, '', 'row-summary']]);
  });
});
