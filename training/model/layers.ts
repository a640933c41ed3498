import * as tf from '@tensorflow/tfjs';

/** Weights: parameters by full name, from which every function of the model reads its tensors. */
export type Weights = Readonly<Record<string, tf.Tensor>>;

/** The parameter `name`; its absence is a mistake of the program, not of the data. */
export function parameter<R extends tf.Rank = tf.Rank>(weights: Weights, name: string): tf.Tensor<R> {
  const tensor = weights[name];
  if (!tensor) throw new Error(`the parameter "${name}" was not passed in`);
  return tensor as tf.Tensor<R>;
}

/** Dense layer, x·kernel + bias: [batch, in] → [batch, out]. */
export function dense(weights: Weights, layer: string, x: tf.Tensor2D): tf.Tensor2D {
  const kernel = parameter<tf.Rank.R2>(weights, `${layer}/kernel`);
  return tf.add(tf.matMul(x, kernel), parameter(weights, `${layer}/bias`));
}

/** Gaussian error linear unit in its exact form, x·Φ(x). Source: Hendrycks and Gimpel, arXiv 1606.08415. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

/** Layer normalisation over the last axis with learned scale and shift. Source: Ba et al., arXiv 1607.06450. */
export function layerNorm(weights: Weights, layer: string, x: tf.Tensor2D): tf.Tensor2D {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5)));
  return tf.add(tf.mul(normal, parameter(weights, `${layer}/scale`)), parameter(weights, `${layer}/shift`));
}

/** Detaches values: the same ones, but no gradient passes through them. */
export function detach<T extends tf.Tensor>(x: T): T {
  const pass = tf.customGrad((input) => ({
    value: tf.clone(input as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }));
  return pass(x) as T;
}
