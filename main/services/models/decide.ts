import { FedReconError } from '../../../protocol/errors.ts';
import type { ModelManifest } from '../../../protocol/messages.ts';
import { policyOf } from '../../../protocol/policy.ts';
import type { ModelState } from '../../api/views/models.ts';
import type { LogAction } from '../../api/views.ts';
import { theWorkstation } from '../../log/entries.ts';
import { isSigned, modelHash, type SignedOff, signStatement } from '../../log/sign-off.ts';
import type { Store } from '../../store/store.ts';
import { enrolled } from '../context.ts';
import { isForwardOf, refusalOf, stateOf, usedBy, type Wish } from './sign-off-rules.ts';

/** Parts of the store that decisions are made from and written into. */
export type Books = Pick<Store, 'enrolment' | 'models' | 'adoption' | 'log' | 'key' | 'transaction'>;

const logged: Readonly<Record<Wish['action'], LogAction>> = {
  use: 'model.signed',
  'roll-back': 'model.rolled-back',
  hold: 'model.held',
};

/**
 * Decides about a model version: checks the rules, signs, and writes the decision and its entry of the log down
 * together.
 * @throws FedReconError of the rule that refuses, `model-gone`, `model-card-changed`
 */
export function decide(store: Books, version: number, wish: Wish): void {
  const { plan, planHash } = enrolled(store);
  const policy = policyOf(plan);
  const model = store.models.get(version);
  if (!model || model.manifest.planHash !== planHash) throw new FedReconError('model-gone', { version });
  const judged = store.adoption.card(version);
  const isOfThisModel = judged?.card.modelHash === modelHash(model.manifest);
  const card = isOfThisModel ? judged?.card : undefined;
  const state = stateHere(store, version, card !== undefined);
  const isForward = isForwardOf(version, store.adoption.signOffs());
  const refusal = refusalOf(wish, { state, card, isForward }, policy);
  if (refusal) throw new FedReconError(refusal, { version, roles: policy.signOffBy.join(', ') });
  const signed = signStatement(
    {
      ...{ format: 'fedrecon-sign-off/1', version, planHash, ...wish },
      modelHash: modelHash(model.manifest),
      cardHash: judged!.hash,
      at: new Date().toISOString(),
    },
    store.key,
  );
  const { by, reason, acknowledged, cardHash, at } = signed.statement;
  store.transaction(() => {
    store.adoption.addSignOff(signed);
    store.log.append({
      ...{ action: logged[wish.action], actor: by, object: signed.statement.modelHash, at },
      detail: { modelVersion: version, card: cardHash, reason, acknowledged, signature: signed.signature },
    });
  });
}

/** Holds a version back by itself where its card says that it is worse. */
export function holdWorse(store: Books, version: number): void {
  decideAlone(store, version, 'hold');
}

/**
 * Puts a version to use by itself where the policy lets it. It is a step of taking part, and none of evaluating: whoever
 * has a version evaluated changes nothing of what is in use.
 */
export function adoptByPolicy(store: Books, version: number): void {
  decideAlone(store, version, 'use');
}

function decideAlone(store: Books, version: number, action: Wish['action']): void {
  const wish: Wish = { action, by: theWorkstation, reason: '', acknowledged: false };
  try {
    decide(store, version, wish);
  } catch (thrown) {
    if (!(thrown instanceof FedReconError) || !refusals.has(thrown.code)) throw thrown;
  }
}

/** Refusals of a decision by the workstation that are no errors: a person will decide. */
const refusals = new Set<FedReconError['code']>([
  'sign-off-not-allowed',
  'model-in-use',
  'model-not-evaluated',
]);

/**
 * The model that reconstructions are made with; undefined when none is. Its sign-off is verified each time: signature, card
 * and model must be those that were signed.
 * @throws FedReconError `sign-off-invalid` where they are not
 */
export function modelInUse(store: Books): ModelManifest | undefined {
  const enrolment = store.enrolment.get();
  const used = usedBy(store.adoption.signOffs());
  if (!enrolment || !used || used.statement.planHash !== enrolment.planHash) return undefined;
  const model = store.models.get(used.statement.version);
  if (!model || !isGenuine(store, used, model.manifest))
    throw new FedReconError('sign-off-invalid', { version: used.statement.version });
  return model.manifest;
}

/** The model in use as {@link modelInUse}; undefined too where the sign-off does not hold. */
export function genuineModelInUse(store: Books): ModelManifest | undefined {
  try {
    return modelInUse(store);
  } catch (thrown) {
    if (thrown instanceof FedReconError && thrown.code === 'sign-off-invalid') return undefined;
    throw thrown;
  }
}

/** State of a version; one that is in use by a sign-off that does not hold is to be decided about again. */
export function stateHere(store: Books, version: number, isJudged: boolean): ModelState {
  const signOffs = store.adoption.signOffs();
  const state = stateOf(version, isJudged, signOffs);
  if (state !== 'in-use') return state;
  const manifest = store.models.get(version)?.manifest;
  const holds = manifest !== undefined && isGenuine(store, usedBy(signOffs)!, manifest);
  return holds ? state : isJudged ? 'evaluated' : 'received';
}

/** True if a decision is as it was signed, about this model, by a card that is still as it was. */
export function isGenuine(store: Books, signed: SignedOff, manifest: ModelManifest): boolean {
  const { statement } = signed;
  return (
    isSigned(signed, store.key) &&
    statement.modelHash === modelHash(manifest) &&
    hasCard(store, statement.cardHash, statement.modelHash)
  );
}

function hasCard(store: Books, cardHash: string, model: string): boolean {
  try {
    return store.adoption.cardWith(cardHash)?.card.modelHash === model;
  } catch (thrown) {
    if (thrown instanceof FedReconError && thrown.code === 'model-card-changed') return false;
    throw thrown;
  }
}
