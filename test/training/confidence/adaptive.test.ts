import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adaptation,
  adaptedWidening,
  adaptRecord,
  missedShare,
  others,
} from '../../../training/confidence/adaptive.ts';
import { isBroken, type PromiseCheck } from '../../../training/confidence/promise.ts';
import { confidenceAt, type RouteRecord } from '../../../training/confidence/record.ts';
import { fillNormal, fillUniform } from '../../../training/random/draws.ts';
import { type Key, keyOf } from '../../../training/random/threefry.ts';

const level = 0.1;
const { rate, narrowest, widest } = adaptation;
/** What |N(0, 1)| exceeds with the probability of the level. */
const calibratedWidth = 1.645;

/** Gives one seeded number after the other. */
function drawing(fill: (target: Float32Array, key: Key) => void, seed: number): () => number {
  const values = new Float32Array(4096);
  let [place, block] = [values.length, 0];
  return () => {
    if (place === values.length) {
      fill(values, keyOf(seed, block++));
      place = 0;
    }
    return values[place++]!;
  };
}
const normals = (seed: number) => drawing(fillNormal, seed);
const uniforms = (seed: number) => drawing((target, key) => fillUniform(target, key, 0, 1), seed);

/** Share of a part's 200 values outside when its errors are `scale` times as large as when it was calibrated. */
function part(draw: () => number, width: number, scale: number, values = 200): number {
  const own = scale * Math.exp(0.3 * draw() - 0.05);
  return missedShare(
    Float64Array.from({ length: values }, () => Math.abs(draw()) * own),
    width,
  );
}

