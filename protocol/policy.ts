import { z } from 'zod';
import { said } from './issue-words.ts';

/** Roles of the people at a workstation. */
export const roles = ['operator', 'engineer', 'administrator'] as const;

/**
 * Decisions that a reconstruction may help with. `triage`: which part to look at first. `in-process-check`: whether to
 * measure again or stop a line. `final-acceptance`: whether a part is good, without another measurement.
 */
export const decisionKinds = ['triage', 'in-process-check', 'final-acceptance'] as const;

const who = z.array(z.enum(roles)).max(roles.length);

const written = z.strictObject({
  /** Uses of reconstructions in plain words, for the plant that is asked to agree. */
  uses: z.string().max(2000).default(''),
  /** Days that a workstation keeps reconstructions; older ones it deletes. */
  retentionDays: z.int().min(1).default(365),
  /** Roles that may see reconstructions. */
  seenBy: who.min(1).optional(),
  /** Decisions that reconstructions may help with. */
  decisions: z.array(z.enum(decisionKinds)).max(decisionKinds.length).optional(),
  /** Roles that may export reconstructions, into files that leave the workstation; empty: nobody. */
  exportBy: who.optional(),
  /**
   * Adoption of a new model version. `automatic`: one that is newer than all that were used, and not worse, is used
   * without a person, unless the plant cannot judge all that it reconstructs and cannot tell. `automatic-unjudged`:
   * then, too. `signed`: a person must have signed its card off.
   */
  adoption: z.enum(['automatic', 'automatic-unjudged', 'signed']).optional(),
  /**
   * Roles that may sign model versions off, hold them back and go back to earlier ones, and set what counts as "use".
   */
  signOffBy: who.min(1).optional(),
  /** Whether a person must have given a PIN to decide, sign off, set what counts as "use" or export. */
  pins: z.enum(['optional', 'required']).optional(),
});
type Written = z.infer<typeof written>;

/**
 * Data-use policy of a plan. {@link policyOf} fills in what it leaves open. A policy is refused unless some role may
 * both see reconstructions and set what counts as "use", since setting it means looking at its effect on them.
 */
export const policy = written.refine(canSetLimits, {
  path: ['signOffBy'],
  error: said(
    'must name a role of seenBy: nobody else could set what counts as "use"',
    'seenBy にある役割を入れてください。ほかの役割は「使う」の基準を決められません',
  ),
});

function canSetLimits(policy: Written): boolean {
  const { seenBy, signOffBy } = policyOf({ policy });
  return signOffBy.some((role) => seenBy.includes(role));
}

export type Role = (typeof roles)[number];
/** Policy with nothing left open. */
export type Policy = { readonly [Field in keyof Written]-?: Exclude<Written[Field], undefined> };

/**
 * Policy of a plan with nothing left open. A plan that does not say lets everyone who works at the plant see
 * reconstructions, an engineer alone export them, and nobody decide more than triage by them; newer
 * versions that the plant could judge and that are not worse are used without a person, and an engineer or administrator may decide otherwise and set what counts as "use".
 */
export function policyOf({ policy: given }: { readonly policy: Written }): Policy {
  return {
    ...given,
    seenBy: given.seenBy ?? [...roles],
    decisions: given.decisions ?? ['triage'],
    exportBy: given.exportBy ?? ['engineer'],
    adoption: given.adoption ?? 'automatic',
    signOffBy: given.signOffBy ?? ['engineer', 'administrator'],
    pins: given.pins ?? 'optional',
  };
}

/** True if no part may be accepted by its reconstruction; windows and exports then say so. */
export function barsFinalAcceptance({ decisions }: Pick<Policy, 'decisions'>): boolean {
  return !decisions.includes('final-acceptance');
}
