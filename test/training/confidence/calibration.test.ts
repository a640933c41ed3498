import { describe, expect, it } from 'vitest';
import { merged } from '../../../protocol/calibration/statistics.ts';
import {
  intervalScores,
  intervalWidth,
  missedAt,
  partsToProve,
} from '../../../training/confidence/intervals.ts';
import { distancesOf, familiarity } from '../../../training/confidence/novelty.ts';
import { surprisesOf, withinTolerance } from '../../../training/confidence/reliability.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';

function normals(count: number, ...path: (string | number)[]): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, keyOf(2, ...path));
  return values;
}

/** |error| in deviations of parts of 60 values whose deviations are right on average only. */
function partsOf(count: number, name: string): Float32Array[] {
  const scales = normals(count, name, 'scales');
  return Array.from({ length: count }, (_, part) =>
    normals(60, name, part).map((value) => Math.abs(value) * Math.exp(0.2 * scales[part]!)),
  );
}

const missedBy = (parts: readonly Float32Array[], width: number) =>
  parts.reduce((sum, part) => sum + part.filter((value) => value > width).length / part.length, 0) /
  parts.length;

describe('risk-controlling intervals', () => {
  it('miss no more than promised in at least 1 − δ of many calibrations, and not much less', () => {
    const unseen = partsOf(4000, 'unseen');
    const risks = Array.from({ length: 60 }, (_, trial) => {
      const found = intervalWidth(intervalScores(partsOf(200, `trial ${trial}`)), 0.1);
      return 'width' in found ? missedBy(unseen, found.width) : Number.NaN;
    });
    expect(risks.filter((risk) => risk > 0.1).length).toBeLessThanOrEqual(0.1 * 60);
    expect(Math.min(...risks)).toBeGreaterThan(0.06);
  });

  it('are the narrower the more parts there are, and wider for fewer misses', () => {
    const widthOf = (count: number, level: 0.2 | 0.1 | 0.05) => {
      const found = intervalWidth(intervalScores(partsOf(count, 'more')), level);
      return 'width' in found ? found.width : Number.NaN;
    };
    expect(widthOf(1000, 0.1)).toBeLessThan(widthOf(100, 0.1));
    expect(widthOf(1000, 0.05)).toBeGreaterThan(widthOf(1000, 0.1));
  });

  it('are refused where there are too few parts, with how many are missing', () => {
    const found = intervalWidth(intervalScores(partsOf(10, 'few')), 0.05);
    expect(found).toEqual({ missingParts: partsToProve(0.05) - 10 });
    expect(partsToProve(0.05)).toBeGreaterThan(partsToProve(0.2));
  });

  it('are calibrated by the sums of several plants as by all parts in one place', () => {
    const parts = partsOf(300, 'sums');
    const sums = merged([intervalScores(parts.slice(0, 80)), intervalScores(parts.slice(80))]);
    const found = intervalWidth(sums, 0.1);
    const pooled = intervalWidth(intervalScores(parts), 0.1);
    if (!('width' in found && 'width' in pooled)) throw new Error('refused');
    expect(found.width).toBe(pooled.width);
    expect(found.missed).toBeCloseTo(missedBy(parts, found.width), 6);
    expect(missedAt(sums, found.width)).toBeCloseTo(found.missed, 9);
  });
});

describe('the confidence', () => {
  const expected = (logError: number) => ({ logError, deviation: 0.5, leverage: 0.1 });

  it('is the frequency with which calibration parts were within the tolerance', () => {
    const surprises = normals(4000, 'surprises');
    const logErrors = Array.from(surprises, (value, part) => (part % 7) - 5 + 0.5 * value);
    const outcomes = logErrors.map((logError, part) => ({ logError, expected: expected((part % 7) - 5) }));
    const counts = surprisesOf(outcomes.slice(0, 3000), outcomes.slice(3000));
    expect(withinTolerance(counts, expected(-2), Math.exp(-2))).toBeCloseTo(0.5, 1);
    expect(withinTolerance(counts, expected(-2), Math.exp(-1.5))).toBeCloseTo(0.84, 1);
    expect(withinTolerance(counts, expected(-2), Math.exp(-3))).toBeCloseTo(0.023, 1);
  });

  it('is never quite 0 or 1, and grows with the tolerance', () => {
    const outcomes = [-1, -1.2, -0.9].map((logError) => ({ logError, expected: expected(-1) }));
    const counts = surprisesOf(outcomes, outcomes);
    const confidences = [0.001, 0.1, 0.3, 0.4, 0.5, 1, 100].map((tolerance) =>
      withinTolerance(counts, expected(-1), tolerance),
    );
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(confidences[0]!).toBeGreaterThan(0);
    expect(confidences.at(-1)!).toBeLessThan(1);
  });
});

describe('the familiarity of a part', () => {
  const known = Array.from(normals(2000, 'leverages'), (value) => Math.exp(value - 3));
  const distances = distancesOf(known);

  it('is at most α for at most the share α of known parts', () => {
    const others = Array.from(normals(2000, 'others'), (value) =>
      familiarity(distances, Math.exp(value - 3)),
    );
    for (const level of [0.01, 0.1, 0.5]) {
      const share = others.filter((value) => value <= level).length / others.length;
      expect(share).toBeLessThan(level + 0.02);
      expect(share).toBeGreaterThan(level / 3);
    }
  });

  it('is least for what is further out than all that is known, and never 0', () => {
    expect(familiarity(distances, 1e6)).toBeCloseTo(1 / 2001, 3);
    expect(familiarity(distances, 0)).toBe(1);
    expect(familiarity(distancesOf([]), 1)).toBe(1);
  });
});
