import type { ModuleName } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import { moduleShapes } from '../../protocol/shapes.ts';
import { type HostTensor, type HostTensors, sizeOf } from '../../protocol/tensors.ts';
import { fillUniform } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';

/** Variance that a decoder expects of a measurement before it has seen one. */
const initialVariance = 0.02;

/**
 * Initial value of a parameter: a pure function of the plan's seed, its name and its shape, so all plants start from
 * the same model without a download.
 */
export function initialTensor(seed: number, name: string, shape: readonly number[]): HostTensor {
  const data = new Float32Array(sizeOf(shape));
  const role = name.slice(name.lastIndexOf('/') + 1);
  if (role === 'scale') data.fill(1);
  if (role === 'logvar') data.fill(Math.log(initialVariance));
  // A mapping's residual starts from nothing, so that what the latent can say is learned by the latent.
  if (role === 'kernel' && !name.endsWith('/residual/kernel')) {
    const bound = glorotBound(shape);
    fillUniform(data, keyOf(seed, 'initialise', name), -bound, bound);
  }
  return { shape, data };
}

/** Initial parameters of a module. */
export function initialModule(plan: Plan, module: ModuleName): HostTensors {
  const shapes = Object.entries(moduleShapes(plan, module));
  return Object.fromEntries(
    shapes.map(([name, shape]) => [name, initialTensor(plan.training.seed, name, shape)]),
  );
}

/** Named modules: those that are given, others with their initial parameters. */
export function givenOrInitial(
  plan: Plan,
  names: readonly ModuleName[],
  given: Readonly<Partial<Record<ModuleName, HostTensors>>> = {},
): Partial<Record<ModuleName, HostTensors>> {
  return Object.fromEntries(names.map((name) => [name, given[name] ?? initialModule(plan, name)]));
}

/**
 * Glorot bound √(6 / (fan in + fan out)); a convolution's fans count its window. Source: Glorot and Bengio, AISTATS
 * 2010.
 */
function glorotBound(shape: readonly number[]): number {
  const window = sizeOf(shape.slice(0, -2));
  const channels = shape.slice(-2);
  return Math.sqrt(6 / (window * (channels[0]! + channels[1]!)));
}
