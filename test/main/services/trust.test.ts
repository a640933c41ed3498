import { describe, expect, it } from 'vitest';
import { riskOf, shownWidth, trustOf } from '../../../main/services/trust-service.ts';
import type { Assessment } from '../../../main/store/reconstructions.ts';
import type { RouteRecord } from '../../../training/confidence/record.ts';
import { usualThresholds } from '../../../training/confidence/verdict.ts';
import { calibrated } from '../support/trusted.ts';

const record: RouteRecord = { ...calibrated, usual: { centre: -2, spread: 0.5 } };
const records = new Map([[record.route, record]]);
const assessment = (changes: Partial<Assessment> = {}): Assessment => ({
  route: record.route,
  logError: -2.5,
  deviation: 0.2,
  familiarity: 0.4,
  alone: { gauge: 0.5, note: 0.6 },
  ...changes,
});
const rules = { ...usualThresholds, tolerance: 0.1 };

describe('what is said of a reconstruction', () => {
  it('is nothing without a calibration of its route', () => {
    expect(trustOf(undefined, records, rules)).toBeUndefined();
    expect(trustOf(assessment({ route: 'camera←note' }), records, rules)).toBeUndefined();
    expect(shownWidth(undefined, records)).toBeUndefined();
  });

  it('follows the tolerance: the wider, the surer', () => {
    const at = (tolerance: number | null) => trustOf(assessment(), records, { ...rules, tolerance })!;
    expect(at(0.02).verdict).toBe('no-ground');
    expect(at(0.082).confidence).toBeCloseTo(0.5, 1);
    expect(at(0.5).verdict).toBe('use');
    expect(at(null).tolerance).toBeCloseTo(Math.exp(-2 + 0.84 * 0.5), 9);
  });

  it('names what is strange, and lets nothing unfamiliar be used', () => {
    const strange = trustOf(assessment({ familiarity: 0.001, alone: { gauge: 0.002, note: 0.6 } }), records, {
      ...rules,
      tolerance: 0.5,
    })!;
    expect(strange.verdict).toBe('no-ground');
    expect(strange.suspicions).toEqual([{ kind: 'strange', source: 'gauge' }]);
    expect(strange.isUnfamiliar).toBe(true);
    expect(trustOf(assessment(), records, { ...rules, familiarity: 0.5 })!.isUnfamiliar).toBe(true);
  });

  it('says why, in signals that mean something to a person', () => {
    const cautions = [
      { name: 'worst', of: ['gauge'] },
      { name: 'brightness', of: [] },
    ] as const;
    expect(trustOf(assessment({ cautions }), records, rules)!.cautions).toEqual([cautions[0]]);
    expect(trustOf(assessment(), records, rules)!.cautions).toEqual([]);
  });

  it('promises an interval where there are parts enough, with what it held at the worst plant', () => {
    expect(trustOf(assessment(), records, rules)!.interval).toEqual({
      level: 0.1,
      missed: 0.09,
      worst: 0.11,
    });
    expect(shownWidth(assessment(), records)).toBe(1.6);
    const few = { ...record, intervals: [{ level: 0.1, found: { missingParts: 7 } }] };
    expect(trustOf(assessment(), new Map([[record.route, few]]), rules)!.interval).toEqual({
      missingParts: 7,
    });
    expect(shownWidth(assessment(), new Map([[record.route, few]]))).toBeUndefined();
  });
});

describe('the risk that rules leave', () => {
  it('counts verdicts and what is expected to be wrong among those that may be used', () => {
    const all = [-4, -3, -2.5, -2.2, -1].map(
      (logError) => trustOf(assessment({ logError }), records, rules)!,
    );
    const { verdicts, risk, points } = riskOf(all, rules);
    expect(verdicts.use + verdicts.check + verdicts['no-ground']).toBe(5);
    const used = all.filter(({ verdict }) => verdict === 'use');
    expect(risk).toBeCloseTo(1 - used.reduce((sum, { confidence }) => sum + confidence, 0) / used.length, 9);
    expect(points.at(-1)!.coverage).toBe(1);
    expect(points.map((point) => point.risk)).toEqual(
      [...points.map((point) => point.risk)].sort((a, b) => a - b),
    );
    const strange = trustOf(assessment({ logError: -4, familiarity: 0.001 }), records, rules)!;
    expect(riskOf([...all, strange], rules).points.at(-1)!.coverage).toBeCloseTo(5 / 6, 9);
    expect(riskOf([], rules)).toMatchObject({ points: [], risk: 0 });
  });
});
