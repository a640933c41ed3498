import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { withProximal } from '../../../training/learning/proximal.ts';

tf.enableProdMode();
beforeAll(() => tf.setBackend('cpu'));

describe('the proximal term', () => {
  const objective = withProximal({
    trained: { w: [2], b: [] },
    frozen: { fixed: [1] },
    batch: {},
    terms: ['own'],
    loss: () => [tf.scalar(7)],
  });
  const global = { 'global/w': tf.tensor1d([0, 1]), 'global/b': tf.scalar(-1), fixed: tf.tensor1d([9]) };

  it('is half the squared distance from the global parameters, beside the terms there were', () => {
    const losses = objective.loss({ w: tf.tensor1d([1, 3]), b: tf.scalar(1) }, global);
    expect(objective.terms).toEqual(['own', 'proximal']);
    expect(losses.map((loss) => loss.dataSync()[0])).toEqual([7, (1 + 4 + 4) / 2]);
    expect(objective.frozen).toEqual({ fixed: [1], 'global/w': [2], 'global/b': [] });
  });

  it('pulls each parameter by its distance', () => {
    const pull = tf.grad((w: tf.Tensor) => objective.loss({ w, b: tf.scalar(0) }, global)[1]!);
    expect([...pull(tf.tensor1d([1, 3])).dataSync<'float32'>()]).toEqual([1, 2]);
  });
});
