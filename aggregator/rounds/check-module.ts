import { FedReconError } from '../../protocol/errors.ts';
import { type ModuleName, modulesOf } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import { assertFinite, decodeTensors } from '../../protocol/safetensors.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import { type HostTensors, sizeOf } from '../../protocol/tensors.ts';

/**
 * Reads a module's blob and checks that it holds exactly the tensors that the plan gives the module.
 * @throws FedReconError `tensors-invalid`, `tensor-unexpected`, `tensor-shape`, `tensor-not-finite`
 */
export function checkModule(plan: Plan, module: ModuleName, bytes: Uint8Array): HostTensors {
  const { tensors } = decodeTensors(bytes);
  const expected = moduleShapes(plan, module);
  for (const name of Object.keys(tensors))
    if (!Object.hasOwn(expected, name))
      throw new FedReconError('tensor-unexpected', {
        module,
        problem: 'should not have',
        name: name.slice(0, 120),
      });
  for (const [name, shape] of Object.entries(expected)) {
    const tensor = tensors[name];
    if (!tensor) throw new FedReconError('tensor-unexpected', { module, problem: 'lacks', name });
    if (String(tensor.shape) !== String(shape))
      throw new FedReconError('tensor-shape', { name, actual: `[${tensor.shape}]`, expected: `[${shape}]` });
  }
  assertFinite(tensors);
  return tensors;
}

/** Bytes allowed for the header of a module's file beside its values. */
const headerAllowance = 65_536;

/** Largest size, in bytes, of a module of the plan as a file. */
export function largestModuleBytes(plan: Plan): number {
  const values = modulesOf(plan).map((module) =>
    Object.values(moduleShapes(plan, module)).reduce((sum, shape) => sum + sizeOf(shape), 0),
  );
  return Math.max(...values) * Float32Array.BYTES_PER_ELEMENT + headerAllowance;
}
