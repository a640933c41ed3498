import { FedReconError } from '../../protocol/errors.ts';
import { allFinite, type HostTensors, sizeOf } from '../../protocol/tensors.ts';
import type { Signature } from './types.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** Inputs that are given at every run: those that are not carried. */
export function fedInputs(signature: Signature): Shapes {
  const carried = new Set(signature.carried);
  return Object.fromEntries(Object.entries(signature.inputs).filter(([name]) => !carried.has(name)));
}

/** Inputs that stay with the program between runs. */
export function carriedInputs(signature: Signature): Shapes {
  return Object.fromEntries((signature.carried ?? []).map((name) => [name, signature.inputs[name]!]));
}

/**
 * Checks that the carried names of a signature are inputs.
 * @throws FedReconError `engine-input`
 */
export function checkSignature(signature: Signature): void {
  for (const name of signature.carried ?? []) {
    if (signature.inputs[name] === undefined) refuse(name, 'it is carried but not an input');
  }
}

/**
 * Checks that the outputs bring every carried value back in its own shape.
 * @throws FedReconError `engine-trace`
 */
export function checkOutputs(signature: Signature, outputs: Shapes): void {
  for (const [name, shape] of Object.entries(carriedInputs(signature))) {
    const actual = outputs[name];
    if (actual === undefined || `${actual}` !== `${shape}`) {
      const what =
        actual === undefined ? 'is not given back' : `comes back as [${actual}] instead of [${shape}]`;
      throw new FedReconError('engine-trace', { problem: `the carried value ${name} ${what}` });
    }
  }
}

/**
 * Checks values: none unknown, of another shape or not finite. A NaN that enters a weight spreads to all of them in one
 * step, so it is stopped here; outputs are not checked, so that a diverged loss can be seen.
 * @throws FedReconError `engine-input`
 */
export function checkValues(values: HostTensors, expected: Shapes): void {
  for (const [name, { shape, data }] of Object.entries(values)) {
    const wanted = expected[name];
    if (wanted === undefined) refuse(name, 'the program has no such value');
    if (`${wanted}` !== `${shape}`) refuse(name, `its shape is [${shape}] and must be [${wanted}]`);
    if (data.length !== sizeOf(shape))
      refuse(name, `it has ${data.length} numbers and must have ${sizeOf(shape)}`);
    if (!allFinite(data)) refuse(name, 'it holds values that are not numbers');
  }
}

/**
 * Checks that no value of a set is missing.
 * @throws FedReconError `engine-input`
 */
export function checkComplete(values: HostTensors, expected: Shapes): void {
  for (const name of Object.keys(expected)) {
    if (values[name] === undefined) refuse(name, 'it is missing');
  }
}

function refuse(name: string, problem: string): never {
  throw new FedReconError('engine-input', { name, problem });
}
