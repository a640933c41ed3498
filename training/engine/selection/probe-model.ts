import * as tf from '@tensorflow/tfjs';
import { type HostTensor, type HostTensors, sizeOf } from '../../../protocol/tensors.ts';
import type { Step } from '../types.ts';

export interface ProbeSize {
  readonly side: number;
  readonly channels: number;
  readonly hidden: number;
  readonly batch: number;
}

/**
 * Probe model: a small autoencoder's training step with the operations of the real ones: convolutions both ways,
 * products, Adam.
 */
interface ProbeModel extends Step {
  readonly state: HostTensors;
  readonly batch: HostTensors;
}

/** Builds the probe. Its numbers come from a formula, so that every machine works on the same ones. */
export function probeModel({ side, channels, hidden, batch }: ProbeSize): ProbeModel {
  const half = side / 2;
  const features = half * half * channels;
  const shapes: Record<string, number[]> = {
    kernel: [3, 3, 1, channels],
    encoder: [features, hidden],
    bias: [hidden],
    decoder: [hidden, features],
    spread: [3, 3, 1, channels],
  };
  const weights = Object.entries(shapes).map(
    ([name, shape]) => [name, patterned(shape, name.length)] as const,
  );
  const moments = weights.flatMap(([name, { shape }]) =>
    ['m', 'v'].map(
      (moment) => [`${name}@${moment}`, { shape, data: new Float32Array(sizeOf(shape)) }] as const,
    ),
  );
  const state: HostTensors = Object.fromEntries([...weights, ...moments]);
  const names = Object.keys(shapes);
  const image = [batch, side, side, 1];
  return {
    state,
    batch: { x: patterned(image, 1) },
    signature: {
      inputs: {
        x: image,
        ...Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, shape])),
      },
      carried: Object.keys(state),
    },
    fn: (inputs) => {
      const loss = (...given: tf.Tensor[]) => {
        const [kernel, encoder, bias, decoder, spread] = given as [
          tf.Tensor4D,
          tf.Tensor2D,
          tf.Tensor1D,
          tf.Tensor2D,
          tf.Tensor4D,
        ];
        const maps = tf.sigmoid(tf.conv2d(inputs.x as tf.Tensor4D, kernel, 2, 'same'));
        const code = tf.matMul(tf.reshape(maps, [batch, features]), encoder).add(bias);
        const gelu = tf.mul(code, tf.add(tf.erf(tf.mul(code, Math.SQRT1_2)), 1));
        const back = tf.reshape(tf.matMul(tf.softplus(gelu) as tf.Tensor2D, decoder), [
          batch,
          half,
          half,
          channels,
        ]);
        const drawn = tf.conv2dTranspose(back as tf.Tensor4D, spread, [batch, side, side, 1], 2, 'same');
        return tf.mean(tf.squaredDifference(drawn, inputs.x!)) as tf.Scalar;
      };
      const { value, grads } = tf.valueAndGrads(loss)(names.map((name) => inputs[name]!));
      const updates = names.map((name, index) => {
        const m = tf.add(tf.mul(inputs[`${name}@m`]!, 0.9), tf.mul(grads[index]!, 0.1));
        const v = tf.add(tf.mul(inputs[`${name}@v`]!, 0.99), tf.mul(tf.square(grads[index]!), 0.01));
        const change = tf.div(tf.mul(m, 0.01), tf.add(tf.sqrt(v), 1e-3));
        return { [name]: tf.sub(inputs[name]!, change), [`${name}@m`]: m, [`${name}@v`]: v };
      });
      return Object.assign({ loss: value }, ...updates);
    },
  };
}

/** Tensor of numbers in [−0.2, 0.2) without a pattern that a wrong stride could keep. */
function patterned(shape: readonly number[], salt: number): HostTensor {
  const value = (index: number) => ((((index + 1) * 7919 + salt * 104729) % 1009) / 1009 - 0.5) * 0.4;
  return { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, index) => value(index)) };
}
