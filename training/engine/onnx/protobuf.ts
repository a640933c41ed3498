/**
 * ONNX file format, the part that a traced graph needs, written by hand: protocol buffers are a list of (field number,
 * wire type, payload), and a ModelProto uses two wire types. Field numbers are those of onnx.proto (onnx/onnx, IR
 * version 10).
 */

/** ONNX TensorProto.DataType. */
const elementType = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
type ElementType = keyof typeof elementType;

export interface TensorRecord {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little-endian values; one byte a value for `bool`, eight for `int64`. */
  readonly bytes: Uint8Array;
}

export type AttributeValue =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string };

export interface NodeRecord {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Operator set of the node; '' is ONNX's own. */
  readonly domain: string;
}

export interface PortRecord {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

export interface GraphRecord {
  readonly nodes: readonly NodeRecord[];
  readonly initializers: readonly TensorRecord[];
  readonly inputs: readonly PortRecord[];
  readonly outputs: readonly PortRecord[];
}

/** Operator sets a model declares: 18 is the newest that every provider of ONNX Runtime covers. */
const operatorSets: Readonly<Record<string, number>> = { '': 18, 'com.microsoft': 1 };

const attributeType = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** Serialises a graph as an ONNX ModelProto. */
export function encodeModel(graph: GraphRecord): Uint8Array {
  const model = new Message()
    .integer(1, 10)
    .text(2, 'fedrecon')
    .message(
      7,
      new Message()
        .messages(1, graph.nodes.map(encodeNode))
        .text(2, 'traced')
        .messages(5, graph.initializers.map(encodeTensor))
        .messages(11, graph.inputs.map(encodePort))
        .messages(12, graph.outputs.map(encodePort)),
    );
  for (const [domain, version] of Object.entries(operatorSets)) {
    model.message(8, new Message().text(1, domain).integer(2, version));
  }
  return model.finish();
}

function encodeNode(node: NodeRecord): Message {
  const message = new Message();
  for (const name of node.inputs) message.text(1, name);
  for (const name of node.outputs) message.text(2, name);
  message.text(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) {
    message.message(5, encodeAttribute(name, value));
  }
  return node.domain === '' ? message : message.text(7, node.domain);
}

function encodeAttribute(name: string, value: AttributeValue): Message {
  const message = new Message().text(1, name);
  if ('float' in value) return message.float(2, value.float).integer(20, attributeType.float);
  if ('int' in value) return message.integer(3, value.int).integer(20, attributeType.int);
  if ('string' in value) return message.text(4, value.string).integer(20, attributeType.string);
  for (const item of value.ints) message.integer(8, item);
  return message.integer(20, attributeType.ints);
}

function encodeTensor(tensor: TensorRecord): Message {
  const message = new Message();
  for (const dimension of tensor.shape) message.integer(1, dimension);
  return message.integer(2, elementType[tensor.type]).text(8, tensor.name).bytes(9, tensor.bytes);
}

function encodePort(port: PortRecord): Message {
  const shape = new Message().messages(
    1,
    port.shape.map((dimension) => new Message().integer(1, dimension)),
  );
  const tensorType = new Message().integer(1, elementType[port.type]).message(2, shape);
  return new Message().text(1, port.name).message(2, new Message().message(1, tensorType));
}

const utf8 = new TextEncoder();

/** Protocol buffer message under construction: parts are kept and joined once, at the end. */
class Message {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  integer(field: number, value: number): this {
    return this.#push(varint(field << 3)).#push(varint(value));
  }

  float(field: number, value: number): this {
    return this.#push(varint((field << 3) | 5)).#push(new Uint8Array(Float32Array.of(value).buffer));
  }

  text(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#push(varint((field << 3) | 2))
      .#push(varint(value.length))
      .#push(value);
  }

  message(field: number, value: Message): this {
    this.#push(varint((field << 3) | 2)).#push(varint(value.#length));
    for (const part of value.#parts) this.#push(part);
    return this;
  }

  messages(field: number, values: readonly Message[]): this {
    for (const value of values) this.message(field, value);
    return this;
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  #push(part: Uint8Array): this {
    this.#parts.push(part);
    this.#length += part.length;
    return this;
  }
}

/** Varints of one byte: every field number and most lengths. */
const oneByte = Array.from({ length: 128 }, (_, value) => Uint8Array.of(value));

/** Varint: a base-128 integer, low group first; a negative number takes ten bytes, as int64 does. */
function varint(value: number): Uint8Array {
  const known = oneByte[value];
  if (known) return known;
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
