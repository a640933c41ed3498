import type { _FusedMatMulAttrs, BatchMatMulAttrs } from '@tensorflow/tfjs';
import type { Graph, Value } from '../graph.ts';
import { broadcastShapes } from '../shapes.ts';
import { type KernelTable, withAttributes } from './rule.ts';

/** Kernels of matrix products. */
export const matmulKernels: KernelTable = {
  BatchMatMul: withAttributes<BatchMatMulAttrs>((graph, { a, b }, { transposeA, transposeB }) =>
    product(graph, a!, b!, transposeA, transposeB),
  ),
  _FusedMatMul: withAttributes<_FusedMatMulAttrs>((graph, { a, b, bias }, attributes) => {
    const { transposeA, transposeB, activation, leakyreluAlpha } = attributes;
    const linear = product(graph, a!, b!, transposeA, transposeB);
    const shifted = bias === undefined ? linear : graph.elementwise('Add', [linear, bias]);
    return activate(graph, shifted, activation, leakyreluAlpha);
  }),
};

/** Matrix product: by Gemm for matrices, which transposes while it reads; by MatMul for stacks of matrices. */
function product(graph: Graph, a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const rows = a.shape.at(transposeA ? -1 : -2)!;
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  if (a.shape.length === 2 && b.shape.length === 2) {
    return graph.apply('Gemm', [a, b], [rows, columns], {
      transA: Number(transposeA),
      transB: Number(transposeB),
    });
  }
  const left = transposeA ? swapLast(graph, a) : a;
  const right = transposeB ? swapLast(graph, b) : b;
  const stack = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return graph.apply('MatMul', [left, right], [...stack, rows, columns]);
}

function swapLast(graph: Graph, value: Value): Value {
  const order = value.shape.map((_, axis) => axis);
  return graph.transpose(value, [...order.slice(0, -2), order.at(-1)!, order.at(-2)!]);
}

const activationOperator: Readonly<Record<string, string>> = {
  elu: 'Elu',
  leakyrelu: 'LeakyRelu',
  relu: 'Relu',
  sigmoid: 'Sigmoid',
};

/** Adds the activation that TensorFlow.js folded into a matrix product or a convolution. */
export function activate(
  graph: Graph,
  x: Value,
  activation: string | undefined,
  alpha: number | undefined,
): Value {
  if (activation === undefined || activation === 'linear') return x;
  if (activation === 'relu6') return graph.elementwise('Clip', [x, graph.scalar(0), graph.scalar(6)]);
  const op = activationOperator[activation];
  if (op === undefined) throw new RangeError(`fused activation ${activation}`);
  return graph.elementwise(op, [x], op === 'LeakyRelu' ? { alpha: { float: alpha ?? 0.2 } } : {});
}
