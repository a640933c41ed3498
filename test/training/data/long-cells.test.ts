import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNested } from '../../../training/cells/meant-numbers.ts';
import { splitNumbers } from '../../../training/cells/numbers.ts';
import { numbersWithUnit } from '../../../training/cells/numbers-with-unit.ts';
import { unitIn } from '../../../training/cells/written-units.ts';
import { sevenBitCells } from '../../../training/data/manifest/encoding/seven-bit.ts';
import { openJsonLines } from '../../../training/data/manifest/json-lines.ts';
import { marksJudge } from '../../../training/data/manifest/numbers/number-marks.ts';
import type { ManifestRow } from '../../../training/data/manifest/rows.ts';
import { shownNumbers } from '../../../training/data/manifest/workbook/number-format.ts';
import { numberedAs } from '../../../training/data/numbered-columns.ts';
import { isSummaryWord } from '../../../training/data/part-identity.ts';
import { plainCell } from '../../../training/data/seen-parts.ts';
import { folderWith } from './support.ts';

const million = 1_000_000;

/** What a JSON lines file is read as. */
async function rowsOf(text: string) {
  const folder = folderWith({ 'parts.jsonl': text });
  const table = await openJsonLines(`${folder}/parts.jsonl`);
  const rows: ManifestRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  return { names: table.names, rows };
}

// Where a pattern goes over a cell again for each of its characters, these take hours.
describe('a cell of a million characters', () => {
  it.each([
    ['blanks between two numbers', () => splitNumbers(`1${' '.repeat(million)}x;2`, true).length, 3],
    ['blanks before a unit', () => numbersWithUnit(`[1${' '.repeat(million)}x mm]`), undefined],
    ['a name with blanks in it', () => unitIn(`width${' '.repeat(million)}x`), undefined],
    ['a name of separators', () => numberedAs(`a${'-'.repeat(million)}x`), undefined],
    ['a name of digits', () => numberedAs(`${'1'.repeat(million)}x`), undefined],
    ['a word of marks', () => isSummaryWord(`${'-'.repeat(million)}x`), false],
    ['a fraction with noughts in it', () => plainCell(`1.${'0'.repeat(million)}10`).length, million + 3],
  ])('%s', (_, read, expected) => {
    expect(read()).toEqual(expected);
  });

  it('is judged for its marks', () => {
    const judge = marksJudge(1);
    judge.add(1, [`1${' 001'.repeat(million / 4)} x`]);
    expect(judge.verdict(',', new Set([0])).unclear).toEqual([]);
  });

  it('is looked through for letters in ASCII', () => {
    const cells = sevenBitCells();
    cells.add(Buffer.from(`~{!${'a'.repeat(million)}`));
    expect(cells.result().encoding).toBeUndefined();
  });

  it('of a workbook is not written as a format of more characters than one may have says', () => {
    const code = `0${','.repeat(million)}0" mm"`;
    expect(shownNumbers([['200', code]], ['200'])).toEqual(new Map());
  });

  it('stands in a line of JSON', async () => {
    const [mark, note] = ['\\"'.repeat(million / 2), 'a'.repeat(20 * million)];
    const { rows } = await rowsOf(
      `{"id":"A1","note":"${mark}","x":NaN}\n{"id":"A2","note":"${note}"}\n\\"${mark}\n`,
    );
    expect(
      rows.map((row) => ('cells' in row ? row.cells.map(({ length }) => length) : row.problem.code)),
    ).toEqual([[2, million / 2, 3], [2, 20 * million, 0], 'row-json']);
  });
});

describe('many values with names', () => {
  const several = (count: number, end: string) => `${'a=1, '.repeat(count)}${end}`;

  it('are told from a note that goes on behind them', () => {
    expect(isNested(several(60, 'b=2'))).toBe(true);
    expect(isNested(several(60, 'b=2,'))).toBe(true);
    expect(isNested(several(60, '!'))).toBe(false);
  });
});

describe('a numbered name', () => {
  it.each([
    ['gauge_12', 'gauge', 12],
    ['gauge[12]', 'gauge', 12],
    ['gauge (12)', 'gauge', 12],
    ['a-1-2', 'a-1', 2],
    ['a1]2', 'a1]', 2],
    ['007', '', 7],
    ['[7]', '', 7],
  ])('%s is its stem and its number', (name, stem, number) => {
    expect(numberedAs(name)).toEqual({ stem, number });
  });
});

describe('lines of JSON', () => {
  it('are read whatever their texts and keys hold', async () => {
    const texts = fc.string({
      unit: fc.constantFrom('"', '\\', ':', '{', 'NaN', ' ', 'é', '__proto__', 'a'),
    });
    const lines = fc.array(fc.tuple(texts, texts), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        const text = all.map(([key, note], row) => JSON.stringify({ id: `A${row}`, [`k${key}`]: note }));
        const { rows } = await rowsOf(`${text.join('\n')}\n`);
        expect(rows.filter((row) => 'problem' in row && !row.isNoRow)).toEqual([]);
        expect(rows.filter((row) => 'cells' in row)).toHaveLength(all.length);
      }),
      { numRuns: 30 },
    );
  });

  it('that name a column twice are refused', async () => {
    const { rows } = await rowsOf('{"id":"A1","x":1}\n{"id":"A2","x":"\\"}: \\\\","x":2}\n');
    expect(rows.map((row) => ('problem' in row ? row.problem.code : 'cells'))).toEqual(['cells', 'row-json']);
  });
});
