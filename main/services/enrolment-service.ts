import { createPublicKey } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import { decodeInvitation, type Invitation } from '../../protocol/invitation.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { policyOf } from '../../protocol/policy.ts';
import { publicKeyText } from '../../protocol/signatures.ts';
import type { Api } from '../api/contract.ts';
import { inTurns } from '../store/slices.ts';
import { type AggregatorClient, openClient } from '../sync/aggregator-client.ts';
import { fetchAuthority } from '../sync/first-contact.ts';
import { type Context, type OfferedPlan, proxyInUse, settingNames } from './context.ts';
import { actorOf } from './people-service.ts';
import { planView } from './plan-view.ts';

/**
 * Fetches the plan that an invitation leads to. One that this very workstation used, and was killed before it could
 * write that down, still works: the aggregator knows its key.
 */
async function offeredPlan(client: AggregatorClient, code: string): Promise<OfferedPlan> {
  try {
    return await client.plan(code);
  } catch (thrown) {
    if (!(thrown instanceof FedReconError) || thrown.code !== 'invitation-used') throw thrown;
    return await client.plan().catch(() => {
      throw thrown;
    });
  }
}

/**
 * Joining a federation. `preview` trusts nobody but the authority whose fingerprint the invitation carries, and
 * uses nothing up; `join` enrols under the plan that was shown and no other.
 */
export function enrolmentService(
  context: Context,
  joined: () => void,
): Pick<Api, 'enrolment.preview' | 'enrolment.join'> {
  const { store, changed, state } = context;

  /** Opens the invitation and fetches the authority to trust and the plan it leads to. */
  async function contact(text: string) {
    const invitation = decodeInvitation(text);
    refuseOther(invitation);
    const proxy = proxyInUse(store);
    const ca = await fetchAuthority(invitation, { proxy });
    const client = openClient({
      address: invitation.url,
      ca,
      key: store.key,
      ledger: store.ledger,
      proxy,
    });
    try {
      const offer = await offeredPlan(client, invitation.code);
      return { invitation, ca, client, offer };
    } catch (thrown) {
      client.close();
      throw thrown;
    }
  }

  function refuseOther({ federation }: Invitation): void {
    const enrolment = store.enrolment.get();
    if (enrolment && enrolment.federation !== federation)
      throw new FedReconError('already-enrolled', { aggregator: enrolment.aggregator });
  }

  return {
    'enrolment.preview': async ({ invitation: text }) => {
      const { invitation, client, offer } = await contact(text);
      client.close();
      store.settings.set(settingNames.offered, offer);
      changed();
      return {
        plant: invitation.plant,
        aggregator: invitation.url,
        caFingerprint: invitation.caFingerprint,
        expires: invitation.expires,
        plan: planView(offer.plan, offer.hash),
      };
    },
    'enrolment.join': async ({ invitation: text, planHash, has }) => {
      const { invitation, ca, client, offer } = await contact(text);
      try {
        if (offer.hash !== planHash) throw new FedReconError('plan-changed');
        for (const name of has) modalityOf(offer.plan, name);
        const held = offer.plan.modalities.map(({ name }) => name).filter((name) => has.includes(name));
        const answer = await client.enrol({
          code: invitation.code,
          plant: invitation.plant,
          publicKey: publicKeyText(createPublicKey(store.key)),
          has: held,
        });
        if (answer.planHash !== planHash) throw new FedReconError('plan-changed');
        const enrolled = () => {
          store.enrolment.set({
            plant: invitation.plant,
            plantId: answer.plantId,
            federation: answer.federation,
            aggregator: invitation.url,
            ca,
            planHash,
            plan: offer.plan,
            has: held,
            enrolledAt: new Date().toISOString(),
          });
          store.log.append({
            action: 'federation.joined',
            actor: actorOf(store),
            object: planHash,
            detail: {
              plan: offer.plan.name,
              plant: invitation.plant,
              aggregator: invitation.url,
              has: held,
              policy: { ...policyOf(offer.plan) },
            },
          });
        };
        await inTurns(store.imports.keepOnly(planHash, enrolled));
      } finally {
        client.close();
      }
      joined();
      changed();
      return state();
    },
  };
}
