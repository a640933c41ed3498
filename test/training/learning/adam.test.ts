import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adamRate, adamStep, momentName } from '../../../training/learning/adam.ts';

tf.enableProdMode();
beforeAll(() => tf.setBackend('cpu'));

/** The paper's algorithm 1, word by word, on one number. */
function textbookAdam(gradients: readonly number[], learningRate: number): number {
  let [weight, m, v] = [1, 0, 0];
  for (const [index, gradient] of gradients.entries()) {
    m = 0.9 * m + 0.1 * gradient;
    v = 0.999 * v + 0.001 * gradient ** 2;
    const mHat = m / (1 - 0.9 ** (index + 1));
    const vHat = v / (1 - 0.999 ** (index + 1));
    weight -= (learningRate * mHat) / (Math.sqrt(vHat) + 1e-8);
  }
  return weight;
}

describe('Adam', () => {
  it('takes the steps of the paper', () => {
    const gradients = [0.3, -2, 0.01, 0.7, 0.7];
    let values: Record<string, tf.Tensor> = {
      w: tf.tensor1d([1]),
      [momentName('first', 'w')]: tf.zeros([1]),
      [momentName('second', 'w')]: tf.zeros([1]),
    };
    for (const [index, gradient] of gradients.entries())
      values = adamStep(values, { w: tf.tensor1d([gradient]) }, tf.scalar(adamRate(0.05, index + 1)));
    expect(values.w!.dataSync()[0]).toBeCloseTo(textbookAdam(gradients, 0.05), 5);
  });
});
