/** Reasons for which a reconstruction is flagged or rejected, as they stand in the log. */
export const decisionReasons = [
  'wrong-shape',
  'details-missing',
  'contradicts-measurement',
  'wrong-kind',
] as const;
export type DecisionReason = (typeof decisionReasons)[number];

/** What a person says for a decision: a reason of the list, words of their own, or both. */
export interface SaidReason {
  readonly reason: DecisionReason | null;
  readonly comment: string;
}

const between = ': ';

/** A reason as it stands in the log: `wrong-shape: bent at the left edge`. */
export function writtenReason({ reason, comment }: SaidReason): string {
  return [reason ?? '', comment.trim()].filter((text) => text !== '').join(between);
}

/** A reason of the log as it was said. */
export function saidReason(written: string): SaidReason {
  const reason = decisionReasons.find((name) => written === name || written.startsWith(`${name}${between}`));
  return { reason: reason ?? null, comment: reason ? written.slice(`${reason}${between}`.length) : written };
}
