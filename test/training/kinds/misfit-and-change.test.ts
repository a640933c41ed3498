import { describe, expect, it } from 'vitest';
import { trainingKind } from '../../../training/kinds/index.ts';

const values = (...list: number[]) => Float32Array.from(list);

describe('how well an expectation explains a measurement', () => {
  it('is an error in full scale or in nats, and of the worst value', () => {
    const signal = trainingKind({ kind: 'signal' });
    expect(signal.misfit(values(0, 0), values(0.3, 0.4))).toBeCloseTo(Math.sqrt(0.125), 6);
    expect(signal.worstMisfit(values(0, 0), values(0.3, 0.4))).toBeCloseTo(0.4, 6);
    const text = trainingKind({ kind: 'text' });
    expect(text.misfit(values(1, 0), values(0.5, 0.5))).toBeCloseTo(Math.log(2), 6);
    expect(text.worstMisfit(values(1, 1, 0), values(0.9, 0.2, 0.9))).toBeCloseTo(-Math.log(0.2), 6);
  });
});

describe('a changed measurement', () => {
  const gauge = { name: 'gauge' } as never;

  it('is a range of values moved together, kept in the plan’s range', () => {
    const before = values(0.2, 0.5, 0.9);
    const after = trainingKind({ kind: 'signal' }).changed(gauge, before, { first: 1, last: 2, by: 0.3 });
    expect([...after].map((value) => Number(value.toFixed(5)))).toEqual([0.2, 0.8, 1]);
    expect([...before].map((value) => Number(value.toFixed(5)))).toEqual([0.2, 0.5, 0.9]);
  });

  it('is refused where it does not fit the kind', () => {
    const signal = trainingKind({ kind: 'signal' });
    expect(() => signal.changed(gauge, values(0), { words: ['dark'] })).toThrow(/request-invalid|no words/);
    expect(() => signal.changed(gauge, values(0), { first: 0, last: 1, by: 0.1 })).toThrow();
    const note = { name: 'note', buckets: 64 } as never;
    expect(() =>
      trainingKind({ kind: 'text' }).changed(note, values(0), { first: 0, last: 0, by: 0.1 }),
    ).toThrow();
  });
});
