import type { SoftmaxAttrs, SumAttrs } from '@tensorflow/tfjs';
import type { Graph, Value } from '../graph.ts';
import { axesOf, axisOf, reducedShape } from '../shapes.ts';
import { cast } from './elementwise.ts';
import { type KernelRule, type KernelTable, withAttributes } from './rule.ts';

/** Kernels that fold axes together, and the normalisation over an axis. */
export const reductionKernels: KernelTable = {
  Max: reduce('ReduceMax'),
  Mean: reduce('ReduceMean'),
  Min: reduce('ReduceMin'),
  Prod: reduce('ReduceProd'),
  Sum: reduce('ReduceSum'),
  All: overIntegers('ReduceMin'),
  Any: overIntegers('ReduceMax'),
  Softmax: withAttributes<SoftmaxAttrs>((graph, { logits }, { dim }) =>
    graph.apply('Softmax', [logits!], logits!.shape, { axis: axisOf(dim, logits!.shape.length) }),
  ),
};

/**
 * Attributes of a reduction. TensorFlow.js names the axes of Max `reductionIndices`, and those of every other reduction
 * `axis`.
 */
type ReductionAttributes = Partial<SumAttrs> & {
  readonly reductionIndices?: number | number[];
  readonly keepDims: boolean;
};

function reduce(op: string): KernelRule {
  return withAttributes<ReductionAttributes>((graph, { x }, attributes) => {
    const operand = x!.type === 'bool' ? cast(graph, x!, 'int32') : x!;
    return reduction(graph, op, operand, attributes);
  });
}

function overIntegers(op: string): KernelRule {
  return withAttributes<ReductionAttributes>((graph, { x }, attributes) =>
    cast(graph, reduction(graph, op, cast(graph, x!, 'int32'), attributes), 'bool'),
  );
}

function reduction(graph: Graph, op: string, x: Value, attributes: ReductionAttributes): Value {
  const { axis, reductionIndices, keepDims } = attributes;
  return reduceAxes(graph, op, x, axesOf(reductionIndices ?? axis, x.shape.length), keepDims);
}

/** Reduces `x` over `axes` by a Reduce operator. */
export function reduceAxes(
  graph: Graph,
  op: string,
  x: Value,
  axes: readonly number[],
  keepDims = false,
): Value {
  if (axes.length === 0) return x;
  const shape = reducedShape(x.shape, axes, keepDims);
  const keepdims = keepDims ? 1 : 0;
  // Opset 18 takes the axes as an input everywhere; only ReduceSum did so before.
  const name = graph.node(op, [graph.full(x), graph.int64(axes)], { keepdims });
  return { name, type: x.type, shape, stored: shape };
}
