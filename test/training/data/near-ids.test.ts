import { describe, expect, it } from 'vitest';
import { knownParts, nearProblems } from '../../../training/data/known-parts.ts';
import { areNear, idKey, inWriting } from '../../../training/data/near-ids.ts';

describe('ids that a person may mean to be the same', () => {
  it.each([
    ['case', 'b-1002', 'B-1002'],
    ['leading zeros', '0007', '7'],
    ['width', 'Ｂ－１００２', 'B-1002'],
    ['half-width kana', 'ｶﾒﾗ-1', 'カメラ-1'],
    ['composition', 'Gerät-1'.normalize('NFD'), 'Gerät-1'.normalize('NFC')],
    ['separators', 'B_1002', 'B 1002'],
    ['a hyphen that keeps together', 'B\u20111002', 'B-1002'],
    ['a blank of no width', 'B\u200b-1002', 'B-1002'],
    ['a soft hyphen', 'B-10\u00ad02', 'B-1002'],
    ['a mark of direction', '\u200fB-1002', 'B-1002'],
    ['Cyrillic', '\u0412-1002', 'B-1002'],
    ['Greek', '\u0392-1002', 'B-1002'],
    ['a missing separator', 'B1002', 'B-1002'],
  ])('are near in spite of %s', (_, one, other) => {
    expect(idKey(one)).toBe(idKey(other));
    expect(areNear(one, other)).toBe(true);
  });

  it.each([
    ['1-12', '11-2'],
    ['B-1002', 'B-1003'],
    ['P1-20', 'P12-0'],
    ['A-10', 'A-1'],
  ])('are not %s and %s', (one, other) => {
    expect(idKey(one) === idKey(other) && areNear(one, other)).toBe(false);
  });

  it('are written so that they can be told apart where they look the same', () => {
    expect(inWriting('\u0412-1', 'B-1')).toEqual({ id: '\u0412(U+0412)-1', known: 'B-1' });
    expect(inWriting('B\u200b-1', 'B-1').id).toBe('B(U+200B)-1');
    expect(inWriting('b-1', 'B-1')).toEqual({ id: 'b-1', known: 'B-1' });
  });

  it('are told with both places, of a table and of what is here, and counted where there are many', () => {
    const ids = knownParts(['P-1']);
    ids.add(2, 'p-1');
    ids.add(3, 'Q-1', 'a.csv');
    ids.add(4, 'q-1', 'b.csv');
    expect(nearProblems(ids.result(), 'id')).toEqual([
      { row: 2, column: 'id', code: 'id-near', detail: { id: 'p-1', known: 'P-1' } },
      {
        ...{ row: 4, column: 'id', code: 'id-near-row' },
        detail: {
          id: 'q-1',
          known: 'Q-1',
          first: 'row 3 of a.csv',
          firstJa: 'a.csv の 3 行目',
          table: 'b.csv',
        },
      },
    ]);
    for (let row = 0; row < 60; row++) ids.add(10 + row, row % 2 ? `Z${row >> 1}` : `z${row >> 1}`);
    const all = nearProblems(ids.result(), 'id');
    expect(all).toHaveLength(20);
    expect(all.at(-1)).toMatchObject({ code: 'ids-near', detail: { more: 12 } });
  });
});
