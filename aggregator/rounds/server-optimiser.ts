import type { ServerRule } from '../../protocol/plan.ts';
import { type HostTensor, type HostTensors, sizeOf } from '../../protocol/tensors.ts';
import { inStrides } from './average.ts';

/** A module after a step, and what its optimiser remembers for the next one. */
export interface ServerStep {
  readonly tensors: HostTensors;
  /** `<moment>/<tensor>`. */
  readonly state: HostTensors;
}

/** A rule that does more than take the average. */
export type OptimiserRule = Exclude<ServerRule, { rule: 'average' }>;
type Adaptive = Extract<ServerRule, { rule: 'adam' | 'yogi' }>;
type Moments = Readonly<Record<string, Float32Array>>;

interface Optimiser {
  /** What it remembers of each value, and what that starts from. */
  readonly moments: Readonly<Record<string, number>>;
  /** Updates the moments of value `index` by the plants' mean change `delta` and gives the change to make. */
  step(moments: Moments, index: number, delta: number): number;
}

/** The rules by name. */
const optimisers = {
  /** Hsu et al. 2019, arXiv 1909.06335, section 4.3. */
  momentum: ({ learningRate, momentum }: Extract<ServerRule, { rule: 'momentum' }>): Optimiser => ({
    moments: { first: 0 },
    step({ first }, index, delta) {
      first![index] = momentum * first![index]! + delta;
      return learningRate * first![index]!;
    },
  }),
  /** Reddi et al. 2021, arXiv 2003.00295, algorithm 2. */
  adam: (options: Adaptive) => adaptive(options, (second, square) => square - second),
  /** The same algorithm; the second moment moves by the square's size, not by how far away it is. */
  yogi: (options: Adaptive) => adaptive(options, (second, square) => square * Math.sign(square - second)),
};

/** @param towards which way and how far the second moment is pulled by the square of a change */
function adaptive(
  { learningRate, beta1, beta2, epsilon }: Adaptive,
  towards: (second: number, square: number) => number,
): Optimiser {
  return {
    moments: { first: 0, second: epsilon ** 2 },
    step({ first, second }, index, delta) {
      first![index] = beta1 * first![index]! + (1 - beta1) * delta;
      second![index] = second![index]! + (1 - beta2) * towards(second![index]!, delta * delta);
      return (learningRate * first![index]!) / (Math.sqrt(second![index]!) + epsilon);
    },
  };
}

function optimiserOf(rule: OptimiserRule): Optimiser {
  return rule.rule === 'momentum' ? optimisers.momentum(rule) : optimisers[rule.rule](rule);
}

/**
 * One step of the server on one module: the plants' mean change since `base` is taken as the negative gradient of
 * an optimiser.
 * @param base the round's global module
 * @param average the plants' average of it
 * @param state what the last step gave; undefined before the first
 */
export async function serverStep(
  rule: OptimiserRule,
  base: HostTensors,
  average: HostTensors,
  state: HostTensors | undefined,
): Promise<ServerStep> {
  const optimiser = optimiserOf(rule);
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
    await inStrides(data.length, (index) => {
      stepped[index] = before[index]! + optimiser.step(moments, index, data[index]! - before[index]!);
    });
    tensors[name] = { shape, data: stepped };
  }
  return { tensors, state: next };
}

function copyOrFilled(tensor: HostTensor | undefined, shape: readonly number[], start: number): HostTensor {
  return { shape, data: tensor?.data.slice() ?? new Float32Array(sizeOf(shape)).fill(start) };
}
