import type { Task } from './task.ts';

/** Progress of a round. */
export interface RoundProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  /** Mean of each term since the last report: `camera/likelihood`. */
  readonly losses: Readonly<Record<string, number>>;
  readonly samplesPerSecond: number;
  /** Share of the round's training that is done, 0…1. */
  readonly fraction: number;
  readonly remainingSeconds?: number;
}

/** Position within one task. */
interface TaskPosition {
  readonly step: number;
  readonly steps: number;
  readonly seen: number;
  readonly parts: number;
  readonly epochs: number;
}

/** Meter of a round's training: counts steps and parts of this call and reports them ten times a second at most. */
export interface Meter {
  /** Starts or resumes task `index` at `position`. */
  start(index: number, task: Task, position: TaskPosition): void;
  /** Counts steps. @param losses sums of the loss terms over `steps` steps */
  advance(position: TaskPosition, losses: readonly number[], steps: number): void;
  samplesPerSecond(): number;
}

const reportMilliseconds = 100;

/** Opens a meter. @param work expected cost of each task, in any unit */
export function openMeter(work: readonly number[], report: (progress: RoundProgress) => void): Meter {
  const total = work.reduce((sum, cost) => sum + cost, 0);
  const began = performance.now();
  let reported = Number.NEGATIVE_INFINITY;
  let current: { index: number; task: Task; from: TaskPosition } | undefined;
  let samples = 0;
  let trainingMilliseconds = 0;
  let last = began;
  let startFraction: number | undefined;
  let pending: { sums: number[]; steps: number } = { sums: [], steps: 0 };

  const fractionAt = (index: number, position: TaskPosition) => {
    const before = work.slice(0, index).reduce((sum, cost) => sum + cost, 0);
    return (before + (work[index]! * position.step) / position.steps) / total;
  };
  const samplesPerSecond = () => (trainingMilliseconds > 0 ? (samples / trainingMilliseconds) * 1000 : 0);

  return {
    start(index, task, position) {
      current = { index, task, from: position };
      startFraction ??= fractionAt(index, position);
      pending = { sums: task.factors.map(() => 0), steps: 0 };
      last = performance.now();
    },
    advance(position, losses, steps) {
      const { index, task, from } = current!;
      const now = performance.now();
      trainingMilliseconds += now - last;
      last = now;
      samples += position.seen - from.seen;
      current = { index, task, from: position };
      pending.steps += steps;
      for (const [term, value] of losses.entries()) pending.sums[term]! += value;
      if (now - reported < reportMilliseconds) return;
      reported = now;
      const fraction = fractionAt(index, position);
      const progressed = fraction - startFraction!;
      const remaining = ((1 - fraction) * (now - began)) / 1000 / progressed;
      report({
        epoch: Math.min(position.epochs, Math.floor(position.seen / position.parts) + 1),
        epochs: position.epochs,
        batch: position.step,
        batches: position.steps,
        losses: Object.fromEntries(
          task.objective.terms.map((term, place) => [
            `${task.name}/${term}`,
            pending.sums[place]! / pending.steps,
          ]),
        ),
        samplesPerSecond: samplesPerSecond(),
        fraction,
        ...(progressed > 0 ? { remainingSeconds: remaining } : {}),
      });
      pending = { sums: task.factors.map(() => 0), steps: 0 };
    },
    samplesPerSecond,
  };
}
