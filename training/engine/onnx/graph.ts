import { sizeOf } from '../../../protocol/tensors.ts';
import type { AttributeValue, GraphRecord, NodeRecord, PortRecord, TensorRecord } from './protobuf.ts';
import { broadcastShapes, sameShape } from './shapes.ts';

/** Data types of TensorFlow.js that a graph can hold. */
export type ValueType = 'float32' | 'int32' | 'bool';
export type ConstantData = Float32Array | Int32Array | Uint8Array;

/**
 * Value: a tensor of the graph. It may be stored smaller than TensorFlow.js sees it: `stored` broadcasts to `shape`.
 * Gradients are full of ones and of sums spread back over a batch; operators that broadcast by themselves take those as
 * they are, so the large copy is never written.
 */
export interface Value {
  readonly name: string;
  readonly type: ValueType;
  readonly shape: readonly number[];
  readonly stored: readonly number[];
}

export type Attributes = Readonly<Record<string, number | string | readonly number[] | { float: number }>>;

/** ONNX graph under construction. Its own names (`v7`, `c3`) cannot collide with ports, which have a prefix. */
export class Graph {
  readonly #nodes: NodeRecord[] = [];
  readonly #constants = new Map<string, TensorRecord>();
  readonly #inputs: PortRecord[] = [];
  readonly #outputs: PortRecord[] = [];
  /** Computed values that are outputs, by their own names. */
  readonly #ports = new Map<string, string>();
  readonly #shapes = new Map<string, readonly number[]>();
  #count = 0;

  /** Declares a float32 input. */
  input(name: string, shape: readonly number[]): Value {
    const port: PortRecord = { name: inputPort(name), type: 'float32', shape };
    this.#inputs.push(port);
    return { name: port.name, type: 'float32', shape, stored: shape };
  }

  /** Declares `value` as the output `name`. */
  output(name: string, value: Value): void {
    const port: PortRecord = { name: outputPort(name), type: value.type, shape: value.shape };
    const source = this.full(value);
    // What a node computes takes the port's name, and nothing is copied; inputs and constants keep their own.
    if (source.startsWith('v') && !this.#ports.has(source)) this.#ports.set(source, port.name);
    else this.#push('Identity', [source], {}, [port.name], '');
    this.#outputs.push(port);
  }

  /** Adds a constant; equal ones are stored once, and a tensor of one repeated number as that number. */
  constant(data: ConstantData, shape: readonly number[], type: ValueType): Value {
    const first = data[0];
    const uniform = first !== undefined && data.every((item) => Object.is(item, first));
    const stored = uniform ? [] : shape;
    const bytes = rawBytes(uniform ? data.slice(0, 1) : data);
    return { name: this.#initializer(type, stored, bytes), type, shape, stored };
  }

  /** Adds a scalar constant. */
  scalar(value: number, type: ValueType = 'float32'): Value {
    const array = type === 'float32' ? Float32Array : type === 'int32' ? Int32Array : Uint8Array;
    return this.constant(array.of(value), [], type);
  }

  /** Name of an int64 vector: what ONNX takes shapes, axes and offsets as. */
  int64(values: readonly number[]): string {
    return this.#initializer('int64', [values.length], rawBytes(BigInt64Array.from(values, BigInt)));
  }

  /** Adds a node with one output and gives that output's name. */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}, domain = ''): string {
    const [output] = this.nodes(op, inputs, 1, attributes, domain);
    return output!;
  }

  /** Adds a node with several outputs. */
  nodes(
    op: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Attributes = {},
    domain = '',
  ): string[] {
    const names = Array.from({ length: outputs }, () => `v${this.#count++}`);
    this.#push(op, inputs, attributes, names, domain);
    return names;
  }

  /** Adds an operator whose result has `shape`, from the full form of its operands. */
  apply(
    op: string,
    operands: readonly Value[],
    shape: readonly number[],
    attributes: Attributes = {},
  ): Value {
    const name = this.node(
      op,
      operands.map((operand) => this.full(operand)),
      attributes,
    );
    return { name, type: operands[0]!.type, shape, stored: shape };
  }

