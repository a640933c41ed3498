import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Feature } from '../../../protocol/calibration/features.ts';
import { cautionFeatures, type Suspicion, suspicionsOf } from '../../../training/confidence/suspicion.ts';
import { riskCoverage, usualThresholds, verdictOf } from '../../../training/confidence/verdict.ts';

describe('a verdict', () => {
  it('never lets a part be used that nobody calibrated or that is like nothing known', () => {
    expect(verdictOf(undefined, usualThresholds)).toBe('check');
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(shares, shares, (confidence, familiarity) => {
        const verdict = verdictOf({ confidence, familiarity }, usualThresholds);
        if (familiarity < usualThresholds.familiarity) expect(verdict).toBe('no-ground');
        if (verdict === 'use') expect(confidence).toBeGreaterThanOrEqual(usualThresholds.use);
      }),
      { seed: 1 },
    );
  });

  it('follows the thresholds that were set', () => {
    const assessment = { confidence: 0.7, familiarity: 0.5 };
    expect(verdictOf(assessment, usualThresholds)).toBe('check');
    expect(verdictOf(assessment, { ...usualThresholds, use: 0.6 })).toBe('use');
    expect(verdictOf(assessment, { ...usualThresholds, use: 0.9, check: 0.8 })).toBe('no-ground');
  });
});

describe('the curve of risk by coverage', () => {
  it('says what every threshold leaves, the surest parts first', () => {
    expect(riskCoverage([0.5, 1, 0.5, 0.8])).toEqual([
      { threshold: 1, coverage: 0.25, risk: 0 },
      { threshold: 0.8, coverage: 0.5, risk: expect.closeTo(0.1, 9) },
      { threshold: 0.5, coverage: 1, risk: expect.closeTo(0.3, 9) },
    ]);
    expect(riskCoverage([])).toEqual([]);
  });
});

describe('suspicions', () => {
  it('name the instruments that measured something unlike all that is known, the strangest first', () => {
    expect(suspicionsOf({ alone: { gauge: 0.02, note: 0.001, camera: 0.4 }, together: 0.001 })).toEqual([
      { kind: 'strange', source: 'note' },
      { kind: 'strange', source: 'gauge' },
    ]);
  });

  it('name a contradiction where each source is known and both together are not', () => {
    expect(suspicionsOf({ alone: { gauge: 0.5, note: 0.6 }, together: 0.001 })).toEqual([
      { kind: 'contradiction', sources: ['gauge', 'note'] },
    ]);
    expect(suspicionsOf({ alone: { gauge: 0.5 }, together: 0.001 })).toEqual([]);
  });

  it('find nothing in what is usual', () => {
    expect(suspicionsOf({ alone: { gauge: 0.1, note: 0.9 }, together: 0.2 })).toEqual([]);
  });

  it('come with the features of what is suspicious that stand out, the furthest first', () => {
    const features: Feature[] = [
      { name: 'itself', of: ['gauge'] },
      { name: 'idle', of: ['gauge'] },
      { name: 'worst', of: ['gauge'] },
      { name: 'consistency', of: ['note'] },
      { name: 'crossed', of: ['note', 'gauge'] },
      { name: 'mapping', of: ['gauge'] },
    ];
    const scaling = {
      centre: Float64Array.of(0, 1, 0, 0, 0, 0),
      width: Float64Array.of(2, 2, 2, 1, 1, 1),
    };
    // The third is better than usual, and the last says nothing to a person.
    const values = [6, 11, -8, 7, 8, 9];
    expect(cautionFeatures([{ kind: 'strange', source: 'gauge' }], features, values, scaling)).toEqual([
      { name: 'idle', of: ['gauge'], place: 1, widths: 5 },
      { name: 'itself', of: ['gauge'], place: 0, widths: 3 },
    ]);
    const contradiction: Suspicion = { kind: 'contradiction', sources: ['gauge', 'note'] };
    expect(cautionFeatures([contradiction], features, values, scaling).map(({ name }) => name)).toEqual([
      'crossed',
    ]);
  });
});
