import type { Tensor } from '@tensorflow/tfjs';
import type { HostTensors } from '../../protocol/tensors.ts';

/**
 * Tensor function: a step of a model, written once; pure, without reads of values or variables. Noise, learning rate
 * and optimiser state are inputs like any other, so the same function runs on every engine.
 */
export type TensorFunction = (inputs: Record<string, Tensor>) => Record<string, Tensor>;

/** Signature of a function, which `compile` needs before any value is known. All tensors are float32. */
export interface Signature {
  /** Shape of every input, by name. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /**
   * Carried names: inputs and outputs at once (weights, optimiser moments). Their values stay with the program between
   * runs, on the device where the engine can; `load` sets and `read` fetches them.
   */
  readonly carried?: readonly string[];
  /**
   * Repetition, set by `unroll`: the single step of the function, and how often it is repeated. An engine that gains
   * nothing from the long form compiles the step and runs it that often.
   */
  readonly repeats?: { readonly step: Step; readonly count: number };
}

/** Step: a tensor function with its signature. */
export interface Step {
  readonly fn: TensorFunction;
  readonly signature: Signature;
}

/** Program: a compiled function. One run at a time. */
export interface Program {
  /** Shape of every output, carried ones included. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  /** Sets carried values. @throws FedReconError `engine-input` if a name is not carried or a shape differs. */
  load(values: HostTensors): void;
  /** Runs once on the inputs that are not carried; resolves to the outputs that are not carried. */
  run(inputs: HostTensors): Promise<HostTensors>;
  /** Reads the carried values. */
  read(): Promise<HostTensors>;
  dispose(): Promise<void>;
}

export type EngineName = 'onnx' | 'tensorflow' | 'reference';

/** Engine that runs tensor functions on a device. */
export interface Engine {
  readonly name: EngineName;
  /** Device that does the arithmetic, in the operator's words: `cpu (2 threads)`, `webgpu: NVIDIA H200`. */
  readonly device: string;
  compile(fn: TensorFunction, signature: Signature): Promise<Program>;
  dispose(): Promise<void>;
}
