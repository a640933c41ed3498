import type { Tensor } from '@tensorflow/tfjs';
import type { HostTensors } from '../../protocol/tensors.ts';

/**
 * A model step written once: pure, no reads of values, no variables. Noise, learning rate and
 * optimiser state are inputs like any other, so the same function runs on every engine.
 */
export type TensorFunction = (inputs: Record<string, Tensor>) => Record<string, Tensor>;

/** What `compile` must know before it has seen a value. All tensors are float32. */
export interface Signature {
  /** Shape of every input, by name. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /**
   * Names that are input and output at once (weights, optimiser moments). Their values stay with
   * the program between runs, on the device where the engine can; `load` sets and `read` fetches them.
   */
  readonly carried?: readonly string[];
  /**
   * Set by `unroll`: the one step that the function consists of, and how many of them. An engine that gains
   * nothing from the long form compiles the step and runs it that often.
   */
  readonly repeats?: { readonly step: Step; readonly count: number };
}

/** A step and what it takes. */
export interface Step {
  readonly fn: TensorFunction;
  readonly signature: Signature;
}

/** A compiled function. One run at a time. */
export interface Program {
  /** Shape of every output, carried ones included. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  /** Sets carried values. @throws FedReconError `engine-input` if a name is not carried or a shape differs. */
  load(values: HostTensors): void;
  /** Runs once on the inputs that are not carried; resolves to the outputs that are not carried. */
  run(inputs: HostTensors): Promise<HostTensors>;
  /** The carried values as they stand. */
  read(): Promise<HostTensors>;
  dispose(): Promise<void>;
}

export type EngineName = 'onnx' | 'tensorflow' | 'reference';

/** Where and how tensor functions run. */
export interface Engine {
  readonly name: EngineName;
  /** What does the arithmetic, in the operator's words: `cpu (2 threads)`, `webgpu: NVIDIA H200`. */
  readonly device: string;
  compile(fn: TensorFunction, signature: Signature): Promise<Program>;
  dispose(): Promise<void>;
}
