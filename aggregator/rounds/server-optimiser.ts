import { type HostTensor, type HostTensors, sizeOf } from '../../protocol/tensors.ts';
import { inStrides } from './average.ts';

/** Step of the server on one module: the module after it, and the optimiser's state for the next one. */
interface ServerStep {
  readonly tensors: HostTensors;
  /** Moments by name: `<moment>/<tensor>`. */
  readonly state: HostTensors;
}

/** Optimiser of the server, which turns the plants' mean change of a module into a step. */
export interface ServerOptimiser {
  /** Moments that it keeps of each value, by name, with their start values. */
  readonly moments: Readonly<Record<string, number>>;
  /** Updates the moments of value `index` by the plants' mean change `delta` and gives the change to make. */
  step(moments: Readonly<Record<string, Float32Array>>, index: number, delta: number): number;
}

/**
 * Server momentum (FedAvgM): each step goes on with a share of the last one. Hsu et al. 2019, arXiv 1909.06335, section
 * 4.3.
 */
export function serverMomentum(share: number): ServerOptimiser {
  return {
    moments: { first: 0 },
    step({ first }, index, delta) {
      first![index] = share * first![index]! + delta;
      return first![index]!;
    },
  };
}

/**
 * Makes one step of the server on one module: the plants' mean change since `base` serves as the negative gradient.
 * @param base the round's global module
 * @param average the plants' average of it
 * @param state moments after the last step; undefined before the first
 */
export async function serverStep(
  optimiser: ServerOptimiser,
  base: HostTensors,
  average: HostTensors,
  state: HostTensors | undefined,
): Promise<ServerStep> {
  const tensors: HostTensors = {};
  const next: HostTensors = {};
  for (const [name, { shape, data }] of Object.entries(average)) {
    const before = base[name]!.data;
    const moments: Record<string, Float32Array> = {};
    for (const [moment, start] of Object.entries(optimiser.moments)) {
      const tensor = copyOrFilled(state?.[`${moment}/${name}`], shape, start);
      moments[moment] = tensor.data;
      next[`${moment}/${name}`] = tensor;
    }
    const stepped = new Float32Array(data.length);
    await inStrides(data.length, (begin, end) => {
      for (let index = begin; index < end; index += 1)
        stepped[index] = before[index]! + optimiser.step(moments, index, data[index]! - before[index]!);
    });
    tensors[name] = { shape, data: stepped };
  }
  return { tensors, state: next };
}

function copyOrFilled(tensor: HostTensor | undefined, shape: readonly number[], start: number): HostTensor {
  return { shape, data: tensor?.data.slice() ?? new Float32Array(sizeOf(shape)).fill(start) };
}
