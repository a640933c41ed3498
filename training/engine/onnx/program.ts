import { InferenceSession, Tensor } from 'onnxruntime-node';
import { FedReconError } from '../../../protocol/errors.ts';
import { type HostTensors, sizeOf } from '../../../protocol/tensors.ts';
import {
  carriedInputs,
  checkComplete,
  checkOutputs,
  checkSignature,
  checkValues,
  fedInputs,
} from '../check.ts';
import type { Program, Signature, TensorFunction } from '../types.ts';
import { inputPort, outputPort } from './graph.ts';
import { trace } from './trace.ts';

/**
 * Compiles a function for ONNX Runtime. Carried values live in two sets of buffers that change places at every
 * run: the session reads one and writes the other, and nothing passes through JavaScript.
 */
export async function compileProgram(
  fn: TensorFunction,
  signature: Signature,
  options: InferenceSession.SessionOptions,
): Promise<Program> {
  checkSignature(signature);
  const { model, outputs } = trace(fn, signature);
  checkOutputs(signature, outputs);
  const session = await openSession(model, options);

  const fed = fedInputs(signature);
  const carried = carriedInputs(signature);
  const results = Object.keys(outputs).filter((name) => carried[name] === undefined);
  let current = zeros(carried, inputPort);
  let next = zeros(carried, outputPort);

  return {
    outputs,
    load(values) {
      checkValues(values, carried);
      for (const [name, { data }] of Object.entries(values)) floats(current[inputPort(name)]!).set(data);
    },
    async run(inputs) {
      checkValues(inputs, fed);
      checkComplete(inputs, fed);
      const feeds: Record<string, Tensor> = { ...current };
      for (const name of Object.keys(fed)) {
        const { data, shape } = inputs[name]!;
        feeds[inputPort(name)] = new Tensor('float32', data, shape);
      }
      const fetches: Record<string, Tensor | null> = { ...next };
      for (const name of results) fetches[outputPort(name)] = null;
      const fetched = await session.run(feeds, fetches);
      [current, next] = [
        renamed(carried, next, outputPort, inputPort),
        renamed(carried, current, inputPort, outputPort),
      ];
      return hostTensors(results, fetched);
    },
    read() {
      const values = hostTensors(Object.keys(carried), renamed(carried, current, inputPort, outputPort));
      return Promise.resolve(
        Object.fromEntries(
          Object.entries(values).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
        ),
      );
    },
    dispose: () => session.release(),
  };
}

/** A device that is missing or refuses the graph shows when the session is made. */
async function openSession(
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, options);
  } catch (cause) {
    const device = String(options.executionProviders?.[0]);
    // The library puts file, line and condition first and what happened last.
    const problem = (cause instanceof Error ? cause.message : String(cause)).split(': ').at(-1)!.trim();
    throw new FedReconError('engine-device', { device, problem }, { cause });
  }
}

type Tensors = Record<string, Tensor>;
type Port = (name: string) => string;

function zeros(shapes: Readonly<Record<string, readonly number[]>>, port: Port): Tensors {
  const entries = Object.entries(shapes);
  return Object.fromEntries(
    entries.map(([name, shape]) => [
      port(name),
      new Tensor('float32', new Float32Array(sizeOf(shape)), shape),
    ]),
  );
}

function renamed(names: object, tensors: Tensors, from: Port, to: Port): Tensors {
  return Object.fromEntries(Object.keys(names).map((name) => [to(name), tensors[from(name)]!]));
}

function hostTensors(names: readonly string[], tensors: Readonly<InferenceSession.ReturnType>): HostTensors {
  return Object.fromEntries(
    names.map((name) => {
      const tensor = tensors[outputPort(name)] as Tensor;
      return [name, { shape: tensor.dims, data: floats(tensor) }];
    }),
  );
}

function floats(tensor: Tensor): Float32Array {
  return tensor.data as Float32Array;
}
