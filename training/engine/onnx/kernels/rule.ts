import type { Graph, Value } from '../graph.ts';

type KernelInputs = Readonly<Record<string, Value>>;

/** Rule by which one TensorFlow.js kernel becomes ONNX nodes. */
export type KernelRule = (graph: Graph, inputs: KernelInputs, attributes: unknown) => Value | Value[];
export type KernelTable = Readonly<Record<string, KernelRule>>;

/** Rule that reads the kernel's attributes, typed by TensorFlow.js's own description of the kernel. */
export function withAttributes<Attributes>(
  rule: (graph: Graph, inputs: KernelInputs, attributes: Attributes) => Value | Value[],
): KernelRule {
  return (graph, inputs, attributes) => rule(graph, inputs, attributes as Attributes);
}

/** Tensors of a kernel that takes a list, in order; TensorFlow.js numbers them 0, 1, … */
export function listed(inputs: KernelInputs): Value[] {
  return Object.values(inputs);
}
