import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { contrast } from '../../../training/model/contrast.ts';
import { gaussianNll, klBetween, klToPrior } from '../../../training/model/gaussian.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';

tf.enableProdMode();
beforeAll(() => tf.setBackend('cpu'));

const row = (...values: number[]) => tf.tensor2d([values]);
const number = (tensor: tf.Tensor) => tensor.dataSync()[0]!;
const q = { mean: row(0.3, -1), logvar: row(-1, 0.5) };
const p = { mean: row(0.8, 0.2), logvar: row(0.4, -0.3) };

describe('the divergence of two Gaussians', () => {
  it('is 0 from a Gaussian to itself, and that from the prior is a case of it', () => {
    const prior = { mean: row(0, 0), logvar: row(0, 0) };
    expect(number(klBetween(q, q))).toBeCloseTo(0, 6);
    expect(number(klBetween(q, p))).toBeGreaterThan(0.1);
    expect(number(klBetween(q, prior))).toBeCloseTo(number(klToPrior(q)), 5);
  });

  it('is the mean log-ratio of the densities over draws of the first', () => {
    const draws = 40_000;
    const noise = new Float32Array(draws * 2);
    fillNormal(noise, keyOf(1, 'draws'));
    const x = tf.add(
      q.mean,
      tf.mul(tf.exp(tf.mul(q.logvar, 0.5)), tf.tensor2d(noise, [draws, 2])),
    ) as tf.Tensor2D;
    const ratio = tf.mean(tf.sub(gaussianNll(x, p.mean, p.logvar), gaussianNll(x, q.mean, q.logvar)));
    expect(number(klBetween(q, p)) / number(ratio)).toBeCloseTo(1, 1);
  });
});

describe('the contrastive loss', () => {
  const candidates = tf.tensor2d([
    [1, 0],
    [0, 2],
    [-3, 0],
    [7, 7],
  ]);
  const weight = tf.tensor1d([0.4, 0.4, 0.2, 0]);

  it('is next to 0 for rows that match their own candidate alone, whatever their length', () => {
    const losses = contrast(
      tf.tensor2d([
        [5, 0],
        [0, 0.1],
        [-1, 0],
        [1, 0],
      ]),
      candidates,
      weight,
      0.1,
    );
    for (const loss of [...losses.dataSync<'float32'>()].slice(0, 3)) expect(loss).toBeLessThan(1e-3);
  });

  it('is the log of the number of real candidates where a row tells none from another', () => {
    const same = tf.ones<tf.Rank.R2>([4, 2]);
    const losses = contrast(same, same, weight, 0.1).dataSync();
    for (const loss of losses.slice(0, 3)) expect(loss).toBeCloseTo(Math.log(3), 5);
  });

  it('has no gradient to or from a row of weight 0, and a number for a batch of nothing else', () => {
    const anchors = tf.tensor2d([
      [1, 1],
      [1, -1],
      [0.5, 1],
      [2, 1],
    ]);
    const total = (a: tf.Tensor, c: tf.Tensor, w: tf.Tensor1D) =>
      tf.sum(tf.mul(contrast(a as tf.Tensor2D, c as tf.Tensor2D, w, 0.1), w)) as tf.Scalar;
    for (const gradient of tf.grads((a, c) => total(a!, c!, weight))([anchors, candidates])) {
      const values = [...gradient.dataSync<'float32'>()];
      expect(values.slice(6).map(Math.abs)).toEqual([0, 0]);
      expect(Math.max(...values.slice(0, 6).map(Math.abs))).toBeGreaterThan(0.01);
    }
    const empty = tf.zeros<tf.Rank.R1>([4]);
    expect(number(total(anchors, candidates, empty))).toBe(0);
    expect(
      [
        ...tf
          .grad((a) => total(a, candidates, empty))(anchors)
          .dataSync(),
      ].every((v) => v === 0),
    ).toBe(true);
  });
});
