import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addReliabilities,
  auroc,
  brier,
  calibrationError,
  reliabilityOf,
  selectiveRisks,
} from './figures.ts';

describe('figures of trust', () => {
  it('count by the ROC curve how often a positive one scores higher', () => {
    expect(auroc([1, 2, 3, 4], [false, false, true, true])).toBe(1);
    expect(auroc([4, 3, 2, 1], [false, false, true, true])).toBe(0);
    expect(auroc([1, 1, 1, 1], [false, true, false, true])).toBe(0.5);
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(pairs, (all) => {
        const [yes, no] = [all.filter(([, is]) => is), all.filter(([, is]) => !is)];
        fc.pre(yes.length > 0 && no.length > 0);
        const won = yes.flatMap(([a]) => no.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const expected = won.reduce<number>((sum, value) => sum + value, 0) / won.length;
        const found = auroc(
          all.map(([score]) => score),
          all.map(([, is]) => is),
        );
        expect(found).toBeCloseTo(expected, 9);
      }),
      { seed: 1 },
    );
  });

  it('find a confidence calibrated that is the share that was right, and one that is not', () => {
    const right = Array.from({ length: 100 }, (_, place) => place % 10 < 7);
    const sure = reliabilityOf(new Array<number>(100).fill(0.95), right);
    expect(calibrationError(reliabilityOf(new Array<number>(100).fill(0.7), right))).toBeCloseTo(0, 9);
    expect(calibrationError(sure)).toBeCloseTo(0.25, 9);
    expect(addReliabilities([sure, sure]).parts[9]).toBe(200);
    expect(brier([1, 0], [true, false])).toBe(0);
    expect(brier([1, 1], [true, false])).toBe(0.5);
  });

  it('are least for what is wrong if it is accepted last', () => {
    const right = [true, true, false, true];
    const best = selectiveRisks([0.9, 0.8, 0.1, 0.7], right);
    const worst = selectiveRisks([0.2, 0.3, 0.9, 0.1], right);
    expect(best).toEqual({ aurc: 1 / 16, augrc: 1 / 16 });
    expect(worst.aurc).toBeGreaterThan(best.aurc);
    expect(worst.augrc).toBeGreaterThan(best.augrc);
  });
});
