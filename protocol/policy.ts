import { z } from 'zod';

/** What a person at a workstation is to the plant. */
export const roles = ['operator', 'engineer', 'administrator'] as const;

/**
 * What a reconstruction may help to decide. `triage`: which part to look at first. `in-process-check`: whether to
 * measure again or stop a line. `final-acceptance`: whether a part is good, without another measurement.
 */
export const decisionKinds = ['triage', 'in-process-check', 'final-acceptance'] as const;

const who = z.array(z.enum(roles)).max(roles.length);

const written = z.strictObject({
  /** Plain words for the plant that is asked to agree. */
  uses: z.string().max(2000).default(''),
  /** Days that a workstation keeps reconstructions; older ones it deletes. */
  retentionDays: z.int().min(1).default(365),
  /** Who may see reconstructions. */
  seenBy: who.min(1).optional(),
  /** What they may help to decide. */
  decisions: z.array(z.enum(decisionKinds)).max(decisionKinds.length).optional(),
  /** Who may write them into files that leave the workstation; empty: nobody. */
  exportBy: who.optional(),
  /**
   * Whether a plant uses a model version that is not worse than the one before without a person. `signed`: a person must
   * have signed its card off.
   */
  adoption: z.enum(['automatic', 'signed']).optional(),
  /** Who may sign model versions off, hold them back and go back to earlier ones, and set what counts as "use". */
  signOffBy: who.min(1).optional(),
});
type Written = z.infer<typeof written>;

/**
 * The data-use policy of a plan. What it leaves open, {@link policyOf} reads strictly. Whoever sets what counts as "use" is
 * shown what that leaves of the reconstructions: a plan by which no role may do both is refused.
 */
export const policy = written.refine(canSetLimits, {
  path: ['signOffBy'],
  error: 'must name a role of seenBy: nobody else could set what counts as "use"',
});

function canSetLimits(policy: Written): boolean {
  const { seenBy, signOffBy } = policyOf({ policy });
  return signOffBy.some((role) => seenBy.includes(role));
}

export type Role = (typeof roles)[number];
/** A policy with nothing left open. */
export type Policy = { readonly [Field in keyof Written]-?: Exclude<Written[Field], undefined> };

/**
 * The policy of a plan with nothing left open. A plan that does not say lets everyone who works at the plant see
 * reconstructions, an engineer alone export them, and nobody decide more than triage by them; versions that are not worse are used without a
 * person, and an engineer or administrator may decide otherwise and set what counts as "use".
 */
export function policyOf({ policy: given }: { readonly policy: Written }): Policy {
  return {
    ...given,
    seenBy: given.seenBy ?? [...roles],
    decisions: given.decisions ?? ['triage'],
    exportBy: given.exportBy ?? ['engineer'],
    adoption: given.adoption ?? 'automatic',
    signOffBy: given.signOffBy ?? ['engineer', 'administrator'],
  };
}

/** Whether no part may be accepted by its reconstruction: windows and exports say so. */
export function barsFinalAcceptance({ decisions }: Pick<Policy, 'decisions'>): boolean {
  return !decisions.includes('final-acceptance');
}
