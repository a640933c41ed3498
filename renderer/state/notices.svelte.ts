import type { ErrorView } from '../../main/api/views.ts';
import { CallError } from '../bridge/client.ts';

/** The one error on show. It stays until it is dismissed or the next action succeeds. */
class Notices {
  error = $state.raw<ErrorView | null>(null);
  /** Whether it was met by reading, not by an action. */
  #isOfReading = false;

  dismiss(): void {
    this.error = null;
  }

  /** Runs an action of the person; a refusal is shown and answered with `undefined`. */
  async during<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      const value = await action();
      this.error = null;
      return value;
    } catch (thrown) {
      this.report(thrown);
      return undefined;
    }
  }

  /** Reads what the window shows: a refusal is shown, and what an action has met stays on show though this succeeds. */
  async reading<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      const value = await read();
      if (this.#isOfReading) this.error = null;
      return value;
    } catch (thrown) {
      this.report(thrown);
      this.#isOfReading = true;
      return undefined;
    }
  }

  /** Runs an action as `during` does; `owner` is busy meanwhile. */
  async whileBusy<T>(owner: { busy: boolean }, action: () => Promise<T>): Promise<T | undefined> {
    owner.busy = true;
    try {
      return await this.during(action);
    } finally {
      owner.busy = false;
    }
  }

  /** Shows a refused call; an error that is no refusal is a fault of the window and thrown on. */
  report(thrown: unknown): void {
    if (!(thrown instanceof CallError)) throw thrown;
    this.error = thrown.view;
    this.#isOfReading = false;
  }
}

export const notices = new Notices();
