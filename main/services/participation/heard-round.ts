import type { RoundState } from '../../../protocol/messages.ts';
import { type Context, type HeardRound, settingNames } from '../context.ts';

/** Keeps the aggregator's last answer on rounds for the window; `undefined`: it cannot be reached. */
export function noteRound({ store, changed }: Context, state: RoundState | undefined): void {
  const before = store.settings.get<HeardRound>(settingNames.heard);
  const now: HeardRound = state
    ? { state, at: new Date().toISOString(), reachable: true }
    : { ...before, reachable: false };
  store.settings.set(settingNames.heard, now);
  changed();
}
