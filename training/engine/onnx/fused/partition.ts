import { sizeOf } from '../../../../protocol/tensors.ts';
import type { GraphRecord, NodeRecord, PortRecord } from '../protobuf.ts';
import { sameShape } from '../shapes.ts';

/** Operation on whole tensors, value by value. */
interface Operation {
  readonly op: FusedOperator;
  readonly output: string;
  readonly inputs: readonly string[];
}

/** Update: tensors of one shape that are computed together, value by value, in one pass over memory. */
export interface Update {
  readonly shape: readonly number[];
  /** Number of values of each of its tensors. */
  readonly size: number;
  readonly operations: readonly Operation[];
  /** Tensors it reads. */
  readonly loads: readonly string[];
  /** Scalars it reads that are known when it runs. */
  readonly scalars: readonly string[];
  /** Scalars it reads that are constants of the graph. */
  readonly constants: Readonly<Record<string, number>>;
  /** Outputs of the graph it writes. */
  readonly stores: readonly string[];
}

export interface Partition {
  /**
   * Graph that is left for ONNX Runtime, with the values the updates need as further outputs; the whole graph if
   * nothing can be cut off.
   */
  readonly head: GraphRecord;
  readonly updates: readonly Update[];
  /** Output ports of carried values that come back as they went in, such as frozen weights. */
  readonly unchanged: readonly string[];
}

const fusedOperators = ['Add', 'Sub', 'Mul', 'Div', 'Sqrt', 'Neg', 'Abs'] as const;
export type FusedOperator = (typeof fusedOperators)[number];

/**
 * Cuts the end of a training step off its graph: the operations that work value by value and end in carried values
 * only, which is an optimiser. ONNX Runtime would walk through all of memory once for each of them.
 * @param shapes shapes of the values that elementwise operations read and write
 * @param carried input port of every carried value, by output port
 */
export function partition(
  graph: GraphRecord,
  shapes: ReadonlyMap<string, readonly number[]>,
  carried: ReadonlyMap<string, string>,
): Partition {
  const constants = scalarConstants(graph);
  const returned = graph.nodes.filter(
    (node) => node.op === 'Identity' && carried.get(outputOf(node)) === node.inputs[0],
  );
  const fused = fusedNodes(graph, shapes, carried);
  const produced = new Set(graph.nodes.filter((node) => fused.has(node)).map(outputOf));
  const isScalar = (name: string) => sizeOf(shapes.get(name)!) === 1;
  const updates = components([...fused].reverse(), isScalar, carried).map((nodes): Update => {
    const read = [...new Set(nodes.flatMap((node) => node.inputs))].filter((name) => !produced.has(name));
    const shape = shapes.get(outputOf(nodes[0]!))!;
    return {
      shape,
      size: sizeOf(shape),
      operations: nodes.map((node) => ({
        op: node.op as FusedOperator,
        output: outputOf(node),
        inputs: node.inputs,
      })),
      loads: read.filter((name) => !isScalar(name)),
      scalars: read.filter((name) => isScalar(name) && !constants.has(name)),
      constants: Object.fromEntries(
        read.filter((name) => constants.has(name)).map((name) => [name, constants.get(name)!]),
      ),
      stores: nodes.map(outputOf).filter((name) => carried.has(name)),
    };
  });
  const gone = new Set([...fused, ...returned]);
  const head = headOf(graph, gone, updates, shapes);
  // A session must have something to give.
  if (gone.size === 0 || head.outputs.length === 0) return { head: graph, updates: [], unchanged: [] };
  return { head, updates, unchanged: returned.map(outputOf) };
}

/**
 * Nodes that can be cut off, found from the end of the graph towards its start: a node goes if all that read it have
 * gone.
 */
function fusedNodes(
  graph: GraphRecord,
  shapes: ReadonlyMap<string, readonly number[]>,
  carried: ReadonlyMap<string, string>,
): Set<NodeRecord> {
  const outputs = new Set(graph.outputs.map((port) => port.name));
  const large = new Set(graph.initializers.filter((item) => sizeOf(item.shape) > 1).map((item) => item.name));
  const kept = new Set<string>();
  const fused = new Set<NodeRecord>();
  for (const node of [...graph.nodes].reverse()) {
    const output = outputOf(node);
    const shape = shapes.get(output);
    const goes =
      (fusedOperators as readonly string[]).includes(node.op) &&
      shape !== undefined &&
      sizeOf(shape) > 1 &&
      !kept.has(output) &&
      (!outputs.has(output) || carried.has(output)) &&
      node.inputs.every((name) => fits(shapes.get(name), shape) && !large.has(name));
    if (goes) fused.add(node);
    else for (const name of node.inputs) kept.add(name);
  }
  return fused;
}

function fits(operand: readonly number[] | undefined, shape: readonly number[]): boolean {
  return operand !== undefined && (sizeOf(operand) === 1 || sameShape(operand, shape));
}

/** Groups of nodes that share tensors; the order of the nodes stays. */
function components(
  nodes: readonly NodeRecord[],
  isScalar: (name: string) => boolean,
  carried: ReadonlyMap<string, string>,
): NodeRecord[][] {
  let groups: { names: Set<string>; nodes: NodeRecord[] }[] = [];
  for (const node of nodes) {
    // A carried value is written over the old one: who reads that must do so in the same pass.
    const overwritten = carried.get(outputOf(node));
    const tensors = [outputOf(node), ...node.inputs.filter((name) => !isScalar(name))];
    const names = overwritten === undefined ? tensors : [...tensors, overwritten];
    const touched = groups.filter((group) => names.some((name) => group.names.has(name)));
    const joined = {
      names: new Set([...touched.flatMap((group) => [...group.names]), ...names]),
      nodes: [...touched.flatMap((group) => group.nodes), node],
    };
    groups = [...groups.filter((group) => !touched.includes(group)), joined];
  }
  return groups.map((group) => group.nodes);
}

function headOf(
  graph: GraphRecord,
  gone: ReadonlySet<NodeRecord>,
  updates: readonly Update[],
  shapes: ReadonlyMap<string, readonly number[]>,
): GraphRecord {
  const nodes = graph.nodes.filter((node) => !gone.has(node));
  const goneOutputs = new Set([...gone].map(outputOf));
  const inputs = new Set(graph.inputs.map((port) => port.name));
  const read = new Set(updates.flatMap((update) => [...update.loads, ...update.scalars]));
  const handedOver = [...read]
    .filter((name) => !inputs.has(name))
    .map((name): PortRecord => ({ name, type: 'float32', shape: shapes.get(name)! }));
  const known = new Set(graph.outputs.map((port) => port.name));
  const used = new Set(nodes.flatMap((node) => node.inputs));
  return {
    nodes,
    initializers: graph.initializers.filter((item) => used.has(item.name)),
    inputs: graph.inputs.filter((port) => used.has(port.name)),
    outputs: [
      ...graph.outputs.filter((port) => !goneOutputs.has(port.name)),
      ...handedOver.filter((port) => !known.has(port.name)),
    ],
  };
}

function scalarConstants(graph: GraphRecord): Map<string, number> {
  const scalars = graph.initializers.filter((item) => item.type === 'float32' && sizeOf(item.shape) === 1);
  return new Map(
    scalars.map(({ name, bytes }) => [
      name,
      new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true),
    ]),
  );
}

function outputOf(node: NodeRecord): string {
  return node.outputs[0]!;
}
