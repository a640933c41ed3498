import type { RoundState } from '../../protocol/messages.ts';
import { theWorkstation } from '../log/entries.ts';
import type { Enrolment } from '../store/enrolment.ts';
import type { Store } from '../store/store.ts';
import type { AggregatorClient } from '../sync/aggregator-client.ts';

/**
 * What a plant has is what its data hold: an instrument that was bought counts once parts were measured with it, and one
 * whose measurements are gone counts no more. Call it in the transaction that changes the data.
 */
export function followData(store: Store): void {
  const enrolment = store.enrolment.get();
  if (!enrolment) return;
  const { present } = store.parts.counts();
  const has = enrolment.plan.modalities.map(({ name }) => name).filter((name) => present.get(name));
  if (sameSet(has, enrolment.has)) return;
  store.enrolment.set({ ...enrolment, has });
  // What was made of other modalities answers no question of the aggregator's any more.
  store.calibrations.forgetUnfinished();
}

/**
 * Tells the aggregator what this plant has, where it believes something else.
 * @returns whether it did, so that the state is an older one now
 */
export async function declareMembership(
  { store, client, enrolment }: { store: Store; client: AggregatorClient; enrolment: Enrolment },
  { membership }: RoundState,
  abort?: AbortSignal,
): Promise<boolean> {
  const { has, planHash } = enrolment;
  if (!membership || sameSet(membership.has, has)) return false;
  const answer = await client.amend({ planHash, has: [...has] }, abort);
  store.log.append({
    action: 'membership.amended',
    actor: theWorkstation,
    object: planHash,
    detail: { has: answer.has, before: membership.has, fromRound: answer.fromRound },
  });
  return true;
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
