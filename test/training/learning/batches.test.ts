import { describe, expect, it } from 'vitest';
import { type Examples, openBatches } from '../../../training/learning/batches.ts';

const plan = { batch: 8, epochs: 3, unroll: 4, seed: 1, path: ['test'] };

/** Parts with their own number as their value. */
function numbered(parts: readonly number[], weight?: Float32Array): Examples {
  const table = { data: Float32Array.from({ length: 100 }, (_, index) => index), width: 1 };
  return { parts: Uint32Array.from(parts), inputs: { values: table }, ...(weight && { weight }) };
}

/** Value and weight of every row of every step. */
function rowsOf(examples: Examples): { value: number; weight: number; step: number }[] {
  const batches = openBatches(examples, plan);
  const rows = [];
  for (let step = 0; step < batches.steps; step += plan.unroll) {
    const { values, weight } = batches.fill(step);
    for (const [place, share] of weight!.data.entries())
      rows.push({
        value: values!.data[place]!,
        weight: share,
        step: step + Math.floor(place / plan.batch),
      });
  }
  return rows;
}

describe('batches', () => {
  it.each([1, 5, 8, 33, 64, 97])('show each of %i parts once an epoch and no other part', (count) => {
    const parts = Array.from({ length: count }, (_, index) => index + 3);
    const seen = new Map<number, number>();
    for (const { value, weight } of rowsOf(numbered(parts)))
      if (weight > 0) seen.set(value, (seen.get(value) ?? 0) + 1);
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual(parts);
    expect([...seen.values()].every((times) => times === plan.epochs)).toBe(true);
  });

  it('are equally full, and the shares of a batch sum to 1', () => {
    const parts = Array.from({ length: 90 }, (_, index) => index);
    const byStep = new Map<number, number[]>();
    for (const { step, weight } of rowsOf(numbered(parts)))
      if (weight > 0) byStep.set(step, [...(byStep.get(step) ?? []), weight]);
    const sizes = [...byStep.values()].map((shares) => shares.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    for (const shares of byStep.values())
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });

  it('count a part by its weight', () => {
    const weight = new Float32Array(100).fill(1);
    weight[7] = 0.25;
    const parts = Array.from({ length: 32 }, (_, index) => index);
    const rows = rowsOf(numbered(parts, weight)).filter((row) => row.weight > 0);
    const inItsBatch = (row: (typeof rows)[number]) => rows.filter(({ step }) => step === row.step).length;
    for (const row of rows) expect(row.weight * inItsBatch(row)).toBeCloseTo(row.value === 7 ? 0.25 : 1, 5);
  });

  it('come in another order each epoch, and in the same order each time they are opened', () => {
    const parts = Array.from({ length: 32 }, (_, index) => index);
    const order = rowsOf(numbered(parts)).flatMap(({ value, weight }) => (weight > 0 ? [value] : []));
    expect(order.slice(0, 32)).not.toEqual(order.slice(32, 64));
    expect(rowsOf(numbered(parts)).flatMap(({ value, weight }) => (weight > 0 ? [value] : []))).toEqual(
      order,
    );
  });

  it('give a step the same noise whether or not the steps before it were filled', () => {
    const examples = { ...numbered([1, 2, 3]), noise: 3 };
    const all = openBatches(examples, { ...plan, epochs: 20 });
    all.fill(0);
    const continued = [...all.fill(4).noise!.data];
    const resumed = [...openBatches(examples, { ...plan, epochs: 20 }).fill(4).noise!.data];
    expect(resumed).toEqual(continued);
    expect(new Set(continued).size).toBe(continued.length);
  });
});
