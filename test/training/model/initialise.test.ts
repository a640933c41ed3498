import { describe, expect, it } from 'vitest';
import { initialModule, initialTensor } from '../../../training/model/initialise.ts';
import { tinyPlan } from './plans.ts';

describe('initial parameters', () => {
  it('are the same wherever they are made, and others for another seed or name', () => {
    const kernel = initialTensor(1, 'encoder/camera/hidden0/kernel', [20, 10]);
    expect(initialTensor(1, 'encoder/camera/hidden0/kernel', [20, 10])).toEqual(kernel);
    expect(initialTensor(2, 'encoder/camera/hidden0/kernel', [20, 10])).not.toEqual(kernel);
    expect(initialTensor(1, 'decoder/camera/hidden0/kernel', [20, 10])).not.toEqual(kernel);
  });

  it('never change from one version to the next, or plants of two versions would start apart', () => {
    const { data } = initialTensor(1, 'encoder/camera/hidden0/kernel', [3, 2]);
    expect([...data].map((value) => value.toFixed(5)).join(' ')).toBe(
      '1.01079 -0.97847 0.49339 -0.43873 -0.82917 -0.20870',
    );
  });

  it('keep the variance of a layer by the fans of Glorot, windows included', () => {
    const dense = initialTensor(1, 'a/kernel', [300, 100]).data;
    expect(Math.max(...dense)).toBeCloseTo(Math.sqrt(6 / 400), 2);
    const convolution = initialTensor(1, 'a/kernel', [3, 3, 16, 32]).data;
    expect(Math.max(...convolution)).toBeCloseTo(Math.sqrt(6 / (9 * 48)), 2);
  });

  it('start biases at 0, scales at 1 and a decoder at the variance .02', () => {
    const plan = tinyPlan();
    const mapping = initialModule(plan, 'mapping/camera←gauge');
    expect([...mapping['mapping/camera←gauge/hidden0/scale']!.data]).toEqual(new Array(8).fill(1));
    expect([...mapping['mapping/camera←gauge/hidden0/shift']!.data]).toEqual(new Array(8).fill(0));
    expect([...mapping['mapping/camera←gauge/mean/bias']!.data]).toEqual(new Array(3).fill(0));
    const decoder = initialModule(plan, 'decoder/gauge');
    expect(decoder['decoder/gauge/logvar']!.data[0]).toBeCloseTo(Math.log(0.02), 6);
  });
});
