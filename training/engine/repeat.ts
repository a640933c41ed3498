import { type HostTensor, type HostTensors, sizeOf } from '../../protocol/tensors.ts';
import { checkComplete, checkValues, fedInputs } from './check.ts';
import type { Program, Step } from './types.ts';

/**
 * Compiles a step; one made by `unroll` as its single step, which then runs as often as `repeats` says. Inputs and
 * outputs keep their form: the first axis counts the steps.
 */
export async function compileRepeated(
  { fn, signature }: Step,
  compile: (step: Step) => Promise<Program>,
): Promise<Program> {
  if (signature.repeats === undefined) return compile({ fn, signature });
  const { step, count } = signature.repeats;
  const program = await compile(step);
  const fed = fedInputs(signature);
  const carried = new Set(signature.carried);
  const outputs = Object.entries(program.outputs).map(
    ([name, shape]) => [name, carried.has(name) ? shape : [count, ...shape]] as const,
  );
  return {
    ...program,
    outputs: Object.fromEntries(outputs),
    run: async (inputs) => {
      // All of it is looked at first: a step must not fail when others have run.
      checkValues(inputs, fed);
      checkComplete(inputs, fed);
      const results: HostTensors[] = [];
      for (let index = 0; index < count; index++) {
        const batch = Object.entries(inputs).map(([name, value]) => [name, part(value, index)] as const);
        results.push(await program.run(Object.fromEntries(batch)));
      }
      const names = Object.keys(results[0] ?? {});
      return Object.fromEntries(names.map((name) => [name, stack(results.map((result) => result[name]!))]));
    },
  };
}

/** Entry `index` of the first axis, over the same memory. */
function part({ shape: [, ...shape], data }: HostTensor, index: number): HostTensor {
  const size = sizeOf(shape);
  return { shape, data: data.subarray(index * size, (index + 1) * size) };
}

/** Stacks tensors of one shape along a new first axis. */
function stack(parts: readonly HostTensor[]): HostTensor {
  const { shape } = parts[0]!;
  const size = sizeOf(shape);
  const data = new Float32Array(parts.length * size);
  for (const [index, item] of parts.entries()) data.set(item.data, index * size);
  return { shape: [parts.length, ...shape], data };
}
