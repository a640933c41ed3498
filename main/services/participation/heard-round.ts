import type { RoundState } from '../../../protocol/messages.ts';
import { type Context, type HeardRound, settingNames } from '../context.ts';

/** Keeps the aggregator's answer on rounds for the window. */
export function noteRound({ store, changed }: Context, state: RoundState): void {
  const now: HeardRound = { state, at: new Date().toISOString(), reachable: true };
  store.settings.set(settingNames.heard, now);
  changed();
}

/** Keeps that the aggregator is asked for the first time since the plant began to take part, or went on with it. */
export function noteAsking({ store, changed }: Context): void {
  const {
    lostSince: _,
    nextTry: __,
    ...before
  } = store.settings.get<HeardRound>(settingNames.heard) ?? {
    reachable: true,
  };
  store.settings.set(settingNames.heard, { ...before, reachable: true, asking: true } satisfies HeardRound);
  changed();
}

/** Keeps that the aggregator cannot be reached, since when, and when it is asked again. */
export function noteLost({ store, changed }: Context, pauseSeconds: number): void {
  const { asking: _, ...before } = store.settings.get<HeardRound>(settingNames.heard) ?? { reachable: true };
  const now = Date.now();
  store.settings.set(settingNames.heard, {
    ...before,
    reachable: false,
    lostSince: before.lostSince ?? new Date(now).toISOString(),
    nextTry: new Date(now + pauseSeconds * 1000).toISOString(),
  } satisfies HeardRound);
  changed();
}
