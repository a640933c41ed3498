import { type Backing, backingTotal } from '../../protocol/backing.ts';
import { type ModuleName, moduleUse } from '../../protocol/modules.ts';
import { type HostTensors, sizeOf } from '../../protocol/tensors.ts';
import { givenOrInitial } from '../model/initialise.ts';
import { withArrivals } from './continual.ts';
import { heldModalities } from './datasets.ts';
import type { ModuleTensors } from './inference.ts';
import { openMeter } from './meter.ts';
import type { RoundJob, RoundResult, TrainedTensors } from './round-job.ts';
import type { Task } from './task.ts';
import { roundTasks } from './tasks.ts';
import { trainTask } from './train-task.ts';

/**
 * Trains one round at this plant, task after task. Interrupted at any moment and called again with the same inputs, it
 * goes on from the last state and gives the same weights as if never interrupted.
 * @throws FedReconError `training-diverged`; or the reason of `abort`, after saving the state
 */
export async function trainRound(given: RoundJob): Promise<RoundResult> {
  const job = await withArrivals(given);
  const modules = withInitial(job);
  const fetched = new Set(Object.keys(job.modules));
  const tasks = await roundTasks(job.stage, { ...job, modules, fetched });
  const meter = openMeter(tasks.map(workOf), job.progress);
  const results = new Map<ModuleName, Required<TrainedTensors>>();
  const metrics: Record<string, number> = {};
  for (const [index, task] of tasks.entries()) {
    const state = await trainTask(job, task, modules, meter, index);
    for (const module of task.modules)
      results.set(module, {
        tensors: ofModule(state.tensors, module),
        samples: task.samples,
        backing: backingOf(task),
      });
    for (const [place, term] of task.objective.terms.entries())
      metrics[`${task.name}/${term}`] = state.lossSums[place]! / state.step;
  }
  return { modules: results, metrics, samplesPerSecond: meter.samplesPerSecond() };
}

function withInitial({ plan, dataset, stage, round, modules }: RoundJob): ModuleTensors {
  const { train, use } = moduleUse(plan, heldModalities(plan, dataset), stage, round);
  return givenOrInitial(plan, [...train, ...use], modules);
}

function backingOf({ examples, completed = {} }: Task): Backing {
  return { measured: examples.parts.length - backingTotal({ measured: 0, completed }), completed };
}

/** Expected cost of a task: number of parts times number of parameters. */
function workOf({ examples, objective }: Task): number {
  const shapes = Object.values({ ...objective.trained, ...objective.frozen });
  return examples.parts.length * shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
}

function ofModule(tensors: HostTensors, module: ModuleName): HostTensors {
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => name.startsWith(`${module}/`)));
}
