import { describe, expect, it } from 'vitest';
import { modalityOf } from '../../protocol/plan.ts';
import { moduleShapes, valueSize } from '../../protocol/shapes.ts';
import { profile, tinyPlan } from '../training/model/plans.ts';

const plan = tinyPlan();

describe('module shapes', () => {
  it('mirrors the dense encoder in the decoder and ends in the value size', () => {
    expect(moduleShapes(plan, 'encoder/gauge')).toEqual({
      'encoder/gauge/hidden0/kernel': [10, 9],
      'encoder/gauge/hidden0/bias': [9],
      'encoder/gauge/hidden1/kernel': [9, 8],
      'encoder/gauge/hidden1/bias': [8],
      'encoder/gauge/mean/kernel': [8, 3],
      'encoder/gauge/mean/bias': [3],
      'encoder/gauge/logvar/kernel': [8, 3],
      'encoder/gauge/logvar/bias': [3],
    });
    expect(moduleShapes(plan, 'decoder/gauge')).toMatchObject({
      'decoder/gauge/hidden0/kernel': [3, 8],
      'decoder/gauge/hidden1/kernel': [8, 9],
      'decoder/gauge/output/kernel': [9, 10],
      'decoder/gauge/logvar': [10],
    });
  });

  it('halves a convolutional image with rounding up and returns to its exact size', () => {
    expect(moduleShapes(plan, 'encoder/color')).toMatchObject({
      'encoder/color/convolution0/kernel': [3, 3, 3, 2],
      'encoder/color/convolution1/kernel': [3, 3, 2, 3],
      'encoder/color/hidden0/kernel': [2 * 3 * 3, 10],
    });
    expect(moduleShapes(plan, 'decoder/color')).toMatchObject({
      'decoder/color/output/kernel': [10, 2 * 3 * 3],
      'decoder/color/transposed0/kernel': [4, 4, 2, 3],
      'decoder/color/transposed1/kernel': [4, 4, 3, 2],
      'decoder/color/transposed1/bias': [3],
    });
  });

  it('treats a convolutional signal as an image of one row, with the stride of the plan', () => {
    const signals = tinyPlan({
      modalities: [
        profile('profile', { length: 11, stride: 2 }),
        profile('spectrum', { length: 4095, stride: 4 }),
      ],
    });
    expect(moduleShapes(signals, 'encoder/profile')).toMatchObject({
      'encoder/profile/convolution0/kernel': [1, 3, 1, 3],
      'encoder/profile/convolution1/kernel': [1, 3, 3, 4],
      'encoder/profile/hidden0/kernel': [3 * 4, 9],
    });
    expect(moduleShapes(signals, 'encoder/spectrum')).toMatchObject({
      'encoder/spectrum/convolution0/kernel': [1, 7, 1, 3],
      'encoder/spectrum/hidden0/kernel': [256 * 4, 9],
    });
    expect(moduleShapes(signals, 'decoder/spectrum')).toMatchObject({
      'decoder/spectrum/output/kernel': [9, 256 * 4],
      'decoder/spectrum/transposed0/kernel': [1, 8, 3, 4],
      'decoder/spectrum/transposed1/kernel': [1, 8, 1, 3],
      'decoder/spectrum/logvar': [4095],
    });
  });

  it('gives text no variance and counts its buckets as its size', () => {
    expect(Object.keys(moduleShapes(plan, 'decoder/note'))).not.toContain('decoder/note/logvar');
    expect(valueSize(modalityOf(plan, 'note'))).toBe(64);
    expect(valueSize(modalityOf(plan, 'color'))).toBe(9 * 8 * 3);
  });

  it('feeds a mapping the features or the latent mean of its source, as the plan says', () => {
    const kernel = 'mapping/camera←gauge/hidden0/kernel';
    expect(moduleShapes(plan, 'mapping/camera←gauge')[kernel]).toEqual([8, 8]);
    const latent = tinyPlan({ mapping: { hidden: [8] }, research: { mappingInput: 'latent' } });
    expect(moduleShapes(latent, 'mapping/camera←gauge')[kernel]).toEqual([3, 8]);
    expect(moduleShapes(plan, 'mapping/camera←gauge')).toMatchObject({
      'mapping/camera←gauge/hidden1/scale': [6],
      'mapping/camera←gauge/mean/kernel': [6, 3],
      'mapping/camera←gauge/logvar/bias': [3],
    });
  });

  it('refuses a modality the plan does not have', () => {
    expect(() => moduleShapes(plan, 'encoder/radar')).toThrow(/modality-unknown/);
  });
});
