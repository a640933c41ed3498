import { describe, expect, it } from 'vitest';
import { bootstrapMean } from '../../../training/evaluation/bootstrap.ts';
import { comparisonOf, overallComparison } from '../../../training/evaluation/comparison.ts';
import { groupParts } from '../../../training/evaluation/groups.ts';
import type { Comparison, Score } from '../../../training/evaluation/model-card.ts';
import { binsOf } from '../../../training/evaluation/trust.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';

function normal(count: number, ...path: (string | number)[]): Float32Array {
  const values = new Float32Array(count + (count % 2));
  fillNormal(values, keyOf(1, ...path));
  return values.subarray(0, count);
}

describe('the bootstrap', () => {
  it('holds the true mean in about 95 of 100 intervals, and repeats itself', () => {
    const intervals = Array.from({ length: 300 }, (_, index) => bootstrapMean(normal(60, 'sample', index)));
    const held = intervals.filter(({ low, high }) => low <= 0 && 0 <= high).length / 300;
    expect(held).toBeGreaterThan(0.91);
    expect(held).toBeLessThan(0.98);
    expect(bootstrapMean(normal(60, 'sample', 0))).toEqual(intervals[0]);
  });
});

describe('the comparison', () => {
  const score = (mean: number, half: number, measure: Score['measure'] = 'psnr', reference = 20): Score => ({
    measure,
    value: { mean: reference + mean, low: 0, high: 0 },
    reference,
    gain: { mean, low: mean - half, high: mean + half },
  });
  it.each([
    [score(0.5, 0.4), 'better'],
    [score(0, 0.2), 'as-good'],
    [score(-0.1, 0.05), 'as-good'],
    [score(-1, 0.3), 'worse'],
    [score(-0.2, 0.4), 'cannot-tell'],
    [score(0.1, 2), 'cannot-tell'],
    // The margin of an error is a share of it.
    [score(-0.05, 0.04, 'error', 10), 'as-good'],
    [score(-0.05, 0.04, 'error', 1), 'worse'],
  ] as const)('of gain %o is %s', (given, expected) => {
    expect(comparisonOf(given, 100)).toBe(expected);
    expect(comparisonOf(given, 9)).toBe('cannot-tell');
    expect(comparisonOf({ ...given, reference: null, gain: null }, 100)).toBe('cannot-tell');
  });
  it('of several targets is that of the one that most parts lack, if it says anything', () => {
    const said = (comparisons: Comparison[], wanted = comparisons.map((_, place) => `${place}`)) =>
      overallComparison(
        comparisons.map((comparison, place) => ({ modality: `${place}`, comparison })),
        wanted,
      );
    expect(said(['better', 'worse'])).toBe('better');
    expect(said(['worse', 'better'])).toBe('worse');
    expect(said(['worse', 'better'], ['1', '0'])).toBe('better');
    expect(said(['worse', 'better'], ['1'])).toBe('better');
    expect(said(['as-good', 'worse'])).toBe('worse');
    expect(said(['cannot-tell', 'better'])).toBe('better');
    expect(said(['as-good', 'cannot-tell'])).toBe('cannot-tell');
    expect(said(['as-good', 'as-good'])).toBe('as-good');
    expect(said(['as-good', 'worse'], [])).toBe('worse');
    expect(said([])).toBe('cannot-tell');
  });
  it('is not that of what fewer parts lack, where what most lack cannot be compared', () => {
    const targets = [
      { modality: 'camera', comparison: 'better' },
      { modality: 'note', comparison: 'worse' },
    ] as const;
    expect(overallComparison(targets, ['gauge'])).toBe('cannot-tell');
    expect(overallComparison(targets, ['gauge', 'note'])).toBe('cannot-tell');
    expect(overallComparison(targets, ['camera', 'gauge', 'note'])).toBe('better');
    expect(overallComparison(targets, ['note', 'gauge'])).toBe('worse');
  });
});

describe('what the confidence is worth', () => {
  it('is said and counted in bins of equally many parts, the least confident first', () => {
    const said = Array.from({ length: 50 }, (_, part) => ({ confidence: part / 50, isWithin: part > 24 }));
    const found = binsOf(said.toReversed());
    expect(found.map(({ parts }) => parts)).toEqual([10, 10, 10, 10, 10]);
    expect(found.map(({ within }) => within)).toEqual([0, 0, 0.5, 1, 1]);
    expect(found[0]!.confidence).toBeCloseTo(0.09, 9);
    expect(binsOf(said.slice(0, 15)).map(({ parts }) => parts)).toEqual([15]);
  });
});

describe('groups', () => {
  it('find parts that lie apart, and show the member nearest to the middle', () => {
    const noise = normal(60 * 2, 'groups');
    const latent = { width: 2, data: noise.map((value, place) => 0.1 * value + (place < 60 ? 0 : 9)) };
    const parts = Array.from({ length: 60 }, (_, part) => part);
    const groups = groupParts(latent, parts, 1);
    expect(groups.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(parts);
    for (const { members, example } of groups) {
      expect(new Set(members.map((part) => part < 30)).size).toBe(1);
      expect(members).toContain(example);
    }
    expect(groupParts(latent, parts, 1)).toEqual(groups);
    expect(groupParts(latent, parts.slice(0, 20), 1)).toEqual([]);
  });
});
