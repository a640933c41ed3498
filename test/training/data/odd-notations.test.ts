import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingOf, usuallyNothing, usualWords } from '../../../training/cells/nothing.ts';
import { parseNumber } from '../../../training/cells/numbers.ts';
import { unitIn } from '../../../training/cells/written-units.ts';
import { readingSettings } from '../../../training/data/manifest/reading-settings.ts';
import { isSummaryWord } from '../../../training/data/part-identity.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { folderWith, importFolder } from './support.ts';

const rows = 24;

/** What a person is told of a table with this column, and what its first part measures. */
async function understood(
  cells: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
) {
  const lines = cells.map((cell, row) => `A${row}\t${cell}\t${row * 2}.5`);
  const folder = folderWith({ 'parts.csv': `id\tx\ty\n${lines.join('\n')}\n`, ...files });
  const { plan, columns } = await standardPlan(folder, undefined, {}, { least: 0 });
  const seen = await preview(plan, folder, undefined, {}, { guessed: columns });
  const { parts } = await importFolder(folder, columns, { plan });
  return {
    told: seen.unread.map(({ row, column, code }) => [row, column, code]),
    first: parts[0]!.values.x,
  };
}

const column = (cellOf: (row: number) => string) => Array.from({ length: rows }, (_, row) => cellOf(row));

describe('digits of every script', () => {
  const scripts = [0x0660, 0x06f0, 0x0966, 0x0e50, 0xff10, 0x1d7ce];

  it('are read as the number that they write', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scripts),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.nat(999),
        (zero, whole, part) => {
          const written = `${whole}.${part}`;
          const text = written.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
          expect(parseNumber(text, '.')).toBe(Number(written));
        },
      ),
    );
  });

  it('keep the marks of Arabic, whatever marks the file has', async () => {
    expect(parseNumber('١٬٢٣٤٫٥', '.')).toBe(1234.5);
    expect(parseNumber('١٬٢٣٤٫٥', ',')).toBe(1234.5);
    expect(await understood(column((row) => `${row}٫٢٥٠`))).toMatchObject({ told: [], first: [0.25] });
  });

  it.each(['5²', '1½', '5₂', '1①', '²', '¼'])(
    'do not become others where they are raised or a fraction: %s',
    (cell) => {
      expect(() => parseNumber(cell, '.')).toThrow('number-invalid');
      expect(() => parseNumber(`${cell} mm`, '.')).toThrow();
    },
  );
});

