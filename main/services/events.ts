import type { WorkstationEvent } from '../api/contract.ts';
import type { WorkstationState } from '../api/views.ts';

/** Events that the workstation sends to its windows by itself. */
interface Events {
  subscribe(listener: (event: WorkstationEvent) => void): () => void;
  emit(event: WorkstationEvent): void;
  /** Says that the snapshot changed: it is sent soon, once for all changes until then. */
  changed(): void;
  close(): void;
}

/** Delay of a snapshot: a person sees nothing faster, and many small changes cost one snapshot. */
const stateMilliseconds = 50;

export function createEvents(state: () => WorkstationState, log: (line: string) => void): Events {
  const listeners = new Set<(event: WorkstationEvent) => void>();
  let timer: NodeJS.Timeout | undefined;
  const emit = (event: WorkstationEvent) => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (thrown) {
        log(`a listener failed: ${thrown}`);
      }
    }
  };
  return {
    emit,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        try {
          if (listeners.size > 0) emit({ type: 'state', state: state() });
        } catch (thrown) {
          log(`no snapshot: ${thrown}`);
        }
      }, stateMilliseconds);
    },
    close: () => {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
