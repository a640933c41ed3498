import type { Shapes } from '../../protocol/shapes.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import type { Weights } from '../model/layers.ts';
import type { ModuleTensors } from './inference.ts';
import type { Objective } from './step.ts';

/**
 * Prefix of the frozen replica's names. The replica is the global value of a parameter that is trained here, kept
 * beside it in a program for as long as the round lasts, so that training can be held near it.
 */
const prefix = 'global/';

/** Names and shapes of the replicas of `trained`, which an objective that reads them lists as frozen. */
export function replicaShapes(trained: Shapes): Shapes {
  return Object.fromEntries(Object.entries(trained).map(([name, shape]) => [prefix + name, shape]));
}

/** Replicas in a program's inputs, by the parameters' own names. */
export function replicaOf(inputs: Weights): Weights {
  const replicas = Object.entries(inputs).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(replicas.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

/** Frozen tensors that an objective reads, from the round's global modules. */
export function frozenTensors({ frozen }: Objective, modules: ModuleTensors): HostTensors {
  const tensors: HostTensors = Object.assign({}, ...Object.values(modules));
  const read = (name: string) => tensors[name.startsWith(prefix) ? name.slice(prefix.length) : name]!;
  return Object.fromEntries(Object.keys(frozen).map((name) => [name, read(name)]));
}
