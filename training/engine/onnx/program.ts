import { FedReconError } from '../../../protocol/errors.ts';
import {
  carriedInputs,
  checkComplete,
  checkOutputs,
  checkSignature,
  checkValues,
  fedInputs,
} from '../check.ts';
import { compileRepeated } from '../repeat.ts';
import { reasonFromLibrary, reasonInError } from '../selection/device-reason.ts';
import type { Program, Signature, Step, TensorFunction } from '../types.ts';
import { type CarriedState, deviceState, hostState, hostTensors } from './carried.ts';
import { fusedState } from './fused/fused-state.ts';
import { partition } from './fused/partition.ts';
import { inputPort, outputPort } from './graph.ts';
import { encodeModel } from './protobuf.ts';
import { InferenceSession, type SessionOptions, Tensor } from './runtime.ts';
import { trace } from './trace.ts';

export interface ProgramOptions {
  readonly session: SessionOptions;
  /** True if tensors can stay in the device's own memory between runs. */
  readonly deviceMemory: boolean;
  /** True if the optimiser runs as fused updates in this process's memory. */
  readonly fused: boolean;
}

/** Compiles a function for ONNX Runtime. */
export function compileProgram(
  fn: TensorFunction,
  signature: Signature,
  options: ProgramOptions,
): Promise<Program> {
  const compile = (step: Step) => compileGraph(step.fn, step.signature, options);
  // A long graph saves copies to a device; here it would hide the optimiser of all steps but the last.
  return options.fused ? compileRepeated({ fn, signature }, compile) : compile({ fn, signature });
}

async function compileGraph(
  fn: TensorFunction,
  signature: Signature,
  options: ProgramOptions,
): Promise<Program> {
  checkSignature(signature);
  const { graph, elementwise, outputs } = trace(fn, signature);
  checkOutputs(signature, outputs);

  const fed = fedInputs(signature);
  const carried = carriedInputs(signature);
  const results = Object.keys(outputs).filter((name) => carried[name] === undefined);
  const names = Object.keys(carried);
  const split = options.fused
    ? partition(graph, elementwise, new Map(names.map((name) => [outputPort(name), inputPort(name)])))
    : { head: graph, updates: [], unchanged: [] };
  const stays = options.deviceMemory && names.length > 0;
  const session = await openSession(encodeModel(split.head), {
    ...options.session,
    ...(stays ? { preferredOutputLocation: outputLocations(names, results) } : {}),
  });
  const state = openState();

  function openState(): CarriedState {
    if (stays) return deviceState(carried, (copier) => openSession(copier, options.session));
    if (split.head === graph) return hostState(carried);
    return fusedState(carried, split, new Set([...graph.inputs, ...graph.outputs].map((port) => port.name)));
  }

  return {
    outputs,
    load: (values) => {
      checkValues(values, carried);
      state.load(values);
    },
    run: async (inputs) => {
      checkValues(inputs, fed);
      checkComplete(inputs, fed);
      const feeds: Record<string, Tensor> = state.feeds();
      for (const name of Object.keys(fed)) {
        const { data, shape } = inputs[name]!;
        feeds[inputPort(name)] = new Tensor('float32', data, shape);
      }
      const fetches = state.fetches();
      for (const name of results) fetches[outputPort(name)] = null;
      const fetched = await orDeviceError(session.run(feeds, fetches), options.session);
      state.advance(fetched, feeds);
      return hostTensors(results, fetched);
    },
    read: () => state.read(),
    dispose: async () => {
      await state.dispose();
      await session.release();
    },
  };
}

function outputLocations(onDevice: readonly string[], here: readonly string[]) {
  return Object.fromEntries([
    ...onDevice.map((name) => [outputPort(name), 'gpu-buffer'] as const),
    ...here.map((name) => [outputPort(name), 'cpu'] as const),
  ]);
}

function openSession(model: Uint8Array, options: SessionOptions): Promise<InferenceSession> {
  return orDeviceError(InferenceSession.create(model, options), options);
}

/**
 * Gives errors of the device in `work` the code `engine-device`: a missing one shows when a session is made, a lost or
 * full one when it runs.
 */
async function orDeviceError<Result>(
  work: Promise<Result>,
  { executionProviders }: SessionOptions,
): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const device = String(executionProviders?.[0]);
    // The library puts file, line and condition first and what happened last.
    const problem = (cause instanceof Error ? cause.message : String(cause)).split(': ').at(-1)!.trim();
    throw new FedReconError(
      'engine-device',
      { device, ...reasonInError(reasonFromLibrary(problem)) },
      { cause },
    );
  }
}
