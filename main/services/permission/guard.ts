import { FedReconError } from '../../../protocol/errors.ts';
import { policyOf } from '../../../protocol/policy.ts';
import { type Api, type CallName, calls } from '../../api/contract.ts';
import type { Permission, Shows } from '../../api/permission.ts';
import type { Person, RefusalView } from '../../api/views.ts';
import type { Store } from '../../store/store.ts';
import { errorView } from '../error-view.ts';
import { actingAs, actorOf, personAtWork } from '../people-service.ts';
import { permissionRefusal } from './table.ts';

const names = Object.keys(calls) as CallName[];

/**
 * Refusal of something to a person by the plan that this plant agreed to; undefined where they may. The person is
 * undefined where nobody was named.
 */
function refusalHere(store: Store, permission: Permission, person: Person | undefined) {
  const plan = store.enrolment.get()?.plan;
  return permissionRefusal(permission, plan && policyOf(plan), person?.role, person?.pin);
}

/**
 * Calls of `api`, each refused to whoever the table of permissions does not let make it, or answered without
 * reconstructions where the contract says how, and logged under the name it was permitted to. A refusal to write files
 * is in the log.
 */
export function guarded(store: Store, api: Api): Api {
  const all = names.map((name) => {
    const permission = calls[name] as Permission;
    // The contract pairs each name with its own input, which a union of functions cannot express.
    const call = api[name] as (input: never) => Promise<unknown>;
    const permitted = async (input: never, person: Person | undefined) => {
      const refusal = refusalHere(store, permission, person);
      if (!refusal) return call(input);
      if (permission.shows === 'reconstructions') {
        if (permission.without) return permission.without(await call(input));
        if (permission.into !== 'window') logRefused(store, name, input, refusal.code);
      }
      throw new FedReconError(refusal.code, refusal.detail);
    };
    // Who was permitted is who acts, however long the answer takes.
    const asWhoIsHere = async (input: never) => {
      const person = personAtWork(store);
      return actingAs(person, () => permitted(input, person));
    };
    return [name, asWhoIsHere];
  });
  return Object.fromEntries(all) as Api;
}

function logRefused(store: Store, call: CallName, input: object, reason: string): void {
  const modality =
    'modality' in input && typeof input.modality === 'string' ? { modality: input.modality } : {};
  store.log.append({
    ...{ action: 'export.refused', actor: actorOf(store) },
    detail: { call, ...modality, reason },
  });
}

/**
 * Lets a command of the terminal write what a call would write, as far as the table of permissions lets whoever works
 * here make that call.
 * @throws FedReconError of the refusal, which is in the log
 */
export function assertPermitted(store: Store, call: CallName): void {
  const refusal = refusalHere(store, calls[call] as Permission, personAtWork(store));
  if (!refusal) return;
  logRefused(store, call, {}, refusal.code);
  throw new FedReconError(refusal.code, refusal.detail);
}

/** The found thing, unless whoever works here may not see what it shows. */
export function permittedOnly<Found extends { readonly shows: Shows }>(
  store: Store,
  found: Found | undefined,
): Found | undefined {
  if (!found) return undefined;
  const { shows } = found;
  const refusal = refusalHere(
    store,
    shows === 'reconstructions'
      ? { shows, into: 'window', changes: 'nothing' }
      : { shows, changes: 'nothing' },
    personAtWork(store),
  );
  return refusal ? undefined : found;
}

/**
 * Refusals by call: why whoever works here may not make it, or is answered without reconstructions. Calls that are open
 * to them are absent.
 */
export function refusalsHere(store: Store): Readonly<Record<string, RefusalView>> {
  const person = personAtWork(store);
  const refused = names.flatMap((name) => {
    const refusal = refusalHere(store, calls[name] as Permission, person);
    return refusal ? [[name, { ...errorView(refusal), allowed: refusal.allowed }] as const] : [];
  });
  return Object.fromEntries(refused);
}
