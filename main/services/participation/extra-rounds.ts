import type { AggregatorClient } from '../../sync/aggregator-client.ts';
import { type Context, type HeardRound, settingNames } from '../context.ts';
import { describe } from '../durable-jobs.ts';
import { noteRound } from './heard-round.ts';

/** Milliseconds between two questions of a plant that is done with the schedule. */
const pause = 30_000;

/**
 * Asks, of a plant that has done the whole schedule and takes part in nothing, whether headquarters has opened an extra
 * round, so that somebody can join it. Who has not finished is never asked for: that plant was stopped by a person.
 * @param isIdle whether the plant takes part in nothing now
 */
export function watchExtraRounds(
  context: Context,
  client: () => AggregatorClient,
  isIdle: () => boolean,
): { close(): void } {
  const { store, closing, log } = context;
  let asking = false;
  async function ask(): Promise<void> {
    const heard = store.settings.get<HeardRound>(settingNames.heard);
    if (asking || closing() || !isIdle() || !store.enrolment.get() || heard?.state?.state !== 'finished')
      return;
    asking = true;
    try {
      const state = await client().currentRound();
      if (!closing() && isIdle()) noteRound(context, state);
    } catch (thrown) {
      // Nothing that this plant does depends on it.
      if (!closing()) log(`extra rounds: ${describe(thrown)}`);
    } finally {
      asking = false;
    }
  }
  const timer = setInterval(() => void ask(), pause);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
