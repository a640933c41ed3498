import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModuleName } from '../../../protocol/modules.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import { moduleShapes, valueSize } from '../../../protocol/shapes.ts';
import { decode, encode } from '../../../training/model/autoencoder.ts';
import {
  gaussianNll,
  klToPrior,
  klWithFreeBits,
  measurementNll,
  sample,
} from '../../../training/model/gaussian.ts';
import { detach, gelu, layerNorm, type Weights } from '../../../training/model/layers.ts';
import { negativeLogLikelihood } from '../../../training/model/likelihood.ts';
import { mapLatent } from '../../../training/model/mapping.ts';
import { tinyPlan } from './plans.ts';

const plan = tinyPlan();

tf.enableProdMode();
beforeAll(() => tf.setBackend('cpu'));

/** Ones of the shapes that the plan says, and the names that were asked for. */
function watched(module: ModuleName): { weights: Weights; read: Set<string> } {
  const read = new Set<string>();
  const shapes = moduleShapes(plan, module);
  const weights = new Proxy<Record<string, tf.Tensor>>(
    {},
    {
      get(_, name: string) {
        read.add(name);
        return shapes[name] && tf.ones([...shapes[name]]);
      },
    },
  );
  return { weights, read };
}

describe('the model', () => {
  it.each(plan.modalities.map(({ name }) => name))('reads exactly the parameters of %s', (name) => {
    const modality = modalityOf(plan, name);
    const encoder = watched(`encoder/${name}`);
    const encoding = encode(modality, encoder.weights, tf.zeros([2, valueSize(modality)]));
    expect([...encoder.read].sort()).toEqual(Object.keys(moduleShapes(plan, `encoder/${name}`)).sort());
    expect(encoding.mean.shape).toEqual([2, modality.latent]);
    expect(encoding.logvar.shape).toEqual([2, modality.latent]);
    expect(encoding.features.shape).toEqual([2, modality.hidden.at(-1)]);

    const decoder = watched(`decoder/${name}`);
    const raw = decode(modality, decoder.weights, encoding.mean);
    expect(raw.shape).toEqual([2, valueSize(modality)]);
    const x = tf.zeros<tf.Rank.R2>([2, valueSize(modality)]);
    const nll = negativeLogLikelihood(modality, x, raw, decoder.weights);
    expect(nll.shape).toEqual([2]);
    expect([...decoder.read].sort()).toEqual(Object.keys(moduleShapes(plan, `decoder/${name}`)).sort());
  });

  it('reads exactly the parameters of a mapping and gives the latent of its target', () => {
    const { weights, read } = watched('mapping/color←gauge');
    const { mean, logvar } = mapLatent(plan, 'color', 'gauge', weights, tf.zeros([5, 8]));
    expect(mean.shape).toEqual([5, 4]);
    expect(logvar.shape).toEqual([5, 4]);
    expect([...read].sort()).toEqual(Object.keys(moduleShapes(plan, 'mapping/color←gauge')).sort());
  });

  it('moves nothing but the variance head by the variance loss', () => {
    const module = 'mapping/camera←gauge';
    const shapes = moduleShapes(plan, module);
    const names = Object.keys(shapes);
    const values = names.map((name, index) =>
      tf.randomNormal([...shapes[name]!], 0, 1, 'float32', index + 1),
    );
    const loss = (...given: tf.Tensor[]) => {
      const weights = Object.fromEntries(names.map((name, index) => [name, given[index]!]));
      const { mean, logvar } = mapLatent(plan, 'camera', 'gauge', weights, tf.ones([4, 8]));
      return tf.sum(gaussianNll(tf.zeros([4, 3]), detach(mean), logvar)) as tf.Scalar;
    };
    const gradients = tf.grads(loss)(values);
    const moved = names.filter((_, index) => tf.max(tf.abs(gradients[index]!)).dataSync()[0]! > 0);
    expect(moved).toEqual([`${module}/logvar/kernel`, `${module}/logvar/bias`]);
  });
});

