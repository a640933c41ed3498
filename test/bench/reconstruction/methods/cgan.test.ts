import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { conditionWidth } from '../conditional.ts';
import { initialTensors } from '../network.ts';
import { budgets, planOf } from '../setting.ts';
import { smallModels } from '../small-models.ts';
import { adversarialLosses, noiseWidth, playersOf } from './cgan.ts';

it('moves the discriminator by its own term only, and the generator by the others only', async () => {
  const plan = await planOf({ alpha: 1, missing: 0.3, seed: 1, budget: budgets.quick }, smallModels);
  const tensors = [...playersOf(plan).values()].flatMap((shapes) =>
    Object.entries(initialTensors(1, shapes)),
  );
  const names = tensors.map(([name]) => name);
  const values = tensors.map(([, { data, shape }]) => tf.tensor(data, [...shape]));
  const batch = {
    condition: tf.ones([1, conditionWidth(plan)]) as tf.Tensor2D,
    image: tf.fill([1, 784], 0.3) as tf.Tensor2D,
    noise: () => tf.ones([1, noiseWidth]) as tf.Tensor2D,
    weight: tf.tensor1d([1]),
  };
  const losses = (...given: tf.Tensor[]) =>
    tf.stack(adversarialLosses(Object.fromEntries(names.map((name, place) => [name, given[place]!])), batch));
  const moved = (factors: number[]) => {
    const gradients = tf.grads(losses)(values, tf.tensor1d(factors));
    const moving = names.filter((_, place) => tf.max(tf.abs(gradients[place]!)).dataSync()[0]! > 0);
    return [...new Set(moving.map((name) => name.split('/')[1]))];
  };
  expect(moved([1, 0, 0])).toEqual(['discriminator']);
  expect(moved([0, 1, 1])).toEqual(['generator']);
});
