import { FedReconError } from '../../../protocol/errors.ts';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { policyOf } from '../../../protocol/policy.ts';
import type { ModelCard, TargetCard } from '../../../training/evaluation/model-card.ts';
import type * as view from '../../api/views/models.ts';
import type { ValueView, WorkstationState } from '../../api/views.ts';
import { workstationKind } from '../../kinds/index.ts';
import { channelViews } from '../../measures/channel-view.ts';
import { measureView } from '../../measures/measure-view.ts';
import type { StoredModel } from '../../store/model-store.ts';
import type { Store } from '../../store/store.ts';
import { openTensorFile, type TensorFile } from '../../store/tensor-file.ts';
import { enrolled } from '../context.ts';
import { createVocabulary } from '../vocabulary.ts';
import { type PictureRow, pictureAddress, tensorOf } from './card-pictures.ts';
import { genuineModelInUse, isGenuine, stateHere } from './decide.ts';
import { leavesOpen, usedBy } from './sign-off-rules.ts';

/** The versions that this workstation knows, and who may decide about them. */
export function modelsView(store: Store): view.ModelsView {
  const { plan, planHash } = enrolled(store);
  const { adoption, signOffBy } = policyOf(plan);
  const own = store.models.list().filter(({ manifest }) => manifest.planHash === planHash);
  return { versions: own.map((model) => modelView(store, model)), adoption, signOffBy };
}

/** Summary for the Overview of the model in use, and of the newest one that was judged. */
export function adoptionView(store: Store): WorkstationState['adoption'] {
  const inUse = usedBy(store.adoption.signOffs())?.statement.version ?? null;
  const newest = store.models.list().find(({ manifest }) => store.adoption.judged().has(manifest.version));
  const version = newest?.manifest.version;
  const state = version === undefined ? undefined : stateHere(store, version, true);
  return {
    inUse,
    isGenuine: inUse === null || genuineModelInUse(store) !== undefined,
    pending: version !== undefined && (state === 'evaluated' || state === 'held') ? { version, state } : null,
  };
}

function modelView(store: Store, { manifest, receivedAt }: StoredModel): view.ModelView {
  const { version, round } = manifest;
  const card = cardOf(store, version);
  const signed = store.adoption.signOffs().findLast(({ statement }) => statement.version === version);
  return {
    ...{ version, round, receivedAt },
    state: stateHere(store, version, card !== undefined),
    comparison: card?.evaluation.comparison ?? null,
    evaluatedAt: card?.evaluatedAt ?? null,
    decision: signed
      ? {
          action: signed.statement.action,
          ...signed.statement.by,
          reason: signed.statement.reason,
          acknowledged: signed.statement.acknowledged,
          at: signed.statement.at,
          isGenuine: isGenuine(store, signed, manifest),
        }
      : null,
  };
}

/** Card of a version; undefined where there is none, or it was changed. */
function cardOf(store: Store, version: number): ModelCard | undefined {
  try {
    return store.adoption.card(version)?.card;
  } catch (thrown) {
    if (thrown instanceof FedReconError && thrown.code === 'model-card-changed') return undefined;
    throw thrown;
  }
}

/**
 * Channels of a measurement that a version reconstructs no better than by their mean, the worst first; none where its card
 * cannot tell.
 */
export function weakChannelsOf(store: Store, version: number, modality: string): string[] {
  const target = cardOf(store, version)?.evaluation.targets.find((one) => one.modality === modality);
  return channelViews(target?.channels ?? []).flatMap(({ name, better }) => (better ? [] : name));
}

/** The card of a version, ready to draw. @throws FedReconError `model-not-evaluated`, `model-card-changed` */
export async function cardView(store: Store, version: number): Promise<view.ModelCardView> {
  const found = store.adoption.card(version);
  const { plan, planHash } = enrolled(store);
  if (!found || found.card.planHash !== planHash) throw new FedReconError('model-not-evaluated', { version });
  const { hash, card, examples } = found;
  const { evaluation } = card;
  const { partNames = {}, groupWords = [] } = examples ?? {};
  const file = examples && (await openTensorFile(store.files.path(examples.pictures)));
  try {
    const draw = file && drawer(store, file);
    const value = (modality: string, what: string, row: number) =>
      draw!({ version, hash, modality, what, row });
    const targets = evaluation.targets.map(async ({ worst, ...target }) => {
      const cases = (draw ? worst : []).map(async ({ part, ...scores }, row) => ({
        ...scores,
        part: partNames[part] ?? String(part),
        truth: await value(target.modality, 'true', row),
        reconstructed: await value(target.modality, 'reconstructed', row),
      }));
      return { ...target, ...measuredTargetView(plan, target), worst: await Promise.all(cases) };
    });
    const groups = draw ? evaluation.groups : null;
    const list = groups?.members.map(async (members, row) => ({
      parts: members.length,
      words: groupWords[row] ?? [],
      example: await value(groups.by, 'examples', row),
    }));
    return {
      ...{ version, hash, round: card.round, evaluatedAt: card.evaluatedAt },
      ...{ planHash: card.planHash, modelHash: card.modelHash, reference: card.reference?.version ?? null },
      ...{ comparison: evaluation.comparison, parts: evaluation.parts, unevaluated: evaluation.unevaluated },
      leavesOpen: leavesOpen(card),
      targets: await Promise.all(targets),
      examplesDeleted: !examples,
      groups: groups && { by: groups.by, list: await Promise.all(list!) },
    };
  } finally {
    await file?.close();
  }
}

/** The figures of a target with the measures that they are of. */
export function measuredTargetView(
  plan: Plan,
  { modality: name, sets, channels }: Pick<TargetCard, 'modality' | 'sets' | 'channels'>,
): Pick<view.TargetView, 'leading' | 'sets' | 'channels'> {
  const modality = modalityOf(plan, name);
  return {
    channels: channelViews(channels),
    leading: measureView(sets[0]!.scores[0]!.measure, modality),
    sets: sets.map(({ scores, ...set }) => ({
      ...set,
      scores: scores.map((score) => ({ ...score, measure: measureView(score.measure, modality) })),
    })),
  };
}

/** Half width of the band around a reconstructed signal, in deviations of its draws: 90 % of a normal distribution. */
const bandWidth = 1.645;

/** Draws rows of a card's pictures, each as its kind is shown. */
function drawer(store: Store, file: TensorFile): (at: PictureRow) => Promise<ValueView> {
  const { plan } = enrolled(store);
  const vocabulary = createVocabulary(store);
  return async (at) => {
    const modality = modalityOf(plan, at.modality);
    const isMeasured = at.what !== 'reconstructed';
    const read = (what: string) => file.read(tensorOf({ ...at, what }), at.row, 1);
    return workstationKind(modality).drawn(modality, {
      ...{ isMeasured, vocabulary },
      src: () => pictureAddress(at),
      values: () => read(at.what),
      ...(!isMeasured && { band: async () => ({ sigma: await read('sigma'), width: bandWidth }) }),
    });
  };
}
