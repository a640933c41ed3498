import { FedReconError } from '../../protocol/errors.ts';
import type { HostTensor, HostTensors } from '../../protocol/tensors.ts';
import { sizeOf } from '../../protocol/tensors.ts';
import { unroll } from '../engine/unroll.ts';
import { adamRate, momentShapes } from './adam.ts';
import { openBatches } from './batches.ts';
import type { ModuleTensors } from './inference.ts';
import type { Meter } from './meter.ts';
import { frozenTensors } from './replica.ts';
import type { RoundJob } from './round-job.ts';
import { type Objective, trainingStep } from './step.ts';
import type { Task } from './task.ts';
import type { TaskState } from './task-state.ts';

/**
 * Number of steps that run as one program: by measurement, 4 are up to 40 % faster than 1, and more gain nothing on a
 * CPU.
 */
const together = 4;

/**
 * Largest number of values of a batch whose steps run together; with more there is nothing to gain, and it costs memory
 * and delays a Stop.
 */
const largestTogether = 2 ** 20;

function stepsTogether({ batch }: Objective): number {
  const values = Object.values(batch).reduce((sum, shape) => sum + sizeOf(shape), 0);
  return values > largestTogether ? 1 : together;
}

/** Time between checkpoints: at most this much work is lost with a killed process. */
const checkpointMilliseconds = 3000;

/**
 * Trains one task of a round and saves its state: every few seconds, when it is done, and when it is stopped.
 * @returns the state when done, from the store if this round's task was done before
 */
export async function trainTask(
  job: RoundJob,
  task: Task,
  modules: ModuleTensors,
  meter: Meter,
  index: number,
): Promise<TaskState> {
  const { plan, programs, state, abort } = job;
  const { batch, localEpochs: epochs, learningRate, seed } = plan.training;
  let now = startingState(await state.load(task.name), job, task, modules);
  if (now.done) return now;

  const path = [job.round, task.name];
  const unrolled = stepsTogether(task.objective);
  const batches = openBatches(task.examples, { batch, epochs, unroll: unrolled, seed, path });
  const parts = task.examples.parts.length;
  const position = (step: number) => ({
    step,
    steps: batches.steps,
    seen: batches.seen(step),
    parts,
    epochs,
  });
  const program = await programs.get(`train ${task.name}: ${task.objective.terms}`, () =>
    unroll(trainingStep(task.objective), unrolled),
  );
  program.load({ ...now.tensors, ...frozenTensors(task.objective, modules) });
  const factors: HostTensor = {
    shape: [unrolled, task.factors.length],
    data: Float32Array.from(
      { length: unrolled * task.factors.length },
      (_, place) => task.factors[place % task.factors.length]!,
    ),
  };
  const save = async (done: boolean) => {
    now = { ...now, done, tensors: withoutFrozen(await program.read(), task) };
    await state.save(task.name, now);
  };

  meter.start(index, task, position(now.step));
  let saved = performance.now();
  while (now.step < batches.steps) {
    if (abort.aborted) {
      await save(false);
      throw abort.reason;
    }
    const rates = Float32Array.from({ length: unrolled }, (_, offset) =>
      adamRate(learningRate, now.adamSteps + offset + 1),
    );
    const rate = { shape: [unrolled], data: rates };
    const { losses } = await program.run({ ...batches.fill(now.step), rate, factors });
    const sums = sumByTerm(losses!.data, task.factors.length);
    if (!sums.every(Number.isFinite)) throw new FedReconError('training-diverged', { task: task.name });
    now = {
      ...now,
      step: now.step + unrolled,
      adamSteps: now.adamSteps + unrolled,
      lossSums: now.lossSums.map((sum, place) => sum + sums[place]!),
    };
    meter.advance(position(now.step), sums, unrolled);
    if (performance.now() - saved > checkpointMilliseconds) {
      await save(false);
      saved = performance.now();
    }
  }
  await save(true);
  return now;
}

/**
 * State that a task starts from: this round's saved state, or the global weights, with the moments of an earlier round
 * if the plan keeps them and they fit this model.
 */
function startingState(
  saved: TaskState | undefined,
  { key, plan }: RoundJob,
  task: Task,
  modules: ModuleTensors,
): TaskState {
  if (saved?.key === key) return saved;
  const shapes = Object.entries(momentShapes(task.objective.trained));
  const kept =
    plan.research.moments === 'kept' &&
    saved !== undefined &&
    shapes.every(([name, shape]) => `${saved.tensors[name]?.shape}` === `${shape}`);
  const moments = shapes.map(([name, shape]) => {
    const none = { shape, data: new Float32Array(sizeOf(shape)) };
    return [name, kept ? saved.tensors[name]! : none] as const;
  });
  return {
    key,
    done: false,
    step: 0,
    adamSteps: kept ? saved.adamSteps : 0,
    lossSums: task.factors.map(() => 0),
    tensors: { ...tensorsOf(modules, task.modules), ...Object.fromEntries(moments) },
  };
}

function tensorsOf(modules: ModuleTensors, names: Task['modules']): HostTensors {
  return Object.assign({}, ...names.map((name) => modules[name]));
}

function withoutFrozen(tensors: HostTensors, { objective }: Task): HostTensors {
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => !(name in objective.frozen)));
}

function sumByTerm(losses: Float32Array, terms: number): number[] {
  const sums = new Array<number>(terms).fill(0);
  for (const [place, value] of losses.entries()) sums[place % terms]! += value;
  return sums;
}
