import type { MembershipRequest, MembershipResponse } from '../../protocol/messages.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { assertPlan } from './assert-plan.ts';
import { appendAudit } from './audit-trail.ts';
import type { Plant } from './authentication.ts';
import type { Federation } from './federation.ts';
import { type Holdings, holdingsColumns, holdingsInRound } from './holdings.ts';

/**
 * Amends what a plant has, from the round after the newest on. Sending it again changes nothing and writes nothing.
 * @throws FedReconError `plan-foreign`, `modality-unknown`
 */
export function amendMembership(
  federation: Federation,
  { id }: Plant,
  { planHash, has: given }: MembershipRequest,
): Promise<MembershipResponse> {
  const { plan, database, clock } = federation;
  assertPlan(planHash, federation.planHash);
  for (const name of given) modalityOf(plan, name);
  const has = plan.modalities.map(({ name }) => name).filter((name) => given.includes(name));
  return database.transaction(async (tx) => {
    // Whoever opens a round holds this row, too: a change falls before a round or after it.
    await tx.query('select id from federation for update');
    const [known] = await tx.query<Holdings>(
      `select ${holdingsColumns} from plants where id = $1 for update`,
      [id],
    );
    if (`${[...known!.has].sort()}` === `${[...has].sort()}`) return { has, fromRound: known!.from };
    const [newest] = await tx.query<{ number: number | null }>('select max(number) as number from rounds');
    const round = newest?.number ?? 0;
    const before = holdingsInRound(known!, round);
    await tx.query('update plants set has = $2::jsonb, has_before = $3::jsonb, has_from = $4 where id = $1', [
      id,
      JSON.stringify(has),
      JSON.stringify(before),
      round + 1,
    ]);
    await appendAudit(tx, new Date(clock()), {
      actor: id,
      action: 'membership.amended',
      object: planHash,
      detail: { has, before: known!.has, fromRound: round + 1 },
    });
    return { has, fromRound: round + 1 };
  });
}
