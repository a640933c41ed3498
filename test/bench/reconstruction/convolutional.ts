import * as tf from '@tensorflow/tfjs';
import type { Shapes } from '../../../protocol/shapes.ts';
import { parameter, type Weights } from '../../../training/model/layers.ts';

/** Side of kernels with stride 2; twice the stride leaves no checkerboard. */
const wide = 4;
/** Side of kernels that keep the size. */
const narrow = 3;

/** A 3 × 3 convolution's parameters. */
export function convolutionShapes(layer: string, from: number, to: number): Shapes {
  return { [`${layer}/kernel`]: [narrow, narrow, from, to], [`${layer}/bias`]: [to] };
}

/** A 4 × 4 convolution's parameters, which halves the size. */
export function halvingShapes(layer: string, from: number, to: number): Shapes {
  return { [`${layer}/kernel`]: [wide, wide, from, to], [`${layer}/bias`]: [to] };
}

/** A 4 × 4 transposed convolution's parameters, which doubles the size. */
export function doublingShapes(layer: string, from: number, to: number): Shapes {
  return { [`${layer}/kernel`]: [wide, wide, to, from], [`${layer}/bias`]: [to] };
}

/** The same size, or half of it for {@link halvingShapes}: [batch, side, side, from] → [batch, …, to]. */
export function convolve(weights: Weights, layer: string, maps: tf.Tensor4D, stride: 1 | 2): tf.Tensor4D {
  const kernel = parameter<tf.Rank.R4>(weights, `${layer}/kernel`);
  return tf.add(tf.conv2d(maps, kernel, stride, 'same'), parameter(weights, `${layer}/bias`));
}

/** Twice the size, by {@link doublingShapes}. */
export function double(weights: Weights, layer: string, maps: tf.Tensor4D): tf.Tensor4D {
  const kernel = parameter<tf.Rank.R4>(weights, `${layer}/kernel`);
  const [batch, height, width] = maps.shape;
  const shape: [number, number, number, number] = [batch, 2 * height, 2 * width, kernel.shape[2]];
  return tf.add(tf.conv2dTranspose(maps, kernel, shape, 2, 'same'), parameter(weights, `${layer}/bias`));
}
