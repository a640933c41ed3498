import { FedReconError } from '../../protocol/errors.ts';
import { hasPlaces } from '../../protocol/kinds/index.ts';
import { type Modality, modalityOf } from '../../protocol/plan.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type { ReviewItem, ReviewPart, ReviewQueue, Thumbnail, TrustView, ValueView } from '../api/views.ts';
import { workstationKind } from '../kinds/index.ts';
import type { HeldDecision } from '../store/decisions.ts';
import type { Measurement } from '../store/parts.ts';
import type { QueuePlace, QueueRow, Reconstruction } from '../store/reconstructions.ts';
import { type Context, planInUse } from './context.ts';
import { asShown } from './decision-record.ts';
import { type FilteredScope, firstFrom } from './filtered-queues.ts';
import { imageAddress } from './images.ts';
import { measuredSource } from './measured-source.ts';
import { weakChannelsOf } from './models/model-views.ts';
import { findParts } from './part-search.ts';
import { partUnknown } from './part-unknown.ts';
import { actorOf } from './people-service.ts';
import { reconstructedView } from './reconstructed-view.ts';
import { createRouteRecords } from './route-records.ts';
import { riskOf, setTrustRules, shownWidth, trustOf, trustRules } from './trust-service.ts';
import { createVocabulary } from './vocabulary.ts';

/** Items of a page where nobody says how many. */
const pageLength = 200;

type PageWish = Pick<CheckedInput<'review.queue'>, 'at' | 'after' | 'before' | 'limit'>;
type ItemRow = Pick<Reconstruction, 'part' | 'confidence' | 'assessment' | 'file' | 'fingerprint'> & {
  readonly name: string;
};

/** A queue as it is read: by places, wherever they are kept. */
interface OpenQueue {
  readonly length: number;
  /** Number of rows before a place. */
  before(place: QueuePlace): number;
  /** The rows that come after a place, or before it; without a place, the first. */
  page(limit: number, from?: { readonly after: QueuePlace } | { readonly before: QueuePlace }): QueueRow[];
}

/** Service of the queue of reconstructions, what is known of each, and the decisions on them. */
export function reviewService({
  store,
  changed,
  emit,
  order,
  filtered,
}: Context): Pick<
  Api,
  | 'review.queue'
  | 'review.find'
  | 'review.thumbnails'
  | 'review.part'
  | 'review.decide'
  | 'trust.risk'
  | 'trust.rules'
