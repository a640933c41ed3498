import * as tf from '@tensorflow/tfjs';
import { sizeOf } from '../../../protocol/tensors.ts';

type Size = readonly number[];

/** Multiply-adds by kernel, from its two operands and its result. */
const rules: Readonly<Record<string, (first: Size, second: Size, result: Size) => number>> = {
  // [m, k] · [k, n] = [m, n], whatever is transposed: the three sizes multiply to (m·k·n)².
  BatchMatMul: (a, b, product) => Math.sqrt(sizeOf(a) * sizeOf(b) * sizeOf(product)),
  _FusedMatMul: (a, b, product) => Math.sqrt(sizeOf(a) * sizeOf(b) * sizeOf(product)),
  Conv2D: (_x, filter, y) => sizeOf(filter) * sizeOf(y.slice(0, 3)),
  Conv2DBackpropInput: (dy, filter) => sizeOf(filter) * sizeOf(dy.slice(0, 3)),
  Conv2DBackpropFilter: (_x, dy, filter) => sizeOf(filter) * sizeOf(dy.slice(0, 3)),
};

/** Multiply-adds of the matrix and convolution kernels that `run` really calls, on the reference backend. */
export async function multiplyAdds(run: () => tf.TensorContainer): Promise<number> {
  await tf.setBackend('cpu');
  const { kernels } = await tf.profile(run);
  return kernels.reduce((sum, { name, inputShapes, outputShapes }) => {
    const rule = rules[name];
    return rule ? sum + rule(inputShapes[0]!, inputShapes[1]!, outputShapes[0]!) : sum;
  }, 0);
}
