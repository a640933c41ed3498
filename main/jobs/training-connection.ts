import type { TrainingCommand, TrainingEvent } from '../../training/process/messages.ts';

/** Host that starts the training process: `fork` beside a browser, `utilityProcess` in Electron. */
export interface TrainingHost {
  start(): TrainingConnection;
}

/** One running training process. */
export interface TrainingConnection {
  send(command: TrainingCommand): void;
  onEvent(listener: (event: TrainingEvent) => void): void;
  /** Calls the listener once, however the process ended; `reason` is for the log. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once. */
  kill(): void;
}
