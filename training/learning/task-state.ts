import type { HostTensors } from '../../protocol/tensors.ts';
import type { Memory } from './memory.ts';

/** A task as it stands: enough to go on exactly, and to lend its moments to the next round. */
export interface TaskState {
  /** The inputs that this state belongs to; see `RoundJob.key`. */
  readonly key: string;
  /** Whether the round's training of this task is complete. */
  readonly done: boolean;
  /** Steps of this round that are in the weights. */
  readonly step: number;
  /** Adam steps in the moments, over all rounds. */
  readonly adamSteps: number;
  /** Sums of the loss terms over the steps of this round. */
  readonly lossSums: readonly number[];
  /** Trained parameters and their moments. */
  readonly tensors: HostTensors;
}

/** What a plant keeps between calls. Saving replaces a task's state, or the memory, as a whole or not at all. */
export interface StateStore {
  load(task: string): Promise<TaskState | undefined>;
  save(task: string, state: TaskState): Promise<void>;
  /** Of its own parts; undefined before the first round. */
  loadMemory(): Promise<Memory | undefined>;
  saveMemory(memory: Memory): Promise<void>;
}

/** A store that ends with the process, for simulations and tests. */
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
