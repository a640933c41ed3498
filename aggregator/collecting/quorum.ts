import type { Plan } from '../../protocol/plan.ts';

/** Who is asked for something, and whose answer is in; by plant id. */
export interface Answers {
  readonly expected: ReadonlySet<string>;
  readonly contributed: ReadonlySet<string>;
}

/**
 * What is due with something that plants are asked for: its `end` when everyone has answered, or at its deadline with a
 * quorum, which is never more than are asked; at a deadline without one an `extension`.
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

/** The plan's deadline of what is asked at `now`. */
export function deadlineFrom({ rounds }: Plan, now: number): Date {
  return new Date(now + rounds.deadlineSeconds * 1000);
}
