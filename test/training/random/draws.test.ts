import { describe, expect, it } from 'vitest';
import { fillNormal, fillUniform, permutation } from '../../../training/random/draws.ts';
import { type Key, keyOf, threefry } from '../../../training/random/threefry.ts';

describe('threefry', () => {
  it.each<[Key, number, number, string]>([
    [[0, 0], 0, 0, '6b200159 99ba4efe'],
    [[-1, -1], -1, -1, '1cb996fc bb002be7'],
    [[0x13198a2e, 0x03707344], 0x243f6a88, 0x85a308d3, 'c4923a9c 483df7a0'],
  ])('gives the known answers of Random123 for key %s', (key, low, high, expected) => {
    const out = new Uint32Array(2);
    threefry(key, low, high, out);
    expect([...out].map((word) => word.toString(16)).join(' ')).toBe(expected);
  });

  it('gives every path of names its own key', () => {
    const keys = [keyOf(1, 'a', 1), keyOf(1, 'a', 2), keyOf(2, 'a', 1), keyOf(1, 'a1'), keyOf(1, 'a', '1')];
    expect(new Set(keys.map(String)).size).toBe(keys.length);
  });
});

describe('normal draws', () => {
  it('have mean 0, variance 1 and normal tails', () => {
    const values = new Float32Array(200_000);
    fillNormal(values, keyOf(1, 'test'));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    const tail = values.filter((value) => Math.abs(value) > 1.96).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1)).toBeLessThan(0.01);
    expect(Math.abs(tail - 0.05)).toBeLessThan(0.002);
  });

  it('depend on their place in the stream, not on where a call began', () => {
    const whole = new Float32Array(101);
    fillNormal(whole, keyOf(3, 'stream'));
    const rest = new Float32Array(61);
    fillNormal(rest, keyOf(3, 'stream'), 40);
    expect([...rest]).toEqual([...whole.subarray(40)]);
  });
});

describe('uniform draws and permutations', () => {
  it('stay inside their bounds and fill them', () => {
    const values = new Float32Array(10_000);
    fillUniform(values, keyOf(1, 'uniform'), -2, 3);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values)).toBeLessThan(3);
    expect(mean).toBeCloseTo(0.5, 1);
  });

  it('permute every number once, differently for every key', () => {
    const order = permutation(1000, keyOf(1, 'order'));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect([...permutation(1000, keyOf(1, 'order'))]).toEqual([...order]);
    expect([...permutation(1000, keyOf(2, 'order'))]).not.toEqual([...order]);
  });
});
