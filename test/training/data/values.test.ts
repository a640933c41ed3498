import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextModality } from '../../../protocol/plan.ts';
import { usuallyNothing } from '../../../training/cells/nothing.ts';
import { parseNumber, splitNumbers } from '../../../training/cells/numbers.ts';
import { positionsOf, wordsOf } from '../../../training/cells/words.ts';
import { encodeText } from '../../../training/kinds/text.ts';
import { plan } from './support.ts';

describe('numbers in cells', () => {
  it.each([
    ['1 2 3', ['1', '2', '3']],
    ['1;2; 3', ['1', '2', '3']],
    ['1,5;2,5;3', ['1,5', '2,5', '3']],
    ['1,5 2,5 3', ['1,5', '2,5', '3']],
    ['1,2,3', ['1', '2', '3']],
    ['[1.0, 2.0, 3.0]', ['1.0', '2.0', '3.0']],
    ['1 | 2 | 3', ['1', '2', '3']],
    ['7', ['7']],
    ['1;;3', ['1', '', '3']],
    [';2; ;4;', ['', '2', '', '4']],
    ['1 , 2 ,3', ['1', '2', '3']],
  ])('"%s" is taken apart', (cell, expected) => {
    expect(splitNumbers(cell, true)).toEqual(expected);
  });

  it('a single number keeps its decimal comma', () => {
    expect(splitNumbers('1,5', false)).toEqual(['1,5']);
  });

  it.each([
    ['1.5', '.', 1.5],
    ['1,5', ',', 1.5],
    ['-2e-3', '.', -0.002],
    ['１２．５', '.', 12.5],
    ['−4', '.', -4],
    ['.5', '.', 0.5],
  ] as const)('"%s" with decimal mark "%s" is %d', (text, decimal, value) => {
    expect(parseNumber(text, decimal)).toBe(value);
  });

  it.each([
    ['1,500', '.'],
    ['1.500', ','],
    ['1.234,5', ','],
    ['abc', '.'],
    ['Infinity', '.'],
    ['1e999', '.'],
    ['0x10', '.'],
    ['', '.'],
  ] as const)('"%s" with decimal mark "%s" is refused', (text, decimal) => {
    expect(() => parseNumber(text, decimal)).toThrow(expect.objectContaining({ code: 'number-invalid' }));
  });

  it('any finite number survives being written with either mark', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value), '.')).toBe(value + 0);
        expect(parseNumber(String(value).replace('.', ','), ',')).toBe(value + 0);
      }),
      { seed: 7 },
    );
  });

  it.each(['', ' ', 'NaN', 'n/a', 'BAD', 'null', '-', '欠測', 'ＮａＮ'])(
    '"%s" says that nothing was measured',
    (cell) => {
      expect(usuallyNothing.inReading(cell)).toBe(true);
    },
  );

  it('zero is a measurement', () => {
    expect(usuallyNothing.inReading('0')).toBe(false);
  });
});

describe('words of a note', () => {
  it.each([
    ['Long, dark-blue COAT!', ['long', 'dark', 'blue', 'coat']],
    ['Ärmel für 2 Knöpfe', ['ärmel', 'für', '2', 'knöpfe']],
    ['袖が長い', ['袖が', 'が長', '長い']],
    ['ボタン 2個', ['ボタ', 'タン', '2', '個']],
    ['Tシャツ', ['t', 'シャ', 'ャツ']],
    ['ｺｰﾄ', ['コー', 'ート']],
    ['?! …', []],
  ])('"%s"', (text, words) => {
    expect(wordsOf(text, 64)).toEqual(words);
  });

  it('end at the plan’s number', () => {
    expect(wordsOf('a b c d', 2)).toEqual(['a', 'b']);
    expect(wordsOf('長い袖の服', 3)).toHaveLength(3);
  });

  it('are 512 at most of however long a text, and what follows changes nothing', () => {
    const note = { ...plan.modalities[2]!, maxWords: 512, buckets: 4096 } as TextModality;
    const words = Array.from({ length: 100_000 }, (_, index) => `part${index}`);
    const all = encodeText(note, words.join(', '));
    expect(wordsOf(words.join(' '), 512)).toEqual(words.slice(0, 512));
    expect(all).toEqual(encodeText(note, words.slice(0, 512).join(' ')));
    expect(all).not.toEqual(encodeText(note, words.slice(0, 511).join(' ')));
    const lit = all.reduce((sum, value) => sum + value, 0);
    // 1,024 positions among 4,096 leave 4,096·e^(−1/4) dark.
    expect(lit).toBeGreaterThan(850);
    expect(lit).toBeLessThan(950);
    for (const nothing of ['\u0000'.repeat(5000), '\ud800', '—'.repeat(5000)])
      expect(wordsOf(nothing, 512)).toEqual([]);
    expect(wordsOf('長'.repeat(5000), 512)).toHaveLength(512);
  });

  it('have two different positions each, inside the plan’s buckets', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 64, max: 8192 }), (word, buckets) => {
        const [first, second] = positionsOf(word, buckets);
        expect(first).not.toBe(second);
        for (const position of [first, second]) {
          expect(Number.isInteger(position)).toBe(true);
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position).toBeLessThan(buckets);
        }
      }),
      { seed: 7 },
    );
  });

  it('keep their positions for ever, because both ends of a federation must agree', () => {
    expect(positionsOf('coat', 512)).toEqual([336, 359]);
    expect(positionsOf('長い', 512)).toEqual([77, 416]);
  });

  it('rarely share both positions', () => {
    const words = Array.from({ length: 1000 }, (_, index) => `word${index}`);
    const places = words.map((word) => positionsOf(word, 512).toSorted().join());
    expect(new Set(places).size).toBeGreaterThan(990);
  });
});
