import { describe, expect, it } from 'vitest';
import { modalityOf } from '../../../protocol/plan.ts';
import { qualityOf } from '../../../training/measures/picture-quality.ts';
import { psnr } from '../../../training/measures/psnr.ts';
import { rankCorrelation } from '../../../training/measures/rank-correlation.ts';
import { ssim } from '../../../training/measures/ssim.ts';
import { mean, meanOf, quantile, variance } from '../../../training/measures/statistics.ts';
import { fillUniform } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { tinyPlan } from '../model/plans.ts';

function uniform(length: number, name: string): Float32Array {
  const values = new Float32Array(length);
  fillUniform(values, keyOf(1, name), 0, 1);
  return values;
}

describe('PSNR', () => {
  it('is 20 dB for an error of a tenth of the peak, and finite for none', () => {
    expect(psnr([0.1, 0.9], [0.2, 0.8])).toBeCloseTo(20, 6);
    expect(psnr([10, 90], [20, 80], 100)).toBeCloseTo(20, 6);
    expect(psnr([0.3], [0.3])).toBe(100);
  });
});

describe('SSIM', () => {
  const image = { sides: [11, 11], channels: 1 };

  it('is 1 for equal values and falls with noise, blur and shift', () => {
    const extent = { sides: [28, 28], channels: 1 };
    const truth = Float32Array.from(
      { length: 784 },
      (_, index) => 0.5 + 0.5 * Math.sin(index / 9) * Math.sin((index % 28) / 3),
    );
    const noise = uniform(784, 'noise');
    const noisy = (amount: number) => truth.map((value, index) => value + amount * (noise[index]! - 0.5));
    expect(ssim(truth, truth, extent)).toBeCloseTo(1, 10);
    const falling = [0.1, 0.3, 1].map((amount) => ssim(noisy(amount), truth, extent));
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    expect(falling[0]).toBeLessThan(1);
    expect(ssim(truth.toReversed(), truth, extent)).toBeLessThan(0.5);
  });

  it('is the formula of the paper in the one window of an 11 × 11 image', () => {
    const [a, b] = [uniform(121, 'a'), uniform(121, 'b')];
    const weights = Float64Array.from({ length: 121 }, (_, index) => {
      const [y, x] = [Math.floor(index / 11) - 5, (index % 11) - 5];
      return Math.exp(-(x * x + y * y) / (2 * 1.5 ** 2));
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = (read: (index: number) => number) =>
      weights.reduce((sum, weight, index) => sum + (weight / total) * read(index), 0);
    const [ma, mb] = [mean((index) => a[index]!), mean((index) => b[index]!)];
    const va = mean((index) => (a[index]! - ma) ** 2);
    const vb = mean((index) => (b[index]! - mb) ** 2);
    const cov = mean((index) => (a[index]! - ma) * (b[index]! - mb));
    const [c1, c2] = [0.0001, 0.0009];
    const expected = ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma ** 2 + mb ** 2 + c1) * (va + vb + c2));
    expect(ssim(a, b, image)).toBeCloseTo(expected, 6);
  });

  it('works in one dimension, on short signals and on several channels', () => {
    const signal = uniform(5, 'short');
    expect(ssim(signal, signal, { sides: [5], channels: 1 })).toBeCloseTo(1, 10);
    const [a, b] = [uniform(363, 'a'), uniform(363, 'b')];
    const plane = (values: Float32Array, channel: number) =>
      values.filter((_, index) => index % 3 === channel);
    const byPlane = [0, 1, 2].map((channel) => ssim(plane(a, channel), plane(b, channel), image));
    expect(ssim(a, b, { sides: [11, 11], channels: 3 })).toBeCloseTo(
      byPlane.reduce((sum, value) => sum + value, 0) / 3,
      10,
    );
  });
});

describe('quality by kind', () => {
  it('takes an image in two dimensions and a signal in one', () => {
    const plan = tinyPlan();
    const [a, b] = [uniform(64, 'a'), uniform(64, 'b')];
    expect(qualityOf(modalityOf(plan, 'camera'), a, b)).toEqual({
      psnr: psnr(a, b),
      ssim: ssim(a, b, { sides: [8, 8], channels: 1 }),
    });
    const [c, d] = [uniform(10, 'c'), uniform(10, 'd')];
    expect(qualityOf(modalityOf(plan, 'gauge'), c, d).ssim).toBe(ssim(c, d, { sides: [10], channels: 1 }));
  });
});

describe('rank correlation', () => {
  it('is 1 in the same order, −1 reversed, and shares the ranks of equal values', () => {
    expect(rankCorrelation([1, 5, 9], [0, 1, 100])).toBe(1);
    expect(rankCorrelation([1, 5, 9], [3, 2, 1])).toBe(-1);
    expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 400])).toBe(1);
    expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
    // Ranks 0.5, 0.5, 2, 3 against 0, 1, 2, 3.
    expect(rankCorrelation([0, 0, 1, 2], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 10);
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.9487, 4);
  });

  it('says nothing where one side has no order', () => {
    expect(rankCorrelation([1, 1], [1, 2])).toBeUndefined();
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeUndefined();
  });
});

describe('quantile', () => {
  it('cuts a distribution at a share, and nothing nowhere', () => {
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(quantile([1, 2], 1)).toBe(2);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('mean and variance', () => {
  it('are those of the values, or of a function of them, and nothing of nothing', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(meanOf([1, 2, 3], (value) => value ** 2)).toBeCloseTo(14 / 3, 12);
    expect(variance([1, 2, 6])).toBeCloseTo(14 / 3, 12);
    for (const empty of [mean([]), meanOf([], Math.exp), variance([])]) expect(empty).toBeNaN();
  });
});
