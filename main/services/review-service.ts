import { FedReconError } from '../../protocol/errors.ts';
import { hasPlaces } from '../../protocol/kinds/index.ts';
import { type Modality, modalityOf } from '../../protocol/plan.ts';
import type { Api } from '../api/contract.ts';
import type { ReviewItem, ReviewPart, ReviewQueue, TrustView, ValueView } from '../api/views.ts';
import { workstationKind } from '../kinds/index.ts';
import type { HeldDecision, Standing } from '../store/decisions.ts';
import type { Measurement } from '../store/parts.ts';
import { type Context, planInUse } from './context.ts';
import { imageAddress } from './images.ts';
import { measuredSource } from './measured-source.ts';
import { weakChannelsOf } from './models/model-views.ts';
import { actorOf } from './people-service.ts';
import { reconstructedView } from './reconstructed-view.ts';
import { createRouteRecords } from './route-records.ts';
import { riskOf, setTrustRules, shownWidth, trustOf, trustRules } from './trust-service.ts';
import { createVocabulary } from './vocabulary.ts';

/** Service of the queue of reconstructions, what is known of each, and the decisions on them. */
export function reviewService({
  store,
  changed,
}: Context): Pick<Api, 'review.queue' | 'review.part' | 'review.decide' | 'trust.risk' | 'trust.rules'> {
  const vocabulary = createVocabulary(store);
  const recordsOf = createRouteRecords(store);

  /** Rows of a queue with the trust in each. */
  async function trusted(modality: string) {
    const rules = trustRules(store.settings, modality);
    const rows = store.reconstructions.queue(modality);
    const files = [...new Set(rows.map(({ file }) => file))];
    const records = new Map(
      await Promise.all(files.map(async (file) => [file, await recordsOf(file)] as const)),
    );
    return rows.map((row) => ({ ...row, trust: trustOf(row.assessment, records.get(row.file)!, rules) }));
  }

  async function risk(modality: string) {
    const found = (await trusted(modality)).flatMap(({ trust }) => trust ?? []);
    return riskOf(found, trustRules(store.settings, modality));
  }

  async function reviewPart(part: number, modality: string): Promise<ReviewPart> {
    const { plan } = planInUse(store);
    const found = store.reconstructions.get(part, modality);
    const known = store.parts.get(part);
    if (!found || !known) throw new FedReconError('part-unknown', { part, modality });
    const entry = modalityOf(plan, modality);
    const layers = store.parts.layers(part).filter(({ holds }) => holds);
    const { decision, earlier } = store.decisions.standing(known.name, modality, found.fingerprint);
    const records = await recordsOf(found.file);
    const trust = trustOf(found.assessment, records, trustRules(store.settings, modality));
    return {
      part,
      id: known.name,
      modality,
      measured: plan.modalities.flatMap((entry) => {
        const layer = layers.find((one) => one.modality === entry.name);
        if (layer?.value == null) return [];
        const value = measuredView(part, entry, layer.value);
        return { modality: entry.name, value, source: measuredSource(store, layer) };
      }),
      reconstructed: await reconstructedView(
        store,
        vocabulary,
        entry,
        found,
        shownWidth(found.assessment, records),
      ),
      ...(hasPlaces(entry) && {
        uncertainty: {
          src: imageAddress.uncertainty(part, modality, found.modelVersion),
          low: found.sigmaLow,
          high: found.sigmaHigh,
        },
      }),
      weakChannels: weakChannelsOf(store, found.modelVersion, modality),
      confidence: trust?.confidence ?? found.confidence,
      ...(trust && { trust }),
      sources: found.sources,
      modelVersion: found.modelVersion,
      reconstructedAt: found.madeAt,
      reconstruction: found.fingerprint,
      decision: decision ? { decision: decision.decision, reason: decision.reason, at: decision.at } : null,
      earlier: earlierView(earlier),
    };
  }

  return {
    'review.queue': async ({ modality, undecidedOnly }): Promise<ReviewQueue> => {
      const modalities = store.reconstructions.modalities();
      const lacks = modalities.filter((name) => !store.enrolment.get()?.has.includes(name));
      const shown = modality ?? lacks[0] ?? modalities[0] ?? '';
      const rows = await trusted(shown);
      const standing = store.decisions.standings(shown);
      const items = rows
        .map(({ part, name, confidence, trust, fingerprint }) => ({
          part,
          id: name,
          modality: shown,
          confidence: trust?.confidence ?? confidence,
          ...(trust && { verdict: trust.verdict }),
          ...standingView(standing(name, fingerprint)),
        }))
        .sort((a, b) => verdictOrder(a.verdict) - verdictOrder(b.verdict) || a.confidence - b.confidence);
      return {
        modality: shown,
        modalities,
        items: undecidedOnly ? items.filter(({ decision }) => decision === null) : items,
        total: items.length,
        decided: items.filter(({ decision }) => decision !== null).length,
        again: items.filter(({ earlier }) => earlier !== null).length,
      };
    },
    'review.part': ({ part, modality }) => reviewPart(part, modality),
    'trust.risk': ({ modality }) => risk(modality),
    'trust.rules': ({ modality, ...rules }) => {
      setTrustRules(store, modality, rules);
      changed();
      return risk(modality);
    },
    'review.decide': async ({ part, modality, reconstruction, decision, reason }) => {
      const before = await reviewPart(part, modality);
      if (before.reconstruction !== reconstruction)
        throw new FedReconError('reconstruction-changed', { part: before.id });
      const found = store.reconstructions.get(part, modality)!;
      const { trust } = before;
      const { fingerprint, modelVersion, planHash, file, position, madeAt, sources } = found;
      store.decisions.add({
        at: new Date().toISOString(),
        actor: actorOf(store),
        partName: before.id,
        modality,
        decision,
        reason,
        shown: {
          fingerprint,
          modelVersion,
          planHash,
          file,
          row: position,
          madeAt,
          sources,
          confidence: before.confidence,
          ...(trust && {
            trust: { verdict: trust.verdict, tolerance: trust.tolerance, familiarity: trust.familiarity },
          }),
        },
      });
      changed();
      return reviewPart(part, modality);
    },
  };
}

/** What was decided on an item of a queue, as it is shown. */
function standingView({ decision, earlier }: Standing): Pick<ReviewItem, 'decision' | 'earlier'> {
  return { decision: decision?.decision ?? null, earlier: earlierView(earlier) };
}

/** A decision on the reconstruction whose place another took. */
function earlierView(earlier: HeldDecision | undefined): ReviewItem['earlier'] {
  return earlier ? { decision: earlier.decision, modelVersion: earlier.modelVersion } : null;
}

/** Rank of a verdict in the queue: no ground first, may be used last, "check it" and no calibration between. */
function verdictOrder(verdict: TrustView['verdict'] | undefined): number {
  return verdict === undefined ? 1 : { 'no-ground': 0, check: 1, use: 2 }[verdict];
}

/** View of a measurement, ready to draw. */
export function measuredView(part: number, modality: Modality, value: Measurement): ValueView {
  return workstationKind(modality).measured(modality, value, imageAddress.part(part, modality.name));
}