describe('formulas', () => {
  const row = (...values: number[]) => tf.tensor2d([values]);
  const number = (tensor: tf.Tensor) => tensor.dataSync()[0]!;

  it('measures the divergence from the prior: 0 at the prior, the known value elsewhere', () => {
    expect(number(klToPrior({ mean: row(0, 0), logvar: row(0, 0) }))).toBeCloseTo(0, 6);
    const expected = 0.5 * (Math.exp(1) + 4 - 1 - 1) + 0.5 * (Math.exp(-2) + 0.25 - 1 + 2);
    expect(number(klToPrior({ mean: row(2, 0.5), logvar: row(1, -2) }))).toBeCloseTo(expected, 5);
  });

  it('charges a latent dimension at least its free bits, of the mean over the batch', () => {
    const mean = tf.tensor2d([
      [2, 0.1],
      [0, 0.3],
    ]);
    const posterior = { mean, logvar: tf.zeros<tf.Rank.R2>([2, 2]) };
    const weight = tf.tensor1d([0.5, 0.5]);
    // By dimension (½·2 + ½·0) and (½·0.005 + ½·0.045) nats.
    expect(number(klWithFreeBits(posterior, weight, 0))).toBeCloseTo(1.025, 5);
    expect(number(klWithFreeBits(posterior, weight, 0.4))).toBeCloseTo(1.4, 5);
    const gradient = tf.grad((moved: tf.Tensor) =>
      klWithFreeBits({ ...posterior, mean: moved as tf.Tensor2D }, weight, 0.4),
    )(mean);
    expect([...gradient.dataSync<'float32'>()]).toEqual([1, 0, 0, 0]);
  });

  it('gives the Gaussian log-density, with one variance for all values too', () => {
    const density = (x: number, mean: number, variance: number) =>
      Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    const expected = -Math.log(density(1, 0.5, 0.3)) - Math.log(density(-1, 0, 0.3));
    const nll = gaussianNll(row(1, -1), row(0.5, 0), tf.tensor1d([Math.log(0.3)]));
    expect(number(nll)).toBeCloseTo(expected, 5);
  });

  it('gives the Bernoulli log-likelihood of words from logits, also far out', () => {
    const text = (x: number, logit: number) =>
      number(negativeLogLikelihood(modalityOf(plan, 'note'), row(x), row(logit), {}));
    expect(text(1, 0)).toBeCloseTo(Math.log(2), 6);
    expect(text(1, 2)).toBeCloseTo(Math.log(1 + Math.exp(-2)), 5);
    expect(text(0, 80)).toBeCloseTo(80, 3);
    expect(text(1, 80)).toBeCloseTo(0, 3);
  });

  it('measures by the variance of each value, but teaches the mean by their average', () => {
    const x = row(0.2, 0.9);
    const mean = row(0.5, 0.1);
    const logvar = tf.tensor1d([Math.log(0.001), Math.log(0.199)]);
    expect(number(measurementNll(x, mean, logvar))).toBeCloseTo(number(gaussianNll(x, mean, logvar)), 4);
    const gradients = (loss: (mean: tf.Tensor2D, logvar: tf.Tensor) => tf.Tensor) =>
      tf
        .grads((...given: tf.Tensor[]) => loss(given[0] as tf.Tensor2D, given[1]!))([mean, logvar])
        .map((gradient) => [...gradient.dataSync<'float32'>()]);
    const [ofMean, ofLogvar] = gradients((m, l) => measurementNll(x, m, l));
    const average = tf.scalar(Math.log(0.1));
    const [common] = gradients((m, l) => gaussianNll(x, m, tf.add(average, tf.mul(tf.mean(l), 0))));
    const [, own] = gradients((m, l) => gaussianNll(x, m, l));
    for (const [index, value] of ofMean!.entries()) expect(value).toBeCloseTo(common![index]!, 4);
    for (const [index, value] of ofLogvar!.entries()) expect(value).toBeCloseTo(own![index]!, 4);
  });

  it('draws mean + σ·noise', () => {
    const drawn = sample({ mean: row(1), logvar: row(Math.log(4)) }, row(-1.5));
    expect(number(drawn)).toBeCloseTo(-2, 5);
  });

  it('uses the exact GELU and normalises a layer to mean 0 and variance 1', () => {
    expect(number(gelu(row(1)))).toBeCloseTo(0.8413447, 5);
    expect(number(gelu(row(-2)))).toBeCloseTo(-0.0455003, 5);
    const weights = { 'l/scale': tf.ones([4]), 'l/shift': tf.zeros([4]) };
    const normal = [...layerNorm(weights, 'l', row(1, 2, 3, 10)).dataSync<'float32'>()];
    expect(normal.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
    expect(normal.reduce((sum, value) => sum + value ** 2, 0) / 4).toBeCloseTo(1, 3);
  });
});
