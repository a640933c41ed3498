import { describe, expect, it } from 'vitest';
import { openManifest } from '../../../training/data/manifest/manifest.ts';
import type { ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import { cellSheets, sheetShape } from '../../../training/data/manifest/workbook/sheet-notes.ts';
import { preview } from '../../../training/data/preview.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { codeOf, folderWith, plan } from './support.ts';
import { number, row, type TestSheet, text, workbookOf } from './workbook-files.ts';

/** Names, cells, notes and problems of a workbook as they are read. */
async function read(sheets: Readonly<Record<string, TestSheet>>, given: ReadingSettings = {}) {
  const folder = folderWith({ 'parts.xlsx': workbookOf(sheets) });
  const manifest = await openManifest(`${folder}/parts.xlsx`, given);
  const cells: string[][] = [];
  const notes: unknown[] = [];
  const problems: unknown[] = [];
  for await (const one of manifest.rows())
    if ('cells' in one) cells.push([...one.cells]);
    else if (one.isNoRow) notes.push([one.problem.code, ...Object.values(one.problem.detail)]);
    else problems.push([one.row, one.problem.code]);
  return { names: manifest.columns, cells, notes, problems, folder };
}

const head = row(1, text('id'), text('x'), text('y'));
const part = (at: number, ...values: readonly number[]) =>
  row(at, text(`A${at}`), ...values.map((value) => number(value)));
const sheet: TestSheet = { rows: [head, part(2, 1, 2), part(3, 3, 4)] };

describe('what a sheet hides', () => {
  const hidden = {
    rows: [head, part(2, 1, 2), part(3, 3, 4).replace('<row', '<row hidden="1"'), part(4, 5, 6)],
    columns: '<cols><col min="3" max="3" width="9" hidden="1"/></cols>',
  };

  it('is read, and told', async () => {
    const { cells, notes } = await read({ S: hidden });
    expect(cells.map(([id]) => id)).toEqual(['A2', 'A3', 'A4']);
    expect(notes).toEqual([
      ['rows-hidden', 1],
      ['columns-hidden', 'y'],
    ]);
  });

  it('is left out where a person says so', async () => {
    const { cells, notes } = await read({ S: hidden }, { hidden: 'leave' });
    expect(cells.map(([id]) => id)).toEqual(['A2', 'A4']);
    expect(notes[0]).toEqual(['rows-hidden-left', 1]);
  });

  it('is told in a preview, once', async () => {
    const folder = folderWith({ 'parts.xlsx': workbookOf({ S: hidden }) });
    const seen = await preview(plan, folder);
    expect(seen.problems.filter(({ code }) => code === 'rows-hidden')).toHaveLength(1);
    expect(seen.rows).toBe(3);
    expect(seen.reading.hiddenRows).toBe('read');
    const without = await preview(plan, folderWith({ 'parts.xlsx': workbookOf({ S: sheet }) }));
    expect(without.reading).not.toHaveProperty('hiddenRows');
  });

  it('may be whole sheets, which are not read, as others are not', async () => {
    const { cells, notes } = await read({
      Old: { ...sheet, state: 'veryHidden' },
      S: sheet,
      'May 2': sheet,
      Cover: { rows: [row(1, text('Report'))] },
    });
    expect(cells).toHaveLength(2);
    expect(notes).toEqual([['sheets-unread', 'May 2, Old']]);
    expect((await read({ S: sheet, T: sheet }, { sheet: 'T' })).notes).toEqual([]);
    const only = { Cover: { rows: [row(1, text('Report'))] }, S: { ...sheet, state: 'hidden' } };
    expect(await codeOf(read(only))).toBe('sheets-hidden');
  });
});

describe('a workbook of hundreds of sheets', () => {
  const many = Object.fromEntries(Array.from({ length: 220 }, (_, place) => [`S${place}`, { rows: [] }]));
  const sheets = { ...many, S3: sheet, S219: sheet, S218: { ...sheet, state: 'hidden' } };

  it('is looked through at its beginning, and the rest is told as unread', async () => {
    const { cells, notes } = await read(sheets);
    expect(cells).toHaveLength(2);
    const unread = Array.from({ length: 10 }, (_, place) => `S${place + 200}`).join(', ');
    expect(notes).toEqual([['sheets-unread', unread]]);
  });

  it('is read in any sheet that a person names', async () => {
    const { cells, notes } = await read(sheets, { sheet: 'S219' });
    expect(cells).toHaveLength(2);
    expect(notes).toEqual([]);
  });
});

describe('cells that were made one', () => {
  it('say the same in each of their rows', async () => {
    const rows = [
      head,
      part(2, 1, 7),
      row(3, text('A3'), number(2)),
      row(4, text('A4')),
      row(5, text('A5'), number(9), number(8)),
    ];
    const { cells, notes } = await read({ S: { rows, merged: ['C2:C4', 'B5:C5'] } });
    expect(cells).toEqual([
      ['A2', '1', '7'],
      ['A3', '2', '7'],
      ['A4', '', '7'],
      ['A5', '9', '8'],
    ]);
    expect(notes).toEqual([['cells-merged', 1]]);
  });

  it('may be names of groups, over names of their columns', async () => {
    const rows = [
      row(1, text('id'), text('gauge'), '<c/>', text('note')),
      row(2, '<c/>', text('left'), text('right')),
      ...[3, 4, 5].map((at) => row(at, text(`A${at}`), number(at), number(2 * at), text('x'))),
    ];
    const { names, cells, notes } = await read({ S: { rows, merged: ['B1:C1', 'A1:A2', 'D1:D2'] } });
    expect(names).toEqual(['id', 'gauge left', 'gauge right', 'note']);
    expect([cells.length, notes]).toEqual([3, []]);
  });
});

describe('what stands in a sheet beside its table', () => {
  const table = [
    row(1, ...['id', 'force', 'note'].map(text)),
    ...[2, 3, 4, 5].map((at) => row(at, text(`A${at}`), number(at), text('x'))),
  ];
  /** A row of the table, and behind an empty column what stands beside it. */
  const beside = (...cells: readonly string[]) =>
    table.map((one, index) => one.replace('</row>', `<c/>${cells[index] ?? ''}</row>`));

  it('is no part of it behind an empty column: another table, notes, a short list', async () => {
    const others = [
      beside(text('id') + text('temp'), ...[9, 8, 7, 6].map((at) => text(`A${at}`) + number(at))),
      beside('', text('mean') + number(12), text('std') + number(1)),
      beside(text('code') + text('meaning'), number(1) + text('good')),
    ];
    for (const rows of others) {
      const { names, cells, notes } = await read({ S: { rows } });
      expect(names).toEqual(['id', 'force', 'note']);
      expect(cells).toEqual([2, 3, 4, 5].map((at) => [`A${at}`, `${at}`, 'x']));
      expect(notes).toMatchObject([['columns-apart', expect.stringContaining('E')]]);
    }
    const spaced = beside(text('width'), ...[2, 3, 4, 5].map((at) => number(2 * at)));
    expect(await read({ S: { rows: spaced } })).toMatchObject({
      names: ['id', 'force', 'note', 'column 4', 'width'],
      notes: [],
    });
  });

  it('may sum it up by formulas, with no word that says so', async () => {
    const sum = (formula: string, value: number) => `<c><f>${formula}</f><v>${value}</v></c>`;
    const rows = [
      row(1, ...['force', 'width'].map(text)),
      ...[2, 3].map((at) => row(at, number(at), sum(`SUM(A2:A${at})`, at))),
      row(4, sum('SUBTOTAL(101,[force])', 2.5), '<c><f t="shared" si="0"/><v>5</v></c>'),
      row(5, number(7), sum('AVERAGE(B2:B3)', 2)),
      row(6, sum('SUM(A2:A5)', 12), ''),
    ];
    const { cells, problems } = await read({ S: { rows } });
    expect(cells).toEqual([
      ['2', '2'],
      ['3', '3'],
      ['7', '2'],
    ]);
    expect(problems).toEqual([
      [4, 'row-summary'],
      [6, 'row-summary'],
    ]);
  });

  it('may be a report above names in two rows, with units below them', async () => {
    const rows = [
      row(1, text('Report of line 3')),
      row(2, ...['Line', '3', 'Shift', 'A'].map(text)),
      row(4, '<c/>', text('gauge'), '<c/>', text('note')),
      row(5, ...['id', 'left', 'right'].map(text), '<c/>'),
      row(6, '<c/>', text('mm'), text('mm'), '<c/>'),
      ...[7, 8, 9].map((at) => row(at, text(`A${at}`), number(at), number(2 * at), text('x'))),
    ];
    expect((await read({ S: { rows: rows.toSpliced(1, 1) } })).names).toEqual([
      ...['id', 'gauge left', 'gauge right', 'note'],
    ]);
    const named = [
      rows[0]!,
      rows[1]!,
      row(4, ...['id', 'left', 'right', 'note'].map(text)),
      ...rows.slice(5),
    ];
    expect((await read({ S: { rows: named } })).names).toEqual(['id', 'left', 'right', 'note']);
  });

  it('may be rows that only look like some, which nobody waits for', async () => {
    const empty = Array.from(
      { length: 3000 },
      (_, at) => `<row r="${at + 6}" s="1"><c r="A${at + 6}" s="1"/></row>`,
    );
    const bytes = workbookOf({ S: { rows: [...table, ...empty] } });
    const [sheet] = await cellSheets(bytes);
    expect((await sheetShape(bytes, sheet!)).lastRow).toBe(4);
    expect((await read({ S: { rows: [...table, ...empty] } })).cells).toHaveLength(4);
  });
});

describe('names in two rows of a text table', () => {
  const read = async (table: string) =>
    (await openManifest(`${folderWith({ 'a.csv': table })}/a.csv`)).columns;

  it('are both taken, with the units below them', async () => {
    expect(await read('id,force,force\n,left,right\n,N,kN\nA,1,2\nB,3,4\n')).toEqual([
      'id',
      'force left',
      'force right',
    ]);
  });

  it.each([
    ['its second row has an id', 'id,force,force\nA,low,high\nB,1,2\nC,3,4\nD,3,4\nE,3,4\n'],
    ['its second row has numbers', 'id,force,force\n,1,2\nB,1,2\nC,3,4\n'],
    ['no column is a group', 'id,force,heat\n,left,right\nB,1,2\nC,3,4\n'],
    ['the columns hold words', 'id,a,a\n,left,right\nB,x,y\nC,z,w\n'],
  ])('are one row where %s', async (_name, table) => {
    expect((await read(table))[1]).toBe(table.split(',')[1]);
  });
});

describe('numbers that stand as texts', () => {
  const rows = (...cells: readonly string[]) => ({
    S: {
      rows: [row(1, text('id'), text('x')), ...cells.map((cell, at) => row(at + 2, text(`${at},5`), cell))],
    },
  });
  const column = async (sheets: Readonly<Record<string, TestSheet>>, given: ReadingSettings = {}) =>
    (await read(sheets, given)).cells.map(([, cell]) => cell);

  it('are read by the marks of their column, whatever the numbers with types are', async () => {
    expect(await column(rows(text('1,5'), number(2.5), text('-0,25')))).toEqual(['1.5', '2.5', '-0.25']);
    expect(await column(rows(text('1.234,5'), text('12,25')))).toEqual(['1234.5', '12.25']);
    expect(await column(rows(text('1,234.5'), text('1.5')))).toEqual(['1234.5', '1.5']);
    // An id is none.
    expect((await read(rows(text('1,5')))).cells[0]![0]).toBe('0,5');
  });

  it.each(['1.234', '1,234'])('are asked about where they may be thousands: %s', async (cell) => {
    const sheets = {
      S: {
        rows: [
          row(1, text('id'), text('x')),
          ...[text(cell), number(1500), number(2)].map((own, at) => row(at + 2, text(`A${at}`), own)),
        ],
      },
    };
    const folder = folderWith({ 'parts.xlsx': workbookOf(sheets) });
    const made = await standardPlan(folder, undefined, {}, { least: 0 });
    const seen = await preview(made.plan, folder, undefined, {}, { guessed: made.columns });
    expect(seen.problems).toContainEqual({
      ...{ row: 2, column: 'x', code: 'number-unclear' },
      detail: { value: cell, row: 2, column: 'x', one: '1234', other: 1.234 },
    });
    expect(await column(sheets, { decimal: '.' })).toEqual([cell.replace(',', ''), '1500', '2']);
    expect(await column(sheets, { decimal: ',' })).toEqual([
      cell.replace('.', '').replace(',', '.'),
      '1500',
      '2',
    ]);
  });

  it('are asked about in lines of JSON, too, and need no mark where there are none', async () => {
    const open = (line: string, given: ReadingSettings = {}) =>
      openManifest(`${folderWith({ 'a.jsonl': `${line}\n` })}/a.jsonl`, given);
    expect((await open('{"id": "A", "x": "1.234"}')).marksOf(new Set([1])).unclear).toMatchObject([
      { row: 1, column: 1 },
    ]);
    expect((await open('{"id": "A", "x": 1.234}')).marksOf(new Set([1])).unclear).toEqual([]);
    expect(await codeOf(open('{"id": "A", "x": 1.234}', { decimal: ',' }))).toBe('decimal-typed');
    for await (const one of (await open('{"id": "A", "x": "1,5"}')).rows())
      expect(one).toMatchObject({ cells: ['A', '1.5'] });
  });
});

describe('numbers that show something else', () => {
  it('are what they show: lengths of time, times of day, ids with zeros', async () => {
    const { cells } = await read({
      S: {
        rows: [
          head,
          row(2, number(7, 2), number(1.0625, 1), number(0.5, 3)),
          row(3, number(12345, 2), number(0.25, 1), number(0.75, 3)),
          row(4, number(1.5, 2), number(-0.5, 1), number(0.0001, 3)),
        ],
      },
    });
    expect(cells).toEqual([
      ['0007', '25:30:00', '12:00:00'],
      ['12345', '6:00:00', '18:00:00'],
      ['1.5', '-12:00:00', expect.stringMatching(/^00:00:0[89]/)],
    ]);
  });
});
