import * as tf from '@tensorflow/tfjs';
import type { HostTensor, HostTensors } from '../../protocol/tensors.ts';
import {
  carriedInputs,
  checkComplete,
  checkOutputs,
  checkSignature,
  checkValues,
  fedInputs,
} from './check.ts';
import { compileRepeated } from './repeat.ts';
import { onBackend } from './scope.ts';
import type { Engine, EngineName, Program, Signature, TensorFunction } from './types.ts';

/** Eager engine: runs functions operation by operation on a TensorFlow.js backend. */
export function openEagerEngine(name: EngineName, backend: string, device: string): Engine {
  return {
    name,
    device,
    compile: (fn, signature) =>
      compileRepeated({ fn, signature }, async (step) => compileEager(step.fn, step.signature, backend)),
    dispose: () => Promise.resolve(),
  };
}

/**
 * Compiles a function for eager runs. Carried values stay on the backend as tensors; a first run on zeros gives the
 * shapes of the outputs.
 */
function compileEager(fn: TensorFunction, signature: Signature, backend: string): Program {
  checkSignature(signature);
  const fed = fedInputs(signature);
  const carried = carriedInputs(signature);
  const outputs = onBackend(backend, () => {
    const zeros = Object.entries(signature.inputs).map(
      ([name, shape]) => [name, tf.zeros([...shape])] as const,
    );
    const given = Object.entries(fn(Object.fromEntries(zeros)));
    return Object.fromEntries(given.map(([name, tensor]) => [name, tensor.shape]));
  });
  checkOutputs(signature, outputs);

  let state: Record<string, tf.Tensor> = onBackend(backend, () =>
    Object.fromEntries(Object.entries(carried).map(([name, shape]) => [name, tf.zeros([...shape])])),
  );

  return {
    outputs,
    load(values) {
      checkValues(values, carried);
      const loaded = onBackend(backend, () => toTensors(values));
      tf.dispose(Object.keys(loaded).map((name) => state[name]!));
      state = { ...state, ...loaded };
    },
    async run(inputs) {
      checkValues(inputs, fed);
      checkComplete(inputs, fed);
      const given = onBackend(backend, () => {
        const result = fn({ ...state, ...toTensors(inputs) });
        // A function may give an input back untouched; a copy has a life of its own.
        return Object.fromEntries(Object.entries(result).map(([name, tensor]) => [name, tensor.clone()]));
      });
      const isCarried = ([name]: [string, tf.Tensor]) => carried[name] !== undefined;
      const entries = Object.entries(given);
      const results = Object.fromEntries(entries.filter((entry) => !isCarried(entry)));
      tf.dispose(state);
      state = Object.fromEntries(entries.filter(isCarried));
      const values = await toHost(results);
      tf.dispose(results);
      return values;
    },
    read: () => toHost(state),
    dispose: async () => tf.dispose(state),
  };
}

function toTensors(values: HostTensors): Record<string, tf.Tensor> {
  // TensorFlow.js keeps the array it is given; the caller's stays the caller's.
  const tensor = ({ data, shape }: HostTensor) => tf.tensor(data.slice(), [...shape], 'float32');
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tensor(value)]));
}

async function toHost(tensors: Record<string, tf.Tensor>): Promise<HostTensors> {
  const entries = Object.entries(tensors).map(async ([name, tensor]) => {
    const data = (await tensor.data<'float32'>()).slice();
    return [name, { shape: tensor.shape, data }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
