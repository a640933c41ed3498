import { FedReconError } from '../../protocol/errors.ts';
import { scheduledRounds, stageOfRound } from '../../protocol/schedule.ts';
import { deadlineFrom, dueWith, extend } from '../collecting/quorum.ts';
import type { Queries } from '../database/database.ts';
import { appendAudit } from '../federation/audit-trail.ts';
import type { Federation } from '../federation/federation.ts';
import { currentVersion } from '../federation/model-versions.ts';
import { lastRound, participation, type Round } from './round-rows.ts';

/**
 * Life of a round: open → reducing → closed.
 *
 * It stops accepting when every plant that trains something in its stage has contributed, or at its deadline with a
 * quorum. At a deadline without a quorum it stays open for as long again: what has arrived counts, and nobody trains
 * for nothing. The quorum is never more than the plants that can train in the stage.
 *
 * With `opening: automatic` a round opens whenever none is, the schedule is not over and enough plants have joined;
 * with `manual`, headquarters opens each one.
 *
 * Whoever changes the life of rounds holds the federation's row first, so processes take turns.
 */

/**
 * Opens the next round.
 * @throws FedReconError `round-open`, `quorum-missing`
 */
export function openRound(federation: Federation): Promise<number> {
  return federation.database.transaction(async (tx) => {
    const last = await takeTurn(tx);
    if (last && last.state !== 'closed') throw new FedReconError('round-open', { round: last.number });
    return insertRound(federation, tx, (last?.number ?? 0) + 1, 'headquarters');
  });
}

/**
 * Advances rounds as far as time and contributions allow: stops accepting, extends, opens.
 * @returns whether a round waits to be reduced
 */
export async function advance(federation: Federation): Promise<boolean> {
  const { database } = federation;
  // Looked at without a turn first: mostly nothing is due, and then nothing is written.
  const glance = await whatIsDue(federation, database, await lastRound(database));
  if (glance === 'nothing' || glance === 'reduction') return glance === 'reduction';
  return database.transaction(async (tx) => {
    const last = await takeTurn(tx);
    const due = await whatIsDue(federation, tx, last);
    if (due === 'end')
      await tx.query(`update rounds set state = 'reducing' where number = $1`, [last!.number]);
    if (due === 'extension') await extend(federation, tx, 'round', last!.number);
    if (due === 'opening') await insertRound(federation, tx, (last?.number ?? 0) + 1, 'aggregator');
    return due === 'end' || due === 'reduction';
  });
}

type Due = 'nothing' | 'end' | 'extension' | 'opening' | 'reduction';

async function whatIsDue(federation: Federation, queries: Queries, last: Round | undefined): Promise<Due> {
  if (last?.state === 'reducing') return 'reduction';
  const { plan } = federation;
  const number = last?.number ?? 0;
  if (last?.state === 'open') {
    const taking = await participation(federation, queries, number, last.stage);
    return dueWith(plan, last.deadline, federation.clock(), taking);
  }
  if (plan.rounds.opening === 'manual' || number >= scheduledRounds(plan)) return 'nothing';
  const next = number + 1;
  const { able } = await participation(federation, queries, next, stageOfRound(plan, next).stage);
  return able >= plan.rounds.quorum ? 'opening' : 'nothing';
}

async function takeTurn(tx: Queries): Promise<Round | undefined> {
  await tx.query('select id from federation for update');
  return lastRound(tx, 'for update');
}

async function insertRound(
  federation: Federation,
  tx: Queries,
  number: number,
  actor: 'headquarters' | 'aggregator',
): Promise<number> {
  const now = federation.clock();
  const { stage } = stageOfRound(federation.plan, number);
  const { able } = await participation(federation, tx, number, stage);
  const { quorum } = federation.plan.rounds;
  if (able < quorum) throw new FedReconError('quorum-missing', { quorum, plants: able });
  const base = await currentVersion(tx);
  await tx.query(
    `insert into rounds (number, stage, base_version, state, opened_at, deadline) values ($1, $2, $3, 'open', $4, $5)`,
    [number, stage, base, new Date(now), deadlineFrom(federation.plan, now)],
  );
  await appendAudit(tx, new Date(now), {
    actor,
    action: 'round.opened',
    object: String(number),
    detail: { stage, modelVersion: base },
  });
  return number;
}
