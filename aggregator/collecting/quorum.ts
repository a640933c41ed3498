import type { Plan } from '../../protocol/plan.ts';
import type { Queries } from '../database/database.ts';
import { type AuditEvent, appendAudit } from '../federation/audit-trail.ts';
import type { Federation } from '../federation/federation.ts';
import type { Answers } from './answers.ts';

/**
 * Step that is due for something that plants are asked for: its `end` when every plant has answered, or at its deadline
 * with a quorum, which is never more than the plants asked; an `extension` at a deadline without a quorum.
 */
export function dueWith(
  { rounds }: Plan,
  deadline: Date,
  now: number,
  { expected, contributed }: Answers,
): 'nothing' | 'end' | 'extension' {
  if ([...expected].every((plant) => contributed.has(plant))) return 'end';
  if (now < deadline.getTime()) return 'nothing';
  return contributed.size >= Math.min(rounds.quorum, expected.size) ? 'end' : 'extension';
}

/** Deadline by the plan for what is asked at `now`. */
export function deadlineFrom({ rounds }: Plan, now: number): Date {
  return new Date(now + rounds.deadlineSeconds * 1000);
}

/** Extends a round or a calibration by its whole time again, so that the answers that have arrived still count. */
export async function extend(
  { plan, clock }: Federation,
  tx: Queries,
  what: 'round' | 'calibration',
  number: number,
  detail: AuditEvent['detail'] = {},
): Promise<void> {
  const now = clock();
  await tx.query(`update ${what}s set deadline = $2 where number = $1`, [number, deadlineFrom(plan, now)]);
  await appendAudit(tx, new Date(now), {
    actor: 'aggregator',
    action: `${what}.extended`,
    object: String(number),
    detail,
  });
}