describe('a column that would go unused', () => {
  it.each([
    ['negative numbers in parentheses', (row: number) => (row % 3 === 1 ? `(${row}.5)` : `${row}.5`)],
    ['a minus behind the number', (row: number) => (row % 3 === 1 ? `${row}.5-` : `${row}.5`)],
    ['what is below a limit', (row: number) => (row % 3 === 1 ? '<0.5' : `${row}.5`)],
    ['a tolerance', (row: number) => `${row}.5 ± 0.1`],
    ['money', (row: number) => `¥${row + 100}`],
    ['degrees and minutes', (row: number) => `${row}°${row}'`],
    ['fractions of an inch', (row: number) => `${row + 1}/8`],
    ['whole numbers and fractions', (row: number) => `${row} 1/3`],
    ['fractions of one character', (row: number) => `${row}½`],
    ['powers', (row: number) => `${row}⁴`],
    ['powers of ten', (row: number) => `${row}.5×10³`],
    ['exponents of another program', (row: number) => `${row}.5D+02`],
    ['counts', (row: number) => `${row}個`],
    ['minutes and seconds', (row: number) => `${row}分${row}秒`],
    ['numbers of registers', (row: number) => `0x${row}F`],
    ['groups as India has them', (row: number) => `${row + 1},23,456.5`],
  ])('is told by its first cell where it holds numbers in another notation: %s', async (_name, cellOf) => {
    const { told, first } = await understood(column(cellOf));
    expect(first).toBeUndefined();
    expect(told).toEqual([[expect.any(Number), 'x', 'number-invalid']]);
    expect(told[0]![0]).toBeLessThan(4);
  });

  it('is told where it holds lengths of time', async () => {
    const { told } = await understood(column((row) => `${row}:10:30`).concat('25:00:00'));
    expect(told).toEqual([[2, 'x', 'number-duration']]);
    const ofDay = await understood(column((row) => `${row % 24}:10:30`));
    expect(ofDay.told).toEqual([[2, 'x', 'column-unused']]);
  });

  it('is told where it holds what a program nests', async () => {
    const { told, first } = await understood(column((row) => `{"left": ${row}.5}`));
    expect([told, first]).toEqual([[[2, 'x', 'column-nested']], undefined]);
  });

  it.each([
    ['files that are none of a signal', 'wav', 'signal-file-format'],
    ['recordings in a format that is not read', 'tdms', 'signal-file-format'],
  ])('is told where it names %s', async (_name, ending, code) => {
    const { told } = await understood(
      column((row) => `t${row}.${ending}`),
      Object.fromEntries(column((row) => `t${row}.${ending}`).map((name) => [name, 'RIFF????WAVEfmt '])),
    );
    expect(told).toEqual([[2, 'x', code]]);
  });

  it.each([
    ['is rounded', (row: number) => `${row}E+05`, '0E+05'],
    ['measures', (row: number) => `${row}.25`, '0.25'],
  ])('is told where it is called as ids are and %s', async (_name, cellOf, value) => {
    const table = `id,x\n${column((row) => `${cellOf(row)},${(row * 7) % 11}.5`).join('\n')}\n`;
    const folder = folderWith({ 'parts.csv': table });
    const { plan, columns } = await standardPlan(folder, undefined, {}, { least: 0 });
    const seen = await preview(plan, folder, undefined, {}, { guessed: columns });
    expect(seen.unread).toEqual([
      { row: 2, column: 'id', code: 'id-unused', detail: { column: 'id', value } },
    ]);
  });

  it.each([
    ['holds dates', (row: number) => `2026-03-${row + 1}`, /dates/],
    ['holds words', (row: number) => (row % 2 ? 'left' : `right${row}`), /no notes/],
    ['counts up by one', (row: number) => `1.${101 + row}`, /count up/],
    ['holds too few numbers', (row: number) => (row % 2 ? `${row},5` : `x${row}`), /too few/],
    ['says that nothing was measured', () => 'n/a', /nothing was measured/],
    ['names other files', (row: number) => `C:\\logs\\${row}.pdf`, /files/],
  ])('is told with the reason and its first cell where it %s', async (_name, cellOf, why) => {
    const cells = column(cellOf);
    const table = `id;x;y\n${cells.map((cell, row) => `P${row};${cell};${row % 7},5`).join('\n')}\n`;
    const folder = folderWith({ 'parts.csv': table });
    const { plan, columns } = await standardPlan(folder, undefined, {}, { least: 0 });
    const { unread } = await preview(plan, folder, undefined, {}, { guessed: columns });
    expect(unread).toMatchObject([
      { row: 2, column: 'x', code: 'column-unused', detail: { why: expect.stringMatching(why) } },
    ]);
    expect((await preview(plan, folder)).unread).toEqual([]);
  });

  it.each([
    ['one', (row: number) => `b=1.${101 + row}`, 'number-invalid'],
    ['several', (row: number) => `a=${row}.5; b=2.5`, 'column-nested'],
  ])('is told where its cells hold numbers with their names: %s', async (_name, cellOf, code) => {
    const { told, first } = await understood(column(cellOf));
    expect([told, first]).toEqual([[[2, 'x', code]], undefined]);
  });
});

describe('the rows that a program numbers', () => {
  const rows = [7, 3, 12, 5, 4].map((at, row) => `${at},${row}.5,dark spot ${row}`);
  it.each([
    ['R, which names that column ""', `"",x,note\n${rows.join('\n')}`, 'column 1'],
    ['pandas', `Unnamed: 0,x,note\n${rows.join('\n')}`, 'Unnamed: 0'],
    [
      'R, which leaves its name out',
      `"x","note"\n${rows.map((row, at) => row.replace(/^\d+/, `"${at + 1}"`)).join('\n')}`,
      'column 1',
    ],
  ])('are no measurement and no id: %s', async (_name, table, index) => {
    const folder = folderWith({ 'parts.csv': `${table}\n` });
    const { plan, columns } = await standardPlan(folder);
    const seen = await preview(plan, folder, undefined, {}, { guessed: columns });
    expect(seen.columns.map(({ name, role }) => [name, role])).toEqual([
      [index, 'ignore'],
      ['x', 'x'],
      ['note', 'note'],
    ]);
    expect(seen.identity.column).toBeNull();
    expect(seen.unread).toMatchObject([{ row: 2, column: index, code: 'column-unused' }]);
    expect(seen.parts[0]!.shown.x).toContain('0.5');
  });

  it('are none where a column without a name measures', async () => {
    const table = `id,x,Unnamed: 2\n${column((row) => `A${row},${row}.5,${row % 7}.25`).join('\n')}\n`;
    const { columns } = await standardPlan(folderWith({ 'parts.csv': table }));
    expect(columns['Unnamed: 2']).not.toBe('ignore');
  });

  it('are asked for where they are names, and where the name of the last column may be the one that is missing', async () => {
    for (const table of ['"x","y"\n"A1",1.5,2.5\n"A2",2.5,3.5\n', 'id,x\n1,1.5,2.5\n2,2.5,3.5\n3,2.5,3.5\n'])
      await expect(standardPlan(folderWith({ 'parts.csv': table }))).rejects.toMatchObject({
        code: 'rows-longer',
        detail: { row: 2, actual: 3, expected: 2, value: expect.stringMatching(/^(A1|1)$/) },
      });
  });
});

