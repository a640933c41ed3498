import type { Tensor } from '@tensorflow/tfjs';
import { FedReconError } from '../../../protocol/errors.ts';
import { onBackend } from '../scope.ts';
import type { Signature, TensorFunction } from '../types.ts';
import { recordInto, tracingBackend } from './backend.ts';
import { Graph } from './graph.ts';
import { kernelTable } from './kernels/index.ts';
import type { GraphRecord } from './protobuf.ts';

/** Traced function: its ONNX graph, and the shapes of its outputs. */
interface Traced {
  readonly graph: GraphRecord;
  /** Shapes of the float32 values that elementwise operators read and write, by name. */
  readonly elementwise: ReadonlyMap<string, readonly number[]>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

/**
 * Traces `fn`: runs it once on symbols and records its operations, gradients included.
 * @throws FedReconError `engine-kernel` for an operation without a rule, `engine-trace` if the function reads a value
 *   or does not give back a carried one.
 */
export function trace(fn: TensorFunction, signature: Signature): Traced {
  const graph = new Graph();
  const outputs: Record<string, readonly number[]> = {};
  onBackend(tracingBackend, () =>
    recordInto(graph, (toTensor, toValue) => {
      const inputs: Record<string, Tensor> = {};
      for (const [name, shape] of Object.entries(signature.inputs)) {
        inputs[name] = toTensor(graph.input(name, shape));
      }
      for (const [name, tensor] of Object.entries(runNamed(fn, inputs))) {
        const value = toValue(tensor);
        if (value.type !== 'float32') {
          throw new FedReconError('engine-trace', {
            problem: `output ${name} is ${value.type}, not float32`,
          });
        }
        graph.output(name, value);
        outputs[name] = value.shape;
      }
    }),
  );
  return { graph: graph.record(), elementwise: graph.elementwiseShapes, outputs };
}

/** Runs `fn` and gives TensorFlow.js's plain message about a missing kernel a code. */
function runNamed(fn: TensorFunction, inputs: Record<string, Tensor>): Record<string, Tensor> {
  try {
    return fn(inputs);
  } catch (cause) {
    const kernel = /^Kernel '(\w+)' not registered/.exec(cause instanceof Error ? cause.message : '')?.[1];
    if (kernel === undefined || kernel in kernelTable) throw cause;
    throw new FedReconError('engine-kernel', { kernel, problem: 'there is no rule to trace it' }, { cause });
  }
}
