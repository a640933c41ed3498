import type { CallName } from '../../main/api/contract.ts';
import { CallError, whenDone } from '../bridge/client.ts';
import { afterSuccess, type KeptError, withError, without } from './kept-errors.ts';
import { people } from './people.svelte.ts';

/** Errors of refused calls, each shown where it belongs: beside its action, in its dialog, or at the foot of the page. */
class Notices {
  errors = $state.raw<readonly KeptError[]>([]);
  /** Open dialogs, the one on top last. */
  #dialogs = $state.raw<readonly symbol[]>([]);
  /** Calls whose errors are shown beside their action. */
  #placed = $state.raw<readonly CallName[]>([]);

  constructor() {
    whenDone((call) => {
      this.errors = afterSuccess(this.errors, call);
    });
  }

  /** Errors of some calls, for the place beside their action. */
  of(calls: readonly CallName[]): readonly KeptError[] {
    return this.errors.filter(({ call, dialog }) => dialog === undefined && calls.includes(call));
  }

  /** Errors that a dialog shows, or the foot of the page those that have no place of their own. */
  loose(dialog?: symbol): readonly KeptError[] {
    return this.errors.filter(
      (error) => error.dialog === dialog && (dialog !== undefined || !this.#placed.includes(error.call)),
    );
  }

  dismiss(error: KeptError): void {
    this.errors = without(this.errors, (other) => other === error);
  }

  /** Says that errors of some calls have a place beside their action; the answer ends that. */
  place(calls: readonly CallName[]): () => void {
    this.#placed = [...this.#placed, ...calls];
    return () => {
      const left = [...this.#placed];
      for (const call of calls) left.splice(left.indexOf(call), 1);
      this.#placed = left;
    };
  }

  /** Says that a dialog has opened; the answer ends that, and dismisses its errors. */
  open(dialog: symbol): () => void {
    this.#dialogs = [...this.#dialogs, dialog];
    return () => {
      this.#dialogs = this.#dialogs.filter((other) => other !== dialog);
      this.errors = without(this.errors, (error) => error.dialog === dialog);
    };
  }

  /** Runs an action of the person; a refusal is shown and answered with `undefined`. */
  async during<T>(action: () => Promise<T>): Promise<T | undefined> {
    const dialog = this.#dialogs.at(-1);
    try {
      return await action();
    } catch (thrown) {
      this.report(thrown, dialog);
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

  /**
   * Shows a refused call; an error that is no refusal is a fault of the window and thrown on.
   * @param dialog where the action was; once that has closed, the foot of the page or the action's place shows it
   */
  report(thrown: unknown, dialog?: symbol): void {
    if (!(thrown instanceof CallError)) throw thrown;
    // What is missing is asked for in place.
    if (thrown.view.code === 'pin-missing') people.asking = true;
    const isOpen = dialog !== undefined && this.#dialogs.includes(dialog);
    const error = { call: thrown.call, view: thrown.view, dialog: isOpen ? dialog : undefined };
    this.errors = withError(this.errors, error);
  }
}

export const notices = new Notices();
