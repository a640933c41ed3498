import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceEstimate } from '../../../training/learning/estimates.ts';
import { leastVarianceShares } from '../../../training/model/fusion.ts';
import { fuseParts } from '../../../training/reconstruction/fuse-parts.ts';
import { onnxPrograms } from '../model/engines.ts';
import { tinyPlan } from '../model/plans.ts';

describe('shares of least variance', () => {
  beforeAll(() => tf.setBackend('cpu'));

  /** Shares of one part by sources of these deviations; all of them are there unless it is said. */
  const sharesOf = (deviations: readonly number[], correlation: number, present = deviations.map(() => 1)) =>
    leastVarianceShares(
      deviations.map((value) => tf.tensor2d([[value]])),
      present.map((value) => tf.tensor2d([[value]])),
      correlation,
    ).map((share) => share.dataSync()[0]!);

  it('are those of inverse variance where errors are independent', () => {
    const [a, b] = sharesOf([1, 2], 0);
    expect(a! / b!).toBeCloseTo(4, 5);
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
    const best = sharesOf(deviations, correlation);
    expect(best.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
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
    expect(sharesOf([1, 5], 0.5)).toEqual([1, 0]);
  });

  it('are the same beside a source that is not there', () => {
    const [a, missing, b] = sharesOf([0.5, 0.1, 0.7], 0.5, [1, 0, 1]);
    expect(missing).toBe(0);
    for (const [place, share] of sharesOf([0.5, 0.7], 0.5).entries())
      expect([a, b][place]).toBeCloseTo(share, 6);
  });
});

describe('fusing sources', async () => {
  const programs = await onnxPrograms();
  afterAll(() => programs.dispose());
  const fuse = (estimates: readonly SourceEstimate[], parts: Uint32Array, errorCorrelation: number) => {
    const plan = tinyPlan({ research: { errorCorrelation } });
    const frozen = { plan, programs, modules: {}, abort: new AbortController().signal };
    return fuseParts(frozen, 'camera', estimates, parts);
  };

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

  it('uses of each part the sources that it has', async () => {
    const sources = [source('gauge', 1, 1, [0, 1]), source('note', 3, 1, [1, 2])];
    const { mean, logvar, shares } = await fuse(sources, Uint32Array.of(0, 1, 2), 0.5);
    expect([...mean.data]).toEqual([1, 2, 3]);
    for (const part of [0, 1, 2]) {
      expect(shares.gauge![part]).toBeCloseTo([1, 0.5, 0][part]!, 6);
      expect(shares.note![part]).toBeCloseTo([0, 0.5, 1][part]!, 6);
    }
    // Two equal sources of correlation ½ together have ¾ of the variance of one.
    expect([...logvar.data].map(Math.exp).map((value) => value.toFixed(4))).toEqual([
      '1.0000',
      '0.7500',
      '1.0000',
    ]);
  });

  const unequal = [source('gauge', 1, 1, [0]), source('note', 3, 4, [0])];
  const both = Uint32Array.of(0);

  it('of independent errors is the product of the Gaussians', async () => {
    const { mean, logvar, shares } = await fuse(unequal, both, 0);
    expect(shares.gauge![0]).toBeCloseTo(0.8, 6);
    expect(mean.data[0]).toBeCloseTo(0.8 * 1 + 0.2 * 3, 6);
    expect(Math.exp(logvar.data[0]!)).toBeCloseTo(1 / (1 / 1 + 1 / 4), 6);
  });

  it.each([0, 0.5])('changes nothing of a single source: correlation %d', async (correlation) => {
    const { mean, logvar, shares } = await fuse([source('note', 3, 4, [0])], both, correlation);
    expect([mean.data[0], shares.note![0]]).toEqual([3, 1]);
    expect(Math.exp(logvar.data[0]!)).toBeCloseTo(4, 5);
  });
});
