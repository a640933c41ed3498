import type { RoundState } from '../../../protocol/messages.ts';
import { stageOfRound } from '../../../protocol/schedule.ts';
import { knownModel } from '../../sync/fetch-model.ts';
import { reconstructable } from '../reconstructable.ts';
import type { Exchange } from './exchange.ts';

/**
 * Numbers of the newest models and of those once signed off that are kept; older ones are forgotten, their files with
 * them.
 */
const modelsKept = { newest: 3, signed: 5 };
const hour = 3_600_000;

/**
 * Settles a round, before waiting and at the end: after each stage and at the end of the schedule the newest model is
 * judged, and reconstructions follow what is in use.
 */
export async function settle(exchange: Exchange, state: RoundState, abort: AbortSignal): Promise<void> {
  const { context, store, enrolment, models } = exchange;
  const manifest = await knownModel(exchange, state.modelVersion, abort);
  store.models.keepNewest(modelsKept.newest, modelsKept.signed);
  await store.collect(hour);
  context.changed();
  const due =
    (state.state === 'finished' || stageOfRound(enrolment.plan, Math.max(1, manifest.round)).last) &&
    reconstructable(enrolment, manifest).length > 0;
  if (due) await (models.adopt(manifest)?.ended ?? models.followUse());
}
