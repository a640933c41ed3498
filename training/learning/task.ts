import type { Backing } from '../../protocol/backing.ts';
import type { Modality } from '../../protocol/kinds/index.ts';
import type { ModuleName } from '../../protocol/modules.ts';
import { trainingKind } from '../kinds/index.ts';
import type { Examples } from './batches.ts';
import type { Dataset } from './datasets.ts';
import type { FrozenModel } from './inference.ts';
import { withProximal } from './proximal.ts';
import type { Objective } from './step.ts';

/** Task: modules that are trained together in a program of their own. */
export interface Task {
  /** Name for losses, draws and state: `camera` for its generator, `camera←gauge` for a mapping. */
  readonly name: string;
  /** Modules that are trained and sent back. */
  readonly modules: readonly ModuleName[];
  readonly objective: Objective;
  /** Weights of the objective's terms in this round. */
  readonly factors: readonly number[];
  readonly examples: Examples;
  /** Weight in the federated average: the number of parts, a completed one for less. */
  readonly samples: number;
  /** Number of the examples' parts that another source completed, by that source; none where left out. */
  readonly completed?: Backing['completed'];
}

/** Context from which a stage's tasks are made. */
export interface TaskContext extends FrozenModel {
  readonly dataset: Dataset;
  readonly round: number;
  /** Modules that came from the federation; the rest of `modules` is as the plan's seed starts it. */
  readonly fetched: ReadonlySet<string>;
}

/** Field of examples by which an input of a modality's measurements also teaches unlisted values. */
export function unlistedIn(input: string, modality: Modality): Pick<Examples, 'unlisted'> {
  const row = trainingKind(modality).unlisted?.(modality);
  return row ? { unlisted: { [input]: row } } : {};
}

/** Adds FedProx to a task: the pull of {@link withProximal} towards the round's global parameters, of weight μ. */
export function heldNear(task: Task, proximal: number): Task {
  return { ...task, objective: withProximal(task.objective), factors: [...task.factors, proximal] };
}
