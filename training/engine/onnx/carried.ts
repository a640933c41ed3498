import { type HostTensors, sizeOf } from '../../../protocol/tensors.ts';
import { Graph, inputPort, outputPort } from './graph.ts';
import { encodeModel } from './protobuf.ts';
import { type InferenceSession, type SessionResults, Tensor } from './runtime.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;
export type Tensors = Record<string, Tensor>;

/** Function that opens an ONNX model on the program's device. */
type OpenSession = (model: Uint8Array) => Promise<InferenceSession>;

/** Carried values of a program, between its runs. */
export interface CarriedState {
  /** Inputs of the next run, by input port. */
  feeds(): Tensors;
  /** Outputs that the next run writes to, by output port; null lets the session make the tensor. */
  fetches(): Record<string, Tensor | null>;
  /** Takes over the outputs of a run. It is not called after a run that failed, so nothing is lost. */
  advance(results: Readonly<SessionResults>, feeds: Readonly<Tensors>): void;
  load(values: HostTensors): void;
  read(): Promise<HostTensors>;
  dispose(): Promise<void>;
}

/**
 * Carried values in this process's memory: two sets of buffers that change places at every run. The session
 * reads one and writes the other; nothing is copied.
 */
export function hostState(shapes: Shapes): CarriedState {
  let current = zeros(shapes);
  let next = zeros(shapes);
  return {
    feeds: () => byPort(current, inputPort),
    fetches: () => byPort(next, outputPort),
    advance: () => {
      [current, next] = [next, current];
    },
    load: (values) => {
      for (const [name, { data }] of Object.entries(values)) floats(current[name]!).set(data);
    },
    read: async () =>
      Object.fromEntries(
        Object.entries(current).map(([name, tensor]) => [
          name,
          { shape: tensor.dims, data: floats(tensor).slice() },
        ]),
      ),
    dispose: () => Promise.resolve(),
  };
}

/**
 * Carried values in the device's memory, where the next run reads what the last one wrote. The Node binding cannot
 * fetch such a tensor by itself, so a second session does it, which only copies.
 */
export function deviceState(shapes: Shapes, openSession: OpenSession): CarriedState {
  let current = zeros(shapes);
  let reader: Promise<InferenceSession> | undefined;
  const replace = (name: string, tensor: Tensor) => {
    if (current[name]!.location !== 'cpu') current[name]!.dispose();
    current = { ...current, [name]: tensor };
  };
  return {
    feeds: () => byPort(current, inputPort),
    fetches: () => Object.fromEntries(Object.keys(shapes).map((name) => [outputPort(name), null])),
    advance: (results) => {
      for (const name of Object.keys(shapes)) replace(name, results[outputPort(name)] as Tensor);
    },
    load: (values) => {
      for (const [name, { shape, data }] of Object.entries(values)) {
        replace(name, new Tensor('float32', data.slice(), shape));
      }
    },
    read: async () => {
      reader ??= openSession(copyModel(shapes));
      const results = await (await reader).run(byPort(current, inputPort));
      return hostTensors(Object.keys(shapes), results);
    },
    dispose: async () => {
      for (const tensor of Object.values(current)) if (tensor.location !== 'cpu') tensor.dispose();
      await (await reader)?.release();
    },
  };
}

/** Outputs of a run that came back to this process, as host tensors. */
export function hostTensors(names: readonly string[], results: Readonly<SessionResults>): HostTensors {
  return Object.fromEntries(
    names.map((name) => {
      const tensor = results[outputPort(name)] as Tensor;
      return [name, { shape: tensor.dims, data: floats(tensor) }];
    }),
  );
}

function copyModel(shapes: Shapes): Uint8Array {
  const graph = new Graph();
  for (const [name, shape] of Object.entries(shapes)) graph.output(name, graph.input(name, shape));
  return encodeModel(graph.record());
}

function zeros(shapes: Shapes): Tensors {
  const tensor = (shape: readonly number[]) => new Tensor('float32', new Float32Array(sizeOf(shape)), shape);
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tensor(shape)]));
}

function byPort(tensors: Tensors, port: (name: string) => string): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [port(name), tensor]));
}

function floats(tensor: Tensor): Float32Array {
  return tensor.data as Float32Array;
}
