import * as tf from '@tensorflow/tfjs';
import { FedReconError } from '../../../protocol/errors.ts';
import type { ConstantData, Graph, Value, ValueType } from './graph.ts';
import { kernelTable } from './kernels/index.ts';

/** Name of this backend in TensorFlow.js. */
export const tracingBackend = 'fedrecon-tracing';

type DataId = tf.TensorInfo['dataId'];

/** Entry of a tensor while tracing: a value of the graph, or numbers that may become a constant of it. */
type Entry = { references: number } & (
  | { readonly value: Value; readonly graph: Graph }
  | { readonly data: ConstantData; readonly type: ValueType }
);

/** Tracing backend of TensorFlow.js: its tensors are names in a graph, and running a kernel writes nodes. */
class TracingBackend extends tf.KernelBackend {
  graph: Graph | undefined;
  readonly #entries = new Map<DataId, Entry>();

  /** Makes a tensor that stands for `value`. */
  hold(value: Value): tf.TensorInfo {
    const dataId = {};
    this.#entries.set(dataId, { value, graph: this.activeGraph(), references: 1 });
    return { dataId, shape: [...value.shape], dtype: value.type };
  }

  /** Value of the graph behind a tensor; a constant enters the graph when it is first used. */
  graphValue(tensor: tf.TensorInfo): Value {
    const graph = this.activeGraph();
    const entry = this.#entry(tensor.dataId);
    if ('data' in entry) return graph.constant(entry.data, tensor.shape, entry.type);
    if (entry.graph !== graph) throw escaped();
    return entry.value;
  }

  activeGraph(): Graph {
    if (this.graph === undefined) throw escaped();
    return this.graph;
  }

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: DataId,
    values: tf.backend_util.BackendValues,
    _shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    const type = valueType(dtype);
    this.#entries.set(dataId, { data: typed(values, type), type, references });
  }

  override readSync(dataId: object): tf.backend_util.BackendValues {
    const entry = this.#entry(dataId);
    if ('data' in entry) return entry.data;
    throw traceError(
      'it reads a value (dataSync, arraySync, data, …), which is not known before the graph runs',
    );
  }

  override read(dataId: object): Promise<tf.backend_util.BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  override numDataIds(): number {
    return this.#entries.size;
  }

  override refCount(dataId: DataId): number {
    return this.#entries.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: DataId): void {
    this.#entry(dataId).references++;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) return true;
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.#entries.delete(dataId);
    return true;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override dispose(): void {
    this.#entries.clear();
  }

  /** Entry of a tensor. One that was made on another backend, outside the function, is fetched as numbers. */
  #entry(dataId: DataId): Entry {
    if (!this.#entries.has(dataId)) tf.engine().moveData(this, dataId);
    return this.#entries.get(dataId)!;
  }
}

const constantArray = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

function typed(values: tf.backend_util.BackendValues, type: ValueType): ConstantData {
  const array = constantArray[type];
  return values instanceof array ? values : array.from(values as ArrayLike<number>);
}

function valueType(dtype: tf.DataType): ValueType {
  if (dtype in constantArray) return dtype as ValueType;
  throw traceError(`it makes a tensor of type ${dtype}`);
}

function escaped(): FedReconError {
  return traceError('a traced tensor is used after its function returned');
}

function traceError(problem: string): FedReconError {
  return new FedReconError('engine-trace', { problem });
}

const backend = new TracingBackend();
tf.registerBackend(tracingBackend, () => backend, 0);
for (const [kernelName, rule] of Object.entries(kernelTable)) {
  tf.registerKernel({
    kernelName,
    backendName: tracingBackend,
    kernelFunc: ({ inputs, attrs }) => {
      const tensors = Object.entries(inputs).filter(
        (entry): entry is [string, tf.TensorInfo] => entry[1] != null,
      );
      const values = Object.fromEntries(tensors.map(([name, tensor]) => [name, backend.graphValue(tensor)]));
      const result = ruleResult(kernelName, () => rule(backend.activeGraph(), values, attrs));
      return Array.isArray(result) ? result.map((value) => backend.hold(value)) : backend.hold(result);
    },
  });
}

/** Runs a kernel's rule. Its RangeError, for a form that it does not cover, becomes a FedReconError. */
function ruleResult<Result>(kernel: string, run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FedReconError('engine-kernel', { kernel, problem: cause.message }, { cause });
  }
}

/** Runs `work` with kernels writing into `graph`; gives it the conversions between tensors and values. */
export function recordInto<Result>(
  graph: Graph,
  work: (toTensor: (value: Value) => tf.Tensor, toValue: (tensor: tf.Tensor) => Value) => Result,
): Result {
  backend.graph = graph;
  try {
    return work(
      (value) => tf.engine().makeTensorFromTensorInfo(backend.hold(value)),
      (tensor) => backend.graphValue(tensor),
    );
  } finally {
    backend.graph = undefined;
  }
}