  /** Shapes of the float32 values that elementwise operators read and write, by name. */
  get elementwiseShapes(): ReadonlyMap<string, readonly number[]> {
    const entries = [...this.#shapes].map(([name, shape]) => [this.#ports.get(name) ?? name, shape] as const);
    return new Map(entries);
  }

  /** Adds an operator that works value by value and broadcasts; operands stay as small as they are stored. */
  elementwise(op: string, operands: readonly Value[], attributes: Attributes = {}, type?: ValueType): Value {
    const name = this.node(
      op,
      operands.map((operand) => operand.name),
      attributes,
    );
    const result: Value = {
      name,
      type: type ?? operands[0]!.type,
      shape: operands.map((operand) => operand.shape).reduce(broadcastShapes),
      stored: operands.map((operand) => operand.stored).reduce(broadcastShapes),
    };
    for (const value of [...operands, result]) {
      if (value.type === 'float32') this.#shapes.set(value.name, value.stored);
    }
    return result;
  }

  /** Name of the value written out in its whole shape. */
  full(value: Value): string {
    if (sameShape(value.stored, value.shape)) return value.name;
    return this.node('Expand', [value.name, this.int64(value.shape)]);
  }

  /** Reshapes a value to another shape of the same size. */
  reshape(value: Value, shape: readonly number[]): Value {
    if (sameShape(value.shape, shape)) return value;
    if (sizeOf(value.stored) === 1) {
      const name =
        value.stored.length === 0 ? value.name : this.node('Reshape', [value.name, this.int64([])]);
      return { ...value, name, shape, stored: [] };
    }
    const name = this.node('Reshape', [this.full(value), this.int64(shape)]);
    return { ...value, name, shape, stored: shape };
  }

  /** Transposes a value: axis `i` of the result is its axis `order[i]`. */
  transpose(value: Value, order: readonly number[]): Value {
    const shape = order.map((axis) => value.shape[axis]!);
    if (order.every((axis, index) => axis === index)) return value;
    if (value.stored.length === 0) return { ...value, shape };
    return this.apply('Transpose', [value], shape, { perm: order });
  }

  /** Record of the graph, as it is written to a file. */
  record(): GraphRecord {
    const finalName = (name: string) => this.#ports.get(name) ?? name;
    const renamed = (node: NodeRecord): NodeRecord => ({
      ...node,
      inputs: node.inputs.map(finalName),
      outputs: node.outputs.map(finalName),
    });
    return {
      nodes: this.#nodes.map(renamed),
      initializers: [...this.#constants.values()],
      inputs: this.#inputs,
      outputs: this.#outputs,
    };
  }

  #push(
    op: string,
    inputs: readonly string[],
    attributes: Attributes,
    outputs: readonly string[],
    domain: string,
  ): void {
    const records = Object.entries(attributes).map(([key, value]) => [key, attributeRecord(value)] as const);
    this.#nodes.push({ op, inputs, outputs, attributes: Object.fromEntries(records), domain });
  }

  #initializer(type: TensorRecord['type'], shape: readonly number[], bytes: Uint8Array): string {
    const key = `${type}[${shape}]${Buffer.from(bytes).toString('latin1')}`;
    let record = this.#constants.get(key);
    if (record === undefined) {
      record = { name: `c${this.#constants.size}`, type, shape, bytes };
      this.#constants.set(key, record);
    }
    return record.name;
  }
}

/** Name of a function's input in its graph. */
export function inputPort(name: string): string {
  return `in:${name}`;
}

/** Name of a function's output in its graph. */
export function outputPort(name: string): string {
  return `out:${name}`;
}

/** Record of an attribute. A plain number is an ONNX integer, as most attributes are; a float is marked as one. */
function attributeRecord(value: Attributes[string]): AttributeValue {
  if (typeof value === 'number') return { int: value };
  if (typeof value === 'string') return { string: value };
  return 'float' in value ? value : { ints: value };
}

function rawBytes(data: ConstantData | BigInt64Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
