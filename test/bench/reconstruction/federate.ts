import type { ServerOptimiser } from '../../../aggregator/rounds/server-optimiser.ts';
import type { ModuleName } from '../../../protocol/modules.ts';
import type { Plan } from '../../../protocol/plan.ts';
import { scheduledRounds } from '../../../protocol/schedule.ts';
import type { HostTensors } from '../../../protocol/tensors.ts';
import type { Engine } from '../../../training/engine/index.ts';
import type { ModuleTensors } from '../../../training/learning/inference.ts';
import { openMeter } from '../../../training/learning/meter.ts';
import { openPrograms, type Programs } from '../../../training/learning/programs.ts';
import type { RoundJob, TrainedTensors } from '../../../training/learning/round-job.ts';
import type { Table } from '../../../training/learning/row-table.ts';
import type { Task } from '../../../training/learning/task.ts';
import { trainTask } from '../../../training/learning/train-task.ts';
import { simulate } from '../simulate.ts';
import { workWatch } from '../stopwatch.ts';
import type { Latents, Snapshot } from './methods/method.ts';
import { rivalsEma, type SourceSet } from './setting.ts';
import { meter } from './traffic.ts';
import type { BenchPlant, World } from './world.ts';

/** How a rival's plant trains its tasks. */
export interface RivalTraining {
  train: typeof trainTasks;
  /** Modules that a plant fetches for its tasks. */
  needs(tasks: readonly Task[]): readonly ModuleName[];
}

const plainTraining: RivalTraining = {
  train: (job, tasks, modules) => trainTasks(job, tasks, modules),
  needs: (tasks) => tasks.flatMap(({ modules }) => modules),
};

/** A federated rival: other networks and losses in the product's rounds, steps and averages. */
export interface Rival {
  readonly plan: Plan;
  /** Plain averages if not given: what the plan's server does and how slowly its model serves are FedRecon's own. */
  readonly server?: ServerOptimiser | undefined;
  /** All its modules before the first round. */
  readonly initial: ModuleTensors;
  tasks(plant: BenchPlant, round: number): Task[];
  /** Plain descent if not given. */
  readonly training?: RivalTraining | undefined;
  reconstruct(source: SourceSet, serving: ModuleTensors, programs: Programs): Promise<Table>;
  /** The latents of the held-out parts, where it has some. */
  latents?(source: SourceSet, serving: ModuleTensors, programs: Programs): Promise<Latents>;
}

/** Runs a rival for as many rounds as FedRecon's stages have together, with as many passes over a plant's parts in each. */
export async function* federate(world: World, engine: Engine, rival: Rival): AsyncGenerator<Snapshot> {
  const programs = openPrograms(engine);
  const rounds = scheduledRounds(world.plan);
  const plan: Plan = {
    ...rival.plan,
    research: { ...rival.plan.research, servingEma: rivalsEma, serverMomentum: 0 },
    stages: [{ stage: 'generators', rounds }],
  };
  const tasksOf = ({ dataset, round }: RoundJob) =>
    rival.tasks(world.plants.find((plant) => plant.dataset === dataset)!, round);
  const training = rival.training ?? plainTraining;
  const watch = () => workWatch(engine.device);
  const { train, bytes } = meter(
    (job) => training.train(job, tasksOf(job), { ...rival.initial, ...job.modules }),
    (job) => training.needs(tasksOf(job)),
  );
  try {
    const course = simulate(plan, world.plants, programs, train, watch, rival.server);
    for await (const { round, seconds, serving } of course) {
      const modules: ModuleTensors = { ...rival.initial, ...serving };
      yield {
        round,
        rounds,
        seconds: seconds.reduce((sum, value) => sum + value, 0),
        bytes: bytes(),
        reconstruct: async (source) => [await rival.reconstruct(source, modules, programs)],
        ...(rival.latents && {
          latents: async (source: SourceSet) => [await rival.latents!(source, modules, programs)],
        }),
      };
    }
  } finally {
    await programs.dispose();
  }
}

/** Trains tasks one after the other from the given modules, with the product's own loop. */
export async function trainTasks(
  job: RoundJob,
  tasks: readonly Task[],
  modules: ModuleTensors,
): Promise<{ modules: ReadonlyMap<ModuleName, TrainedTensors> }> {
  const work = tasks.map(({ examples }) => examples.parts.length);
  const progress = openMeter(work, job.progress);
  const trained = new Map<ModuleName, TrainedTensors>();
  for (const [index, task] of tasks.entries()) {
    const { tensors } = await trainTask(job, task, modules, progress, index);
    for (const name of task.modules)
      trained.set(name, { tensors: ofModule(tensors, name), samples: task.samples });
  }
  return { modules: trained };
}

function ofModule(tensors: HostTensors, module: ModuleName): HostTensors {
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => name.startsWith(`${module}/`)));
}
