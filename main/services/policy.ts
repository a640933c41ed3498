import { FedReconError } from '../../protocol/errors.ts';
import { type Policy, policyOf, type Role, roles } from '../../protocol/policy.ts';
import type { Api } from '../api/contract.ts';
import type { Store } from '../store/store.ts';
import { planInUse } from './context.ts';
import { actorOf, personAtWork } from './people.ts';

/** What the plan that this plant agreed to says of reconstructions. @throws FedReconError `not-enrolled` */
export function policyInUse(store: Store): Policy {
  return policyOf(planInUse(store).plan);
}

/** Whether whoever works here may see reconstructions. Where everyone may, nobody needs to give a name. */
export function maySee(store: Store): boolean {
  const { seenBy } = policyInUse(store);
  return roles.every((role) => seenBy.includes(role)) || includes(seenBy, store);
}

/**
 * Refuses whoever may not export, and writes the attempt down.
 * @throws FedReconError `person-unknown`, `policy-export`
 */
export function refuseExport(store: Store, modality: string): void {
  const { exportBy } = policyInUse(store);
  if (includes(exportBy, store)) return;
  const code = exportBy.length > 0 && !personAtWork(store) ? 'person-unknown' : 'policy-export';
  store.log.append({ action: 'export.refused', actor: actorOf(store), detail: { modality, reason: code } });
  throw new FedReconError(code);
}

/** The same calls; those that show reconstructions, of the review or of a model's card, are refused to whoever may not see them. */
export function guarded(store: Store, api: Api): Api {
  const calls = Object.entries(api).map(([name, call]) => {
    if (!name.startsWith('review.') && name !== 'models.card') return [name, call];
    const refusing = async (input: never) => {
      if (store.enrolment.get() && !maySee(store))
        throw new FedReconError(personAtWork(store) ? 'policy-view' : 'person-unknown');
      return (call as (input: never) => Promise<unknown>)(input);
    };
    return [name, refusing];
  });
  return Object.fromEntries(calls) as Api;
}

function includes(allowed: readonly Role[], store: Store): boolean {
  const person = personAtWork(store);
  return person !== undefined && allowed.includes(person.role);
}