> {
  const vocabulary = createVocabulary(store);
  const recordsOf = createRouteRecords(store);

  async function risk(modality: string) {
    const rules = trustRules(store.settings, modality);
    const found: TrustView[] = [];
    for (const rows of store.reconstructions.rows(modality)) {
      const records = await recordsOf(rows[0]!.file);
      for (const { assessment } of rows) {
        const trust = trustOf(assessment, records, rules);
        if (trust) found.push(trust);
      }
      await new Promise(setImmediate);
    }
    return riskOf(found, rules);
  }

  /** Items of rows of the queue, as they are shown. */
  async function itemsOf(modality: string, rows: readonly ItemRow[]): Promise<ReviewItem[]> {
    const rules = trustRules(store.settings, modality);
    const items: ReviewItem[] = [];
    // All reconstructions of a modality are of one file.
    const records = rows[0] && (await recordsOf(rows[0].file));
    for (const { part, name, confidence, assessment, fingerprint } of rows) {
      const trust = trustOf(assessment, records!, rules);
      const { decision, earlier } = store.decisions.standing(name, modality, fingerprint);
      items.push({
        ...{ part, id: name, modality },
        confidence: trust?.confidence ?? confidence,
        ...(trust && { verdict: trust.verdict }),
        ...{ decision: decision?.decision ?? null, earlier: earlierView(earlier) },
      });
    }
    return items;
  }

  /** The queue as it is asked for: whole, of the undecided, or as a filter leaves it. */
  async function openQueue(of: FilteredScope): Promise<OpenQueue> {
    const { reconstructions } = store;
    if (Object.keys(of.filter).length > 0) {
      const places = await filtered.of(of);
      return {
        length: places.length,
        before: (place) => firstFrom(places, place),
        page: (limit, from) => {
          const end = from && 'before' in from ? firstFrom(places, from.before) : undefined;
          const known = from && 'after' in from ? firstFrom(places, from.after) : 0;
          // The place itself may have left the queue meanwhile.
          const isThere = from && 'after' in from && places[known]?.part === from.after.part;
          const first = end === undefined ? known + (isThere ? 1 : 0) : Math.max(0, end - limit);
          const parts = places.slice(first, end ?? first + limit).map(({ part }) => part);
          return reconstructions.some(of.modality, parts);
        },
      };
    }
    const { total, decided } = reconstructions.counters(of.modality);
    return {
      length: of.undecidedOnly ? total - decided : total,
      before: (place) => reconstructions.before(of, place),
      page: (limit, from) => reconstructions.page(of, limit, from),
    };
  }

  /** The rows of a page, and the place among them of the part that was asked for. */
  function pageOf(
    modality: string,
    { page }: OpenQueue,
    { at, after, before, limit = pageLength }: PageWish,
  ) {
    const { placeOf } = store.reconstructions;
    if (after !== undefined) return { rows: page(limit, { after: readPlace(after) }), at: 0 };
    if (before !== undefined) return { rows: page(limit, { before: readPlace(before) }), at: 0 };
    const place = at === undefined ? undefined : placeOf(at, modality);
    const ahead = place ? page(Math.floor(limit / 4), { before: place }) : [];
    const last = ahead.at(-1);
    return { rows: [...ahead, ...page(limit - ahead.length, last && { after: last })], at: ahead.length };
  }

  /** The reconstruction on show of a part. @throws FedReconError `part-unknown` */
  function shownOf(part: number, modality: string) {
    const found = store.reconstructions.get(part, modality);
    const known = store.parts.get(part);
    if (!found || !known) throw partUnknown(planInUse(store).plan, part, modality);
    return { found, known };
  }

  async function reviewPart(part: number, modality: string): Promise<ReviewPart> {
    const { plan } = planInUse(store);
    const { found, known } = shownOf(part, modality);
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
    'review.queue': async ({ modality, undecidedOnly, filter = {}, ...wish }): Promise<ReviewQueue> => {
      const modalities = store.reconstructions.modalities();
      const lacks = modalities.filter((name) => !store.enrolment.get()?.has.includes(name));
      const shown = modality ?? lacks[0] ?? modalities[0] ?? '';
      await order.settled(shown);
      const open = await openQueue({ modality: shown, undecidedOnly, filter });
      const { rows, at } = pageOf(shown, open, wish);
      const counters = store.reconstructions.counters(shown);
      const { length } = open;
      const first = rows[0] ? open.before(rows[0]) : 0;
      const revision = store.reconstructions.revision();
      return {
        ...{ modality: shown, modalities, ...counters, first, length, at, revision },
        previous: first > 0 ? placeText(rows[0]!) : null,
        next: first + rows.length < length ? placeText(rows.at(-1)!) : null,
        items: await itemsOf(shown, rows),
      };
    },
    'review.find': async (wish) => findParts(store, wish),
    'review.thumbnails': async ({ modality: name, parts }) => {
      const { plan } = planInUse(store);
      const modality = modalityOf(plan, name);
      const shown: Thumbnail[] = [];
      for (const part of parts) {
        const found = store.reconstructions.get(part, name);
        if (!found) continue;
        const value = await reconstructedView(store, vocabulary, modality, found, undefined);
        shown.push({ part, value, modelVersion: found.modelVersion });
      }
      return shown;
    },
    'review.part': ({ part, modality }) => reviewPart(part, modality),
    'trust.risk': ({ modality }) => risk(modality),
    'trust.rules': async ({ modality, ...rules }) => {
      setTrustRules(store, modality, rules);
      await order.settled(modality);
      changed();
      return risk(modality);
    },
    'review.decide': async ({ part, modality, reconstruction, decision, reason }) => {
      const records = await recordsOf(shownOf(part, modality).found.file);
      const { found, known } = shownOf(part, modality);
      if (found.fingerprint !== reconstruction)
        throw new FedReconError('reconstruction-changed', { part: known.name });
      const trust = trustOf(found.assessment, records, trustRules(store.settings, modality));
      const at = new Date().toISOString();
      store.decisions.add({
        ...{ at, actor: actorOf(store), partName: known.name, modality, decision, reason },
        shown: asShown(found, trust),
      });
      filtered.decided([part], modality);
      const [item] = await itemsOf(modality, [{ ...found, name: known.name }]);
      const counters = store.reconstructions.counters(modality);
      emit({ type: 'decided', item: item!, counters });
      return { item: item!, decision: decision && { decision, reason, at }, counters };
    },
  };
}

/** A decision on the reconstruction whose place another took. */
function earlierView(earlier: HeldDecision | undefined): ReviewItem['earlier'] {
  return earlier ? { decision: earlier.decision, modelVersion: earlier.modelVersion } : null;
}

/** A place in the queue as the window keeps it, to ask for what comes after. */
function placeText({ rank, shown, part }: QueuePlace): string {
  return `${rank} ${shown} ${part}`;
}

function readPlace(text: string): QueuePlace {
  const [rank, shown, part] = text.split(' ').map(Number) as [number, number, number];
  return { rank, shown, part };
}

/** View of a measurement, ready to draw. */
export function measuredView(part: number, modality: Modality, value: Measurement): ValueView {
  return workstationKind(modality).measured(modality, value, imageAddress.part(part, modality.name));
}
