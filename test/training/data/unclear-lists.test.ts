import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksJudge } from '../../../training/data/manifest/numbers/number-marks.ts';
import type { ReadingSettings } from '../../../training/data/manifest/reading-settings.ts';
import { standardPlan } from '../../../training/pilot/standard-plan.ts';
import { folderWith, importFolder } from './support.ts';

/** Values of the column `x` under the plan that is made from the table, or the code of its refusal. */
async function valuesIn(cells: readonly string[], reading: ReadingSettings = {}, name = 'parts.csv') {
  const text = name.endsWith('csv')
    ? `id;x;note\n${cells.map((cell, index) => `A${index};${cell};dark spot ${index}`).join('\n')}\n`
    : cells.map((x, index) => `${JSON.stringify({ id: `A${index}`, x, note: `dark ${index}` })}\n`).join('');
  const folder = folderWith({ [name]: text });
  const { plan, manifest, columns } = await standardPlan(folder, undefined, reading);
  return importFolder(folder, columns, { plan, manifest, reading }).then(
    ({ parts }) => parts.map(({ values }) => values.x),
    ({ code, detail: { row, column, one, other } }) => ({ code, row, column, one, other }),
  );
}

const pairs = ['1,5,2,25', '2,5,3,25', '3,5,4,125'];
const groups = ['100,200,300', '95,210,310', '120,220,320'];

describe('commas between whole numbers', () => {
  it.each(['parts.csv', 'parts.jsonl'])('that may be decimal commas are asked about (%s)', async (name) => {
    const place = { row: name === 'parts.csv' ? 2 : 1, column: 'x' };
    expect(await valuesIn(pairs, {}, name)).toEqual({
      ...{ code: 'list-unclear', ...place, one: '1; 5; 2; 25', other: '1.5; 2.25' },
    });
    expect(await valuesIn(['1, 5', '2, 5', '3 ,5'], {}, name)).toMatchObject({
      ...{ code: 'list-unclear', ...place, one: '1; 5', other: '1.5' },
    });
    expect((await valuesIn(pairs, { decimal: '.' }, name)) as unknown[]).toEqual([
      ...[
        [1, 5, 2, 25],
        [2, 5, 3, 25],
        [3, 5, 4, 125],
      ],
    ]);
  });

  it.each(['parts.csv', 'parts.jsonl'])('that may group one number are asked about (%s)', async (name) => {
    expect(await valuesIn(groups, {}, name)).toMatchObject({
      ...{ code: 'list-grouped', one: '100; 200; 300', other: '100200300' },
    });
    expect(await valuesIn(groups, { thousands: 'none' }, name)).toEqual([
      ...[
        [100, 200, 300],
        [95, 210, 310],
        [120, 220, 320],
      ],
    ]);
    expect(await valuesIn(groups, { decimal: '.' }, name)).toEqual([[100200300], [95210310], [120220320]]);
  });

  it.each([
    ['a sign behind one', ['1,-5,2,25', '2,5,3,25', '3,5,4,25'], [1, -5, 2, 25]],
    ['an odd number of them', ['1,5,2', '2,5,3', '3,5,4'], [1, 5, 2]],
    ['brackets', ['[1,5,2,25]', '[2,5,3,25]', '[3,5,4,25]'], [1, 5, 2, 25]],
    ['a decimal point among them', ['1.5,2.25', '2.5,3.25', '3.5,4.25'], [1.5, 2.25]],
    ['blanks behind three', ['1, 5, 2', '2, 5, 3', '3, 5, 4'], [1, 5, 2]],
    ['a group that is none', ['100,200,300', '95,20,310', '120,220,320'], [100, 200, 300]],
  ])('are no decimal marks beside %s', async (_name, cells, first) => {
    expect(((await valuesIn(cells)) as unknown[])[0]).toEqual(first);
  });

  it('group a number where the column holds smaller ones', async () => {
    expect(await valuesIn(['1,234,567', '950', '12,345'])).toEqual([[1234567], [950], [12345]]);
  });

  it('are never read as a list without a sign of it, whatever the numbers are', () => {
    const digits = fc.integer({ min: 0, max: 999 }).map(String);
    const list = fc.array(digits, { minLength: 2, maxLength: 5 }).map((half) => [...half, ...half].join(','));
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 5 }), (cells) => {
        const judge = marksJudge(1);
        for (const [row, cell] of cells.entries()) judge.add(row, [cell]);
        const { unclear } = judge.verdict(';', new Set([0]));
        expect(unclear[0]?.code).toMatch(/^list-/);
      }),
    );
  });
});

describe('a thousand among numbers below a hundred', () => {
  it('is asked about: its mark may be a slip', async () => {
    expect(await valuesIn(['1,5', '4.500', '22,5', '3,5'])).toEqual({
      ...{ code: 'number-unclear', row: 3, column: 'x', one: '4500', other: 4.5 },
    });
    expect(await valuesIn(['1,5', '4.500', '922,5', '3,5'])).toEqual([[1.5], [4500], [922.5], [3.5]]);
  });
});
