import { describe, expect, it } from 'vitest';
import { imageRanks, latentRanks, shareWithin } from './retrieval.ts';

const truth = { width: 2, data: Float32Array.of(0, 0, 1, 0, 0, 1) };

describe('retrieval by pixels', () => {
  it('counts the true images that are nearer than the right one', () => {
    const images = { width: 2, data: Float32Array.of(0.1, 0, 0.1, 0.2, 0.9, 0.2) };
    expect(imageRanks(truth, images)).toEqual([0, 2, 2]);
  });

  it('gives one image for all parts no better rank than chance', () => {
    const same = { width: 2, data: new Float32Array(6).fill(0.5) };
    expect(imageRanks(truth, same)).toEqual([1, 1, 1]);
  });
});

describe('retrieval in the latent', () => {
  const latents = { width: 2, data: Float32Array.of(1, 0, 0, 1, -1, 0) };

  it('looks at directions, not at lengths', () => {
    const long = { width: 2, data: Float32Array.of(9, 1, 0.1, 0.9, -7, 0) };
    expect(latentRanks(latents, long)).toEqual([0, 0, 0]);
  });

  it('counts the parts that lie more nearly in the given direction', () => {
    const wrong = { width: 2, data: Float32Array.of(-1, 0.1, 0, 1, 0.5, 1) };
    expect(latentRanks(latents, wrong)).toEqual([2, 0, 2]);
  });

  it('takes a latent of zeros for no knowledge', () => {
    expect(latentRanks(latents, { width: 2, data: new Float32Array(6) })).toEqual([1, 1, 1]);
  });
});

it('the share within a rank counts what is below it', () => {
  expect(shareWithin([0, 0.5, 1, 12], 1)).toBe(0.5);
  expect(shareWithin([0, 0.5, 1, 12], 10)).toBe(0.75);
});
