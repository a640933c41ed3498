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

/** Job of one round of training at one plant. */
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
  /** Key of this job's inputs: of a state with another key only the moments are used. */
  readonly key: string;
  readonly abort: AbortSignal;
  progress(progress: RoundProgress): void;
}

export interface TrainedTensors {
  readonly tensors: HostTensors;
  /** Weight in the federated average: parts that taught it. */
  readonly samples: number;
  /** Backing of the module; the rival methods of the benchmark may leave it out. */
  readonly backing?: Backing;
}

/** Result of a round of training. */
export interface RoundResult {
  readonly modules: ReadonlyMap<ModuleName, Required<TrainedTensors>>;
  /** Mean losses of the round: `camera/likelihood`, `camera←gauge/latent`, … */
  readonly metrics: Readonly<Record<string, number>>;
  /** Number of parts trained on in a second; 0 if everything had been trained before. */
  readonly samplesPerSecond: number;
}
