import { type Model, reduceModel, type Shelf } from '../../aggregator/rounds/reduce-model.ts';
import type { ServerOptimiser } from '../../aggregator/rounds/server-optimiser.ts';
import { type BackingByModule, gatherBacking, learnedBridges } from '../../protocol/backing.ts';
import type { ModuleName } from '../../protocol/modules.ts';
import type { Plan } from '../../protocol/plan.ts';
import { scheduledRounds, stageOfRound } from '../../protocol/schedule.ts';
import { servingModules } from '../../protocol/serving.ts';
import type { HostTensors } from '../../protocol/tensors.ts';
import { type Dataset, heldModalities } from '../../training/learning/datasets.ts';
import type { ModuleTensors } from '../../training/learning/inference.ts';
import type { Programs } from '../../training/learning/programs.ts';
import { trainRound } from '../../training/learning/round.ts';
import type { RoundJob, TrainedTensors } from '../../training/learning/round-job.ts';
import { memoryStateStore } from '../../training/learning/task-state.ts';
import { givenOrInitial } from '../../training/model/initialise.ts';
import { usualDraws } from '../../training/reconstruction/part-draws.ts';
import { type ModalityReconstruction, reconstruct } from '../../training/reconstruction/reconstruct.ts';
import { type Stopwatch, wallWatch } from './stopwatch.ts';

/** One plant of a simulation. */
export interface SimulatedPlant {
  readonly name: string;
  readonly dataset: Dataset;
}

export interface SimulatedRound {
  readonly round: number;
  readonly stage: string;
  /** Seconds each plant trained, in the plants' order. */
  readonly seconds: readonly number[];
  /** The modules that reconstruct, after this round. */
  readonly serving: ModuleTensors;
  /** What stands behind the modules, so far. */
  readonly backing: BackingByModule;
}

/** Tensors where they are. What a round leaves alone stays the same object. */
const memoryShelf: Shelf<HostTensors> = {
  load: (tensors) => Promise.resolve(tensors),
  store: (tensors) => Promise.resolve(tensors),
  same: (one, other) => one === other,
};

/** What a plant does in a round: the product's training, or a rival's. */
export type PlantTraining = (job: RoundJob) => Promise<{ modules: ReadonlyMap<ModuleName, TrainedTensors> }>;

/**
 * A federation in one process: the plants' real training, one after the other, and the aggregator's reduction and
 * stage transition in memory. No network, no files.
 * @param watch times what each plant trains
 * @param server what makes the server's step; as the plan says if not given
 */
export async function* simulate(
  plan: Plan,
  plants: readonly SimulatedPlant[],
  programs: Programs,
  train: PlantTraining = trainRound,
  watch: () => Stopwatch = wallWatch,
  server?: ServerOptimiser,
): AsyncGenerator<SimulatedRound> {
  const states = plants.map(() => memoryStateStore());
  const { signal } = new AbortController();
  let model: Model<HostTensors> = { modules: {}, serving: {}, optimiser: {} };
  let backing: BackingByModule = {};
  for (let round = 1; round <= scheduledRounds(plan); round++) {
    const { stage } = stageOfRound(plan, round);
    const seconds: number[] = [];
    const contributions: Record<string, TrainedTensors>[] = [];
    for (const [index, { dataset }] of plants.entries()) {
      const spent = watch();
      const state = states[index]!;
      const common = { plan, stage, round, dataset, programs, state, abort: signal };
      const { modules } = model;
      const result = await train({ ...common, modules, key: `round ${round}`, progress: () => {} });
      contributions.push(Object.fromEntries(result.modules));
      seconds.push(spent());
    }
    backing = gatherBacking(backing, contributions.map(backingOf));
    model = await reduceModel(plan, round, contributions, model, memoryShelf, server);
    yield { round, stage, seconds, serving: model.serving, backing };
  }
}

/** What a plant sees of the modalities that its parts lack, with the serving modules. */
export async function reconstructAt(
  plan: Plan,
  { dataset }: SimulatedPlant,
  serving: ModuleTensors,
  programs: Programs,
  includeMeasured = false,
  backing: BackingByModule = {},
): Promise<Record<string, ModalityReconstruction>> {
  const needed = servingModules(plan, heldModalities(plan, dataset));
  const modules = givenOrInitial(plan, needed, serving);
  const { signal } = new AbortController();
  return reconstruct({ plan, programs, modules, abort: signal }, dataset, {
    draws: usualDraws,
    includeMeasured,
    fetched: new Set(Object.keys(serving)),
    learned: learnedBridges(backing),
    progress: () => {},
  });
}

function backingOf(contribution: Readonly<Record<string, TrainedTensors>>): BackingByModule {
  const stated = Object.entries(contribution).flatMap(([name, { backing }]) =>
    backing ? [[name, backing] as const] : [],
  );
  return Object.fromEntries(stated);
}
