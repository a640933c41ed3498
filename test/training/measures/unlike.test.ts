import { describe, expect, it } from 'vitest';
import { areUnlike } from '../../../training/measures/unlike.ts';
import { uniformAt } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { shapeOf } from '../../main/support/shape-plant.ts';

const draw = (...of: (string | number)[]) => uniformAt(keyOf(1, ...of), 0);
const parts = <T>(make: (part: number) => T) => Array.from({ length: 60 }, (_, part) => make(part));
const places = (length: number, value: (place: number) => number) =>
  Array.from({ length }, (_, k) => value(k));

describe('values side by side', () => {
  it('are quantities of their own where a common scale loses some of them', () => {
    expect(areUnlike(parts(shapeOf))).toBe(true);
    expect(areUnlike(parts((part) => [17_600 * draw('a', part), Math.floor(3 * draw('b', part))]))).toBe(
      true,
    );
    // Of one size, at places far apart.
    expect(areUnlike(parts((part) => [draw('a', part), 50 + draw('b', part), 900 + draw('c', part)]))).toBe(
      true,
    );
    // A count that is nearly always 0.
    expect(areUnlike(parts((part) => [100 * draw('a', part), part === 7 ? 2 : 0]))).toBe(true);
  });

  it('are of one sort where sensors differ no more than their readings do', () => {
    expect(areUnlike(parts((part) => places(6, (k) => 20 + k + 5 * draw('t', part, k))))).toBe(false);
    expect(areUnlike(parts((part) => places(2, (k) => draw('t', part, k))))).toBe(false);
    expect(areUnlike(parts((part) => places(4, (k) => (k === 2 ? 5 : 3 + 4 * draw('t', part, k)))))).toBe(
      false,
    );
  });

  it('are a profile where neighbours go together, though its ends hardly move', () => {
    const bell = (part: number) =>
      places(
        24,
        (k) => (1 + draw('h', part)) * Math.exp(-(((k - 12) / 5) ** 2)) + 0.001 * draw('n', part, k),
      );
    expect(areUnlike(parts(bell))).toBe(false);
    expect(areUnlike(parts((part) => places(100, (k) => 10 ** (k % 5) * draw('s', part, k))))).toBe(false);
  });

  it('say nothing where there are few parts or one value', () => {
    expect(areUnlike(parts(shapeOf).slice(0, 5))).toBe(false);
    expect(areUnlike(parts((part) => [draw('a', part)]))).toBe(false);
    expect(areUnlike([])).toBe(false);
    expect(areUnlike(parts(() => [1, 1000]))).toBe(false);
  });
});
