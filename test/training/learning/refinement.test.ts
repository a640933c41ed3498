import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Modality, modalityOf } from '../../../protocol/plan.ts';
import { moduleShapes } from '../../../protocol/shapes.ts';
import { sizeOf } from '../../../protocol/tensors.ts';
import { distillation } from '../../../training/learning/distillation.ts';
import { fillNormal, fillUniform } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { tinyPlan } from '../model/plans.ts';

const plan = tinyPlan();

tf.enableProdMode();
beforeAll(() => tf.setBackend('cpu'));

/** Random encoder and decoder of a modality. */
function randomWeights({ name }: Modality, seed: number): Record<string, tf.Tensor> {
  const shapes = { ...moduleShapes(plan, `encoder/${name}`), ...moduleShapes(plan, `decoder/${name}`) };
  const entries = Object.entries(shapes).map(([tensor, shape]) => {
    const data = new Float32Array(sizeOf(shape));
    fillUniform(data, keyOf(seed, tensor), -0.5, 0.5);
    return [tensor, tf.tensor(data, [...shape])] as const;
  });
  return Object.fromEntries(entries);
}

function draws(rows: number, width: number): tf.Tensor2D {
  const data = new Float32Array(rows * width);
  fillNormal(data, keyOf(3, 'prior'));
  return tf.tensor2d(data, [rows, width]);
}

describe('distillation', () => {
  const names = plan.modalities.map(({ name }) => name);

  it.each(names)('of %s is nothing at the replica, and positive for any other model', (name) => {
    const modality = modalityOf(plan, name);
    const replica = randomWeights(modality, 1);
    const prior = draws(5, modality.latent);
    for (const value of distillation(modality, replica, replica, prior).dataSync())
      expect(Math.abs(value)).toBeLessThan(1e-4);
    for (const value of distillation(modality, randomWeights(modality, 2), replica, prior).dataSync())
      expect(value).toBeGreaterThan(0.01);
  });

  it.each(names)('of %s is least at the replica, and leaves the variances of a measurement alone', (name) => {
    const modality = modalityOf(plan, name);
    const replica = randomWeights(modality, 1);
    const moved = randomWeights(modality, 2);
    const variances = `decoder/${name}/logvar`;
    const parameters = Object.keys(moved).filter((parameter) => parameter !== variances);
    const total = (weights: Record<string, tf.Tensor>) =>
      tf.sum(distillation(modality, weights, replica, draws(5, modality.latent)));
    const pulls = (at: Record<string, tf.Tensor>) => {
      const held = (given: tf.Tensor[]) =>
        Object.fromEntries(parameters.map((parameter, place) => [parameter, given[place]!]));
      const gradients = tf.grads((...given) => total({ ...at, ...held(given) }))(
        parameters.map((parameter) => at[parameter]!),
      );
      return gradients.map((gradient) => tf.max(tf.abs(gradient)).dataSync()[0]!);
    };
    expect(Math.min(...pulls(moved))).toBeGreaterThan(0);
    expect(Math.max(...pulls(replica))).toBeLessThan(1e-3);
    const noisier = { ...moved, [variances]: tf.scalar(3) };
    expect(total(noisier).dataSync()).toEqual(total(moved).dataSync());
  });
});
