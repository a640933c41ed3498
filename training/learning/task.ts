import type { Backing } from '../../protocol/backing.ts';
import type { Modality } from '../../protocol/kinds/index.ts';
import type { ModuleName } from '../../protocol/modules.ts';
import { trainingKind } from '../kinds/index.ts';
import type { Examples } from './batches.ts';
import type { Dataset } from './datasets.ts';
import type { FrozenModel } from './inference.ts';
import { withProximal } from './proximal.ts';
import type { Objective } from './step.ts';

/** Modules that are trained together in a program of their own. */
export interface Task {
  /** `camera` for its generator, `camera←gauge` for a mapping: names losses, draws and state. */
  readonly name: string;
  /** What is trained and sent back. */
  readonly modules: readonly ModuleName[];
  readonly objective: Objective;
  /** Weights of the objective's terms in this round. */
  readonly factors: readonly number[];
  readonly examples: Examples;
  /** How many parts' worth of teaching this is: the weight in the federated average. */
  readonly samples: number;
  /** How many of the examples' parts another source completed, by that source; none where left out. */
  readonly completed?: Backing['completed'];
}

/** What a stage's tasks are made from. */
export interface TaskContext extends FrozenModel {
  readonly dataset: Dataset;
  readonly round: number;
  /** Modules that came from the federation; the rest of `modules` is as the plan's seed starts it. */
  readonly fetched: ReadonlySet<string>;
}

/** What an input that holds a modality's measurements needs so that values beyond its list are learned too. */
export function unlistedIn(input: string, modality: Modality): Pick<Examples, 'unlisted'> {
  const row = trainingKind(modality).unlisted?.(modality);
  return row ? { unlisted: { [input]: row } } : {};
}

/** FedProx: the task with the pull of {@link withProximal} towards the round's global parameters, of weight μ. */
export function heldNear(task: Task, proximal: number): Task {
  return { ...task, objective: withProximal(task.objective), factors: [...task.factors, proximal] };
}
