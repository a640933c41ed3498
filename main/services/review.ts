import { FedReconError } from '../../protocol/errors.ts';
import { type Modality, modalityOf } from '../../protocol/plan.ts';
import type { Api } from '../api/contract.ts';
import type { ReviewPart, ReviewQueue, ValueView } from '../api/views.ts';
import type { Measurement } from '../store/datasets.ts';
import type { Reconstruction } from '../store/reconstructions.ts';
import type { Store } from '../store/store.ts';
import { type Context, planInUse } from './context.ts';
import { imageAddress, tensorRow } from './images.ts';
import { actorOf } from './people.ts';
import { createVocabulary, signalView, type Vocabulary, wordsView } from './values.ts';

/** The queue of reconstructions, what is known of each, and what an operator decided. */
export function reviewService({
  store,
  changed,
}: Context): Pick<Api, 'review.queue' | 'review.part' | 'review.decide'> {
  const vocabulary = createVocabulary(store);

  async function reviewPart(part: number, modality: string): Promise<ReviewPart> {
    const { plan } = planInUse(store);
    const found = store.reconstructions.get(part, modality);
    const known = store.datasets.part(part);
    if (!found || !known) throw new FedReconError('part-unknown', { part, modality });
    const entry = modalityOf(plan, modality);
    const decision = store.decisions.latest(known.name, modality);
    return {
      part,
      id: known.name,
      modality,
      measured: [...store.datasets.measurements(part)].map(([name, value]) => ({
        modality: name,
        value: measuredView(part, name, value),
      })),
      reconstructed: await reconstructedView(store, vocabulary, entry, found),
      ...(entry.kind === 'image' && {
        uncertainty: {
          src: imageAddress.uncertainty(part, modality, found.modelVersion),
          low: found.sigmaLow,
          high: found.sigmaHigh,
        },
      }),
      confidence: found.confidence,
      sources: found.sources,
      modelVersion: found.modelVersion,
      reconstructedAt: found.madeAt,
      decision: decision ? { decision: decision.decision, reason: decision.reason, at: decision.at } : null,
    };
  }

  return {
    'review.queue': async ({ modality, undecidedOnly }): Promise<ReviewQueue> => {
      const modalities = store.reconstructions.modalities();
      const lacks = modalities.filter((name) => !store.enrolment.get()?.has.includes(name));
      const shown = modality ?? lacks[0] ?? modalities[0] ?? '';
      const rows = store.reconstructions.queue(shown);
      const items = rows.map(({ part, name, confidence, decision }) => ({
        part,
        id: name,
        modality: shown,
        confidence,
        decision,
      }));
      return {
        modality: shown,
        modalities,
        items: undecidedOnly ? items.filter(({ decision }) => decision === null) : items,
        total: items.length,
        decided: items.filter(({ decision }) => decision !== null).length,
      };
    },
    'review.part': ({ part, modality }) => reviewPart(part, modality),
    'review.decide': async ({ part, modality, decision, reason }) => {
      const before = await reviewPart(part, modality);
      const found = store.reconstructions.get(part, modality)!;
      const { modelVersion, planHash, file, position, madeAt, sources } = found;
      store.decisions.add({
        at: new Date().toISOString(),
        actor: actorOf(store),
        partName: before.id,
        modality,
        decision,
        reason,
        shown: {
          modelVersion,
          planHash,
          file,
          row: position,
          madeAt,
          sources,
          confidence: before.confidence,
        },
      });
      changed();
      return reviewPart(part, modality);
    },
  };
}

/** What was measured, ready to draw. */
export function measuredView(part: number, modality: string, value: Measurement): ValueView {
  if (typeof value === 'string') return { kind: 'text', text: value };
  if ('file' in value) return { kind: 'image', src: imageAddress.part(part, modality) };
  return { kind: 'signal', values: value };
}

async function reconstructedView(
  store: Store,
  vocabulary: Vocabulary,
  modality: Modality,
  { part, file, position, modelVersion }: Reconstruction,
): Promise<ValueView> {
  const { name } = modality;
  if (modality.kind === 'image')
    return { kind: 'image', src: imageAddress.reconstruction(part, name, modelVersion) };
  const mean = await tensorRow(store, file, 'mean', position);
  if (modality.kind === 'text') return wordsView(vocabulary(modality), modality, mean);
  return signalView(modality, mean, await tensorRow(store, file, 'sigma', position));
}
