import * as tf from '@tensorflow/tfjs';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Signature, TensorFunction } from '../../../training/engine/types.ts';
import { seededRandom, uniform } from './seeded.ts';

type Tensors = Record<string, tf.Tensor>;
type Shapes = Record<string, readonly number[]>;

/** A training step with Adam, and what it starts from. */
export interface TrainableStep {
  readonly step: TensorFunction;
  readonly signature: Signature;
  /** Weights, with moments of zero. */
  readonly state: HostTensors;
  /** One batch: values, noise and learning rate. */
  readonly batch: HostTensors;
}

/** A variational autoencoder's training step: what the engines are compared and timed on. */
export interface VaeStep extends TrainableStep {
  readonly parameters: number;
}

interface Architecture {
  readonly image: readonly number[];
  readonly latent: number;
  readonly weights: Shapes;
  /** Posterior mean and log variance side by side. */
  encode(weights: Tensors, x: tf.Tensor): tf.Tensor;
  /** Logits of the image. */
  decode(weights: Tensors, z: tf.Tensor): tf.Tensor;
}

/** GELU in its exact form, x Φ(x). */
const gelu = (x: tf.Tensor) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

function layerNorm(x: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gain), shift);
}

const dense = (weights: Tensors, name: string, x: tf.Tensor) =>
  tf.add(tf.matMul(x as tf.Tensor2D, weights[`${name}/kernel`] as tf.Tensor2D), weights[`${name}/bias`]!);

/** image → hidden → hidden → 2·latent and back, LayerNorm and GELU in between. */
export function denseVae(size: { pixels: number; hidden: number; latent: number; batch: number }): VaeStep {
  const { pixels, hidden, latent } = size;
  const weights: Shapes = {
    ...denseShapes('encoder0', pixels, hidden),
    ...normShapes('norm0', hidden),
    ...denseShapes('encoder1', hidden, hidden),
    ...denseShapes('posterior', hidden, 2 * latent),
    ...denseShapes('decoder0', latent, hidden),
    ...normShapes('norm1', hidden),
    ...denseShapes('decoder1', hidden, hidden),
    ...denseShapes('image', hidden, pixels),
  };
  const normed = (w: Tensors, name: string, x: tf.Tensor) =>
    layerNorm(x, w[`${name}/gain`]!, w[`${name}/shift`]!);
  return vaeStep(size.batch, {
    image: [pixels],
    latent,
    weights,
    encode: (w, x) => {
      const first = gelu(normed(w, 'norm0', dense(w, 'encoder0', x)));
      return dense(w, 'posterior', gelu(dense(w, 'encoder1', first)));
    },
    decode: (w, z) => {
      const first = gelu(normed(w, 'norm1', dense(w, 'decoder0', z)));
      return dense(w, 'image', gelu(dense(w, 'decoder1', first)));
    },
  });
}

/** Two strided convolutions to the latent, two transposed ones back. */
export function convolutionalVae(size: {
  side: number;
  channels: number;
  latent: number;
  batch: number;
}): VaeStep {
  const { side, channels, latent, batch } = size;
  const inner = side / 4;
  const features = inner * inner * 2 * channels;
  const conv = (w: Tensors, name: string, x: tf.Tensor) =>
    tf.add(tf.conv2d(x as tf.Tensor4D, w[`${name}/kernel`] as tf.Tensor4D, 2, 'same'), w[`${name}/bias`]!);
  const deconv = (w: Tensors, name: string, x: tf.Tensor, shape: [number, number, number, number]) =>
    tf.add(
      tf.conv2dTranspose(x as tf.Tensor4D, w[`${name}/kernel`] as tf.Tensor4D, shape, 2, 'same'),
      w[`${name}/bias`]!,
    );
  return vaeStep(batch, {
    image: [side, side, 1],
    latent,
    weights: {
      'conv0/kernel': [3, 3, 1, channels],
      'conv0/bias': [channels],
      'conv1/kernel': [3, 3, channels, 2 * channels],
      'conv1/bias': [2 * channels],
      ...denseShapes('posterior', features, 2 * latent),
      ...denseShapes('decoder0', latent, features),
      'deconv0/kernel': [3, 3, channels, 2 * channels],
      'deconv0/bias': [channels],
      'deconv1/kernel': [3, 3, 1, channels],
      'deconv1/bias': [1],
    },
    encode: (w, x) => {
      const maps = gelu(conv(w, 'conv1', gelu(conv(w, 'conv0', x))));
      return dense(w, 'posterior', tf.reshape(maps, [batch, features]));
    },
    decode: (w, z) => {
      const maps = tf.reshape(gelu(dense(w, 'decoder0', z)), [batch, inner, inner, 2 * channels]);
      const middle = gelu(deconv(w, 'deconv0', maps, [batch, side / 2, side / 2, channels]));
      return deconv(w, 'deconv1', middle, [batch, side, side, 1]);
    },
  });
}

