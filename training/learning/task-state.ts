import type { HostTensors } from '../../protocol/tensors.ts';
import type { Memory } from './memory.ts';

/** State of a task: enough to continue it exactly, and to pass its moments on to the next round. */
export interface TaskState {
  /** Key of the inputs that this state belongs to; see `RoundJob.key`. */
  readonly key: string;
  /** True if the round's training of this task is complete. */
  readonly done: boolean;
  /** Number of steps of this round that are in the weights. */
  readonly step: number;
  /** Number of Adam steps in the moments, over all rounds. */
  readonly adamSteps: number;
  /** Sums of the loss terms over the steps of this round. */
  readonly lossSums: readonly number[];
  /** Trained parameters and their moments. */
  readonly tensors: HostTensors;
}

/**
 * Store of what a plant keeps between calls. Saving replaces a task's state, or the memory, as a whole or not at all.
 */
export interface StateStore {
  load(task: string): Promise<TaskState | undefined>;
  save(task: string, state: TaskState): Promise<void>;
  /** Memory of the plant's own parts; undefined before the first round. */
  loadMemory(): Promise<Memory | undefined>;
  saveMemory(memory: Memory): Promise<void>;
}

/** Store in memory, which ends with the process, for simulations and tests. */
export function memoryStateStore(): StateStore {
  const states = new Map<string, TaskState>();
  let kept: Memory | undefined;
  return {
    load: (task) => Promise.resolve(states.get(task)),
    save(task, state) {
      states.set(task, state);
      return Promise.resolve();
    },
    loadMemory: () => Promise.resolve(kept),
    saveMemory(memory) {
      kept = memory;
      return Promise.resolve();
    },
  };
}
