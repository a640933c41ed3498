import { describe, expect, it } from 'vitest';
import { fuse, leastVarianceWeights, type SourceEstimate } from '../../../training/reconstruction/fusion.ts';

describe('weights of least variance', () => {
  it('are those of inverse variance where errors are independent', () => {
    const [a, b] = leastVarianceWeights([1, 2], 0);
    expect(a! / b!).toBeCloseTo(4, 10);
  });

  it('minimise the variance of the mean among all weights of the covariance', () => {
    const deviations = [0.5, 0.7, 0.6];
    const correlation = 0.5;
    const variance = (weights: readonly number[]) => {
      let sum = 0;
      for (const [i, a] of weights.entries())
        for (const [j, b] of weights.entries())
          sum += a * b * deviations[i]! * deviations[j]! * (i === j ? 1 : correlation);
      return sum;
    };
    const best = leastVarianceWeights(deviations, correlation);
    expect(best.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
    for (const [i, j] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const)
      for (const step of [-0.01, 0.01]) {
        const moved = [...best];
        moved[i]! += step;
        moved[j]! -= step;
        expect(variance(moved)).toBeGreaterThan(variance(best));
      }
  });

  it('leave out a source so poor that it could only harm', () => {
    expect(leastVarianceWeights([1, 5], 0.5)).toEqual([1, 0]);
  });
});

describe('fusing sources', () => {
  const source = (
    name: string,
    mean: number,
    variance: number,
    parts: readonly number[],
  ): SourceEstimate => ({
    source: name,
    mean: { data: new Float32Array(3).fill(mean), width: 1 },
    logvar: { data: new Float32Array(3).fill(Math.log(variance)), width: 1 },
    has: (part) => parts.includes(part),
  });

  it('uses of each part the sources that it has', () => {
    const sources = [source('gauge', 1, 1, [0, 1]), source('note', 3, 1, [1, 2])];
    const { mean, logvar, shares } = fuse(sources, Uint32Array.of(0, 1, 2), 3);
    expect([...mean.data]).toEqual([1, 2, 3]);
    expect([...shares.gauge!]).toEqual([1, 0.5, 0]);
    expect([...shares.note!]).toEqual([0, 0.5, 1]);
    // Two equal sources of correlation ½ together have ¾ of the variance of one.
    expect([...logvar.data].map(Math.exp).map((value) => value.toFixed(4))).toEqual([
      '1.0000',
      '0.7500',
      '1.0000',
    ]);
  });
});