const denseShapes = (name: string, inputs: number, outputs: number): Shapes => ({
  [`${name}/kernel`]: [inputs, outputs],
  [`${name}/bias`]: [outputs],
});
const normShapes = (name: string, width: number): Shapes => ({
  [`${name}/gain`]: [width],
  [`${name}/shift`]: [width],
});

/** The negative ELBO with a Bernoulli likelihood, its gradient, and one step of Adam. */
function vaeStep(batch: number, model: Architecture): VaeStep {
  const names = Object.keys(model.weights);
  const step: TensorFunction = (inputs) => {
    const loss = (...given: tf.Tensor[]) => {
      const weights = Object.fromEntries(names.map((name, index) => [name, given[index]!]));
      const [mean, logVariance] = tf.split(model.encode(weights, inputs.x!), 2, 1) as [tf.Tensor, tf.Tensor];
      const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), inputs.noise!));
      const logits = model.decode(weights, z);
      const likelihood = tf.sum(tf.sub(tf.softplus(logits), tf.mul(logits, inputs.x!)));
      const divergence = tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1)));
      return tf.div(tf.add(likelihood, tf.mul(divergence, 0.5)), batch) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss)(names.map((name) => inputs[name]!));
    const updates = names.map((name, index) => adam(name, inputs, grads[index]!));
    return Object.assign({ loss: value }, ...updates);
  };
  const random = seededRandom(11);
  const state: HostTensors = {};
  for (const [name, shape] of Object.entries(model.weights)) {
    state[name] = uniform(random, shape, -0.1, 0.1);
    state[`${name}@m`] = uniform(random, shape, 0, 0);
    state[`${name}@v`] = uniform(random, shape, 0, 0);
  }
  const image = [batch, ...model.image];
  return {
    step,
    state,
    parameters: names.reduce((sum, name) => sum + state[name]!.data.length, 0),
    signature: {
      inputs: {
        x: image,
        noise: [batch, model.latent],
        rate: [],
        ...Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, shape])),
      },
      carried: Object.keys(state),
    },
    batch: {
      x: uniform(random, image, 0, 1),
      noise: uniform(random, [batch, model.latent], -1.7, 1.7),
      rate: { shape: [], data: Float32Array.of(1e-3) },
    },
  };
}

/** Adam without bias correction (Kingma and Ba 2015, algorithm 1), moments under `name@m` and `name@v`. */
function adam(name: string, inputs: Tensors, gradient: tf.Tensor): Tensors {
  const m = tf.add(tf.mul(inputs[`${name}@m`]!, 0.9), tf.mul(gradient, 0.1));
  const v = tf.add(tf.mul(inputs[`${name}@v`]!, 0.999), tf.mul(tf.square(gradient), 0.001));
  const change = tf.div(tf.mul(m, inputs.rate!), tf.add(tf.sqrt(v), 1e-4));
  return { [name]: tf.sub(inputs[name]!, change), [`${name}@m`]: m, [`${name}@v`]: v };
}
