import { describe, expect, it } from 'vitest';
import { parsePlan, planHash } from '../../protocol/plan.ts';
import { barsFinalAcceptance, policyOf } from '../../protocol/policy.ts';
import { tinyPlan } from '../main/support/plants.ts';

const planWith = (policy: unknown) => parsePlan({ ...tinyPlan, policy });

describe('the policy of a plan', () => {
  it('is read strictly where the plan says nothing, and adds nothing to what is hashed', () => {
    const plan = planWith(undefined);
    expect(plan.policy).toEqual({ uses: '', retentionDays: 365 });
    expect(planHash(planWith(undefined))).toBe(planHash(planWith({ retentionDays: 365 })));
    expect(policyOf(plan)).toEqual({
      uses: '',
      retentionDays: 365,
      seenBy: ['operator', 'engineer', 'administrator'],
      decisions: ['triage'],
      exportBy: ['engineer'],
      adoption: 'automatic',
      signOffBy: ['engineer', 'administrator'],
      pins: 'optional',
    });
    expect(barsFinalAcceptance(policyOf(plan))).toBe(true);
  });

  it('is what the plan says where it says it', () => {
    const policy = {
      uses: 'Triage only.',
      retentionDays: 7,
      seenBy: ['engineer'],
      decisions: ['final-acceptance'],
      exportBy: [],
    };
    expect(policyOf(planWith(policy))).toMatchObject(policy);
    expect(barsFinalAcceptance(policyOf(planWith(policy)))).toBe(false);
  });

  it.each([
    ['policy.seenBy', { seenBy: [] }],
    ['policy.seenBy.0', { seenBy: ['manager'] }],
    ['policy.decisions.0', { decisions: ['everything'] }],
    ['policy.retentionDays', { retentionDays: 0 }],
    ['policy.keptFor', { keptFor: 3 }],
    ['policy.signOffBy', { seenBy: ['operator'] }],
    ['policy.signOffBy', { seenBy: ['engineer'], signOffBy: ['administrator'] }],
  ])('names %s when that is wrong', (field, policy) => {
    expect(() => planWith(policy)).toThrow(
      expect.objectContaining({ code: 'plan-invalid', detail: expect.objectContaining({ field }) }),
    );
  });
});