describe('a control character', () => {
  it('spoils its cell or its row and nothing else, and is shown', async () => {
    const rows = column((row) => `P${row};${row},5;${row % 7},25`);
    rows[3] = 'P3;1\x1f5;2,25';
    rows[4] = 'P\x1f4;1,5;2,25';
    const folder = folderWith({ 'parts.csv': `id;x;y\n${rows.join('\n')}\n` });
    const { plan, columns } = await standardPlan(folder);
    const { parts, problems } = await importFolder(folder, columns, { plan });
    expect(parts).toHaveLength(rows.length - 1);
    expect(problems.map(({ row, code, detail }) => [row, code, detail.value])).toEqual([
      [5, 'number-invalid', '1␟5'],
      [6, 'id-control', 'P␟4'],
    ]);
  });
});

describe('a cell that a program wrote as a formula', () => {
  it.each(['="0012"', '"=""0012"""'])('is the text that it shows: %s', async (cell) => {
    const { parts } = await importFolder(folderWith({ 'parts.csv': `id,gauge\n${cell},"1;2;3"\n` }));
    expect(parts.map(({ id, values }) => [id, values.gauge])).toEqual([['0012', [1, 2, 3]]]);
  });
});

describe('a row that sums others up', () => {
  it.each([
    'Total rows: 30',
    'Total: 24',
    'Mean = 3.4',
    '合計 24件',
    '合計：24',
    'Average of 24',
    'Grand total 12',
    '平均値 3.5',
  ])('may say how many: %s', (cell) => expect(isSummaryWord(cell)).toBe(cell !== 'Average of 24'));

  it.each([
    'Tổng 450',
    'Ø',
    '∑',
    'Tổng cộng',
    'trung bình',
    '평균',
    'Итого 450',
    'процент',
    'n=20',
    'N = 7',
    'StdAbw',
    'Gesamt',
  ])('is known in the languages of plants: %s', (cell) => expect(isSummaryWord(cell)).toBe(true));

  it.each(['USL', 'LSL', '上限', '規格', '公差', 'Sollwert'])('is one of limits, too: %s', (cell) =>
    expect(isSummaryWord(cell)).toBe(true),
  );

  it.each([
    '',
    ' ',
    '%',
    '#',
    '-',
    'n',
    'n 20',
    'SUM12',
    'TOTAL-1',
    'Max 12',
    'sd0012',
    'Meander 5',
    '計12',
    'A 1',
  ])('is none of an id: %s', (cell) => expect(isSummaryWord(cell)).toBe(false));
});

describe('words that mean nothing', () => {
  it.each([
    'không có',
    'Không có',
    '无',
    '没有',
    '沒有',
    '없음',
    '해당 없음',
    'brak',
    'keine',
    'k. A.',
    'entfällt',
    'nincs',
    'žádné',
    'нет данных',
    'ไม่มี',
    'tidak ada',
    'yok',
    'aucun',
    'ninguno',
    'nessuno',
    'nenhum',
    'geen',
  ])('are known in many languages: %s', (word) => {
    expect(usuallyNothing.inText(word)).toBe(true);
    expect(usuallyNothing.inText(word.normalize('NFD'))).toBe(true);
  });

  it('leave what may be an answer', () => {
    for (const word of ['no', 'không', 'nein', 'нет', '否', 'ok'])
      expect(usuallyNothing.inText(word)).toBe(false);
    expect(usuallyNothing.inReading('fehlt')).toBe(true);
    expect(usuallyNothing.inText('fehlt')).toBe(false);
  });

  it('are few enough to be given back as they are', () => {
    const { words, badReadings } = readingSettings.parse(usualWords);
    expect(nothingOf({ words: words!, badReadings: badReadings! }).inText('brak')).toBe(true);
    expect(new Set(words).size).toBe(words!.length);
  });
});

describe('the unit behind a column’s name', () => {
  it.each([
    ['温度【℃】', '°C'],
    ['圧力〔MPa〕', 'MPa'],
    ['幅「mm」', 'mm'],
    ['width [µm]', 'μm'],
    ['高さ（mm）', 'mm'],
    ['coating (left)', undefined],
  ])('of %s is %s', (name, unit) => expect(unitIn(name)).toBe(unit));
});

describe('the same row in two tables', () => {
  it('is one, whichever program wrote its numbers', async () => {
    const folder = folderWith({
      'a.csv': 'id,gauge_1,gauge_2,gauge_3\n1.0,1.50,2,3\n2.0,4,5,6\n',
      'b.csv': 'id,gauge_1,gauge_2,gauge_3\n1,1.5,2.0,3\n3,4,5,6\n',
    });
    const { parts, problems } = await importFolder(folder, {}, { manifest: folder });
    expect([parts.map(({ id }) => id), problems]).toEqual([['1', '2', '3'], []]);
  });
});
