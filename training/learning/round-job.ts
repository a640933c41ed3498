import type { Backing } from '../../protocol/backing.ts';
import type { ModuleName } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import type { StageName } from '../../protocol/schedule.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import type { Dataset } from './datasets.ts';
import type { ModuleTensors } from './inference.ts';
import type { RoundProgress } from './meter.ts';
import type { Programs } from './programs.ts';
import type { StateStore } from './task-state.ts';

/** One round of training at one plant. */
export interface RoundJob {
  readonly plan: Plan;
  readonly stage: StageName;
  readonly round: number;
  /** All parts of the plant; the plan says which of them a round trains on. */
  readonly dataset: Dataset;
  /** Global modules; one that is absent starts from the plan's seed. */
  readonly modules: ModuleTensors;
  readonly programs: Programs;
  readonly state: StateStore;
  /** Names the inputs of this job: a state of other inputs only lends its moments. */
  readonly key: string;
  readonly abort: AbortSignal;
  progress(progress: RoundProgress): void;
}

export interface TrainedTensors {
  readonly tensors: HostTensors;
  /** Parts that taught it: its weight in the federated average. */
  readonly samples: number;
  /** What stands behind it; a rival of the benchmark need not say. */
  readonly backing?: Backing;
}

/** What a round gives back. */
export interface RoundResult {
  readonly modules: ReadonlyMap<ModuleName, Required<TrainedTensors>>;
  /** Mean losses of the round: `camera/likelihood`, `camera←gauge/latent`, … */
  readonly metrics: Readonly<Record<string, number>>;
  /** Parts trained on a second; 0 if everything had been trained before. */
  readonly samplesPerSecond: number;
}