/** Shares missed, part after part, as errors drift by the factors of `scales`. */
function follow(scales: readonly number[], seed: number, by: number = rate) {
  const draw = normals(seed);
  let widening = 1;
  return scales.map((scale) => {
    const missed = part(draw, calibratedWidth * widening, scale);
    const used = widening;
    widening =
      by === rate ? adaptedWidening(widening, missed, level) : widening * Math.exp(by * (missed - level));
    return { missed, widening: used };
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the width of intervals, as truths arrive', () => {
  it('lets the mean share missed come to the level, whatever drifts within what widths can follow', () => {
    const drifts = fc.array(fc.double({ min: -1, max: 1.2, noNaN: true }), { minLength: 5, maxLength: 10 });
    const bound = Math.log(widest / narrowest) / rate;
    fc.assert(
      fc.property(drifts, fc.nat(1000), (jumps, seed) => {
        const scales = jumps.flatMap((log) => new Array<number>(80).fill(Math.exp(log)));
        const shares = follow(scales, seed).map(({ missed }) => missed);
        expect(Math.abs(mean(shares) - level)).toBeLessThanOrEqual(bound / shares.length);
      }),
      { numRuns: 30, seed: 4 },
    );
  });

  it('holds the promise again within 70 parts after errors have doubled, and within 2 points over the next 100', () => {
    const scales = Array.from({ length: 400 }, (_, place) => (place < 200 ? 1 : 2));
    const missed = follow(scales, 5).map((one) => one.missed);
    expect(mean(missed.slice(200, 210))).toBeGreaterThan(0.2);
    expect(Math.abs(mean(missed.slice(270, 320)) - level)).toBeLessThan(0.02);
    expect(Math.abs(mean(missed.slice(300)) - level)).toBeLessThan(0.02);
  });

  it('goes at the pace that serves still and moving errors best, of those that were tried', () => {
    const still = new Array<number>(600).fill(1);
    const doubled = still.map((_, place) => (place < 200 ? 1 : 2));
    const halved = still.map((_, place) => (place < 200 ? 1 : 0.5));
    /** How far widths are from the right ones, in logarithms: root mean square. */
    const off = (by: number) =>
      mean(
        [still, doubled, halved].map((scales, seed) =>
          Math.sqrt(
            mean(
              follow(scales, seed, by).map(({ widening }, place) => Math.log(widening / scales[place]!) ** 2),
            ),
          ),
        ),
      );
    const tried = new Map([0.02, 0.05, 0.5, 1].map((by) => [by, off(by)]));
    for (const distance of tried.values()) expect(off(rate)).toBeLessThan(distance);
  });

  it('never leaves its bounds, and never moves where exactly the level was missed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: narrowest, max: widest, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (widening, missed) => {
          const next = adaptedWidening(widening, missed, level);
          expect(next).toBeGreaterThanOrEqual(narrowest);
          expect(next).toBeLessThanOrEqual(widest);
          expect(Math.sign(next - widening) * Math.sign(missed - level)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
    expect(adaptedWidening(2, level, level)).toBeCloseTo(2, 12);
  });
});

const bell = Array.from({ length: 120 }, (_, bin) => 1000 * Math.exp(-(((bin - 59.5) / 10) ** 2) / 2));
const record: RouteRecord = {
  ...{ route: 'camera←gauge', plants: 3, parts: 240, usual: { centre: -2, spread: 0.5 } },
  surprises: { learned: bell, held: bell },
  intervals: [
    { level: 0.2, found: { width: 1.2, missed: 0.19, worst: 0.22 } },
    { level: 0.1, found: { width: 1.6, missed: 0.09, worst: 0.11 } },
    { level: 0.05, found: { missingParts: 12 } },
  ],
};
const expected = { logError: -2.5, deviation: 0.2 };

describe('a record that a plant’s own truths changed', () => {
  it('is the same without any, and says how many changed it', () => {
    expect(adaptRecord(record, { parts: 0, widening: 1, surprises: [] }, level)).toBe(record);
    const adapted = adaptRecord(record, { parts: 7, widening: 1.25, surprises: [] }, level);
    expect(adapted.own).toEqual({ parts: 7, widening: 1.25 });
    expect(adapted.intervals.map(({ found }) => found)).toEqual([
      record.intervals[0]!.found,
      { width: 2, missed: 0.09, worst: 0.11 },
      { missingParts: 12 },
    ]);
  });

  it('begins with what other plants say, and ends with what was seen here', () => {
    const at = (surprises: readonly number[]) =>
      confidenceAt(
        adaptRecord(record, { parts: 1, widening: 1, surprises }, level),
        expected,
        Math.exp(expected.logError + 0.1),
      );
    const before = confidenceAt(record, expected, Math.exp(expected.logError + 0.1));
    expect(before).toBeCloseTo(0.69, 2);
    expect(at([])).toBeCloseTo(before, 9);
    // Here errors are half a deviation larger: P(N(0.5, 1) < 0.5), half way there once own parts are as many as others count.
    const draw = normals(6);
    const own = Array.from({ length: 300 }, () => 0.5 + draw());
    expect(Math.abs(at(own.slice(0, others.most)) - (before + 0.5) / 2)).toBeLessThan(0.06);
    expect(Math.abs(at(own) - 0.5)).toBeLessThan(0.05);
  });

  it('believes no single part, and many that clearly contradict other plants', () => {
    const said = (surprises: readonly number[]) =>
      confidenceAt(
        adaptRecord(record, { parts: 1, widening: 1, surprises }, level),
        expected,
        Math.exp(expected.logError + 0.3),
      );
    const before = said([]);
    expect(before).toBeCloseTo(0.933, 2);
    expect(before - said([3])).toBeLessThan(0.05);
    const draw = normals(10);
    // P(N(3, 1) < 1.5).
    expect(said(Array.from({ length: 100 }, () => 3 + draw()))).toBeLessThan(0.067 + 0.07);
  });

  it('says a frequency that comes true where the plant’s parts are harder than others’', () => {
    const draw = normals(7);
    const harder = () => 0.8 + 1.3 * draw();
    const places = [-1.5, 0, 1.5, 3];
    const cameTrue = places.map((place) =>
      mean(Array.from({ length: 4000 }, () => (harder() <= place ? 1 : 0))),
    );
    const off = (own: number) => {
      const surprises = Array.from({ length: own }, harder);
      const adapted = adaptRecord(record, { parts: own, widening: 1, surprises }, level);
      const said = (place: number) =>
        confidenceAt(adapted, expected, Math.exp(expected.logError + place * expected.deviation));
      return mean(places.map((place, index) => Math.abs(said(place) - cameTrue[index]!)));
    };
    const offWith = (own: number) => mean(Array.from({ length: 20 }, () => off(own)));
    expect(offWith(0)).toBeGreaterThan(0.12);
    expect(offWith(25)).toBeLessThan(0.075);
    expect(offWith(100)).toBeLessThan(0.035);
  });
});

describe('a broken promise', () => {
  const shares = (draw: () => number, scale: number): PromiseCheck[] =>
    Array.from({ length: 50 }, () => ({
      promised: level,
      missed: part(draw, calibratedWidth, scale),
    }));

  it('is hardly ever found where the promise holds, and surely where errors have doubled', () => {
    const draw = normals(8);
    const found = (scale: number, times: number) =>
      Array.from({ length: times }, () => isBroken(shares(draw, scale))).filter(Boolean).length;
    expect(found(0.9, 100)).toBeLessThanOrEqual(1);
    expect(found(2, 20)).toBe(20);
  });

  it('is found in confidences that come true too seldom, within the error that it allows itself', () => {
    const draw = uniforms(9);
    const outcomes = (less: number): PromiseCheck[] =>
      Array.from({ length: 50 }, () => {
        const confidence = 0.6 + 0.39 * draw();
        return { promised: 1 - confidence, missed: draw() < confidence - less ? 0 : 1 };
      });
    const found = (less: number, times: number) =>
      Array.from({ length: times }, () => isBroken(outcomes(less))).filter(Boolean).length;
    expect(found(0, 1000)).toBeLessThanOrEqual(20);
    expect(found(0.3, 100)).toBeGreaterThan(90);
  });

  it('needs more than one part', () => {
    expect(isBroken([])).toBe(false);
    expect(isBroken([{ promised: 0.001, missed: 1 }])).toBe(false);
  });
});
