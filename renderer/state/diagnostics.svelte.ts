import type { CheckName, CheckView } from '../../main/api/views.ts';
import { call } from '../bridge/client.ts';
import { en } from '../i18n/en.ts';
import { notices } from './notices.svelte.ts';

/** Checks in the order in which they are made. */
export const checkOrder = Object.keys(en.diagnostics.checks) as CheckName[];

/** Diagnosis as it stands: it goes on while another page is on show. */
class Diagnostics {
  outcomes = $state.raw<Readonly<Partial<Record<CheckName, CheckView>>>>({});
  /** The check that runs; null: none does. */
  now = $state<CheckName | null>(null);
  #stopped = false;

  /** Number of checks whose outcome is here. */
  get done(): number {
    return Object.keys(this.outcomes).length;
  }

  get isWhole(): boolean {
    return this.now === null && this.done === checkOrder.length;
  }

  get bad(): number {
    return Object.values(this.outcomes).filter(({ state }) => state === 'bad').length;
  }

  /** Makes all checks, one after the other, until it is stopped. */
  async run(): Promise<void> {
    if (this.now !== null) return;
    this.outcomes = {};
    this.#stopped = false;
    for (const check of checkOrder) {
      this.now = check;
      const outcome = await notices.during(() => call('diagnosis.check', { check }));
      if (!outcome || this.#stopped) break;
      this.outcomes = { ...this.outcomes, [check]: outcome };
    }
    this.now = null;
  }

  /** Stops the check that runs, and makes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await notices.during(() => call('diagnosis.stop', {}));
  }
}

export const diagnostics = new Diagnostics();
