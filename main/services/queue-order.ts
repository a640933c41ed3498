import type { AdaptedRecord } from '../../training/confidence/adaptive.ts';
import type { TrustView } from '../api/views.ts';
import type { Assessment, QueuePlace } from '../store/reconstructions.ts';
import type { Store } from '../store/store.ts';
import { createRouteRecords } from './route-records.ts';
import { type TrustRules, trustOf, trustRules } from './trust-service.ts';

/** The order of the queues: what is to be looked at first. It is kept in the store, and worked out anew where its grounds have changed. */
export interface QueueOrder {
  /** Resolves once the places of a modality's reconstructions are those of the limits and truths as they are; at once where they are. */
  settled(modality: string): Promise<void>;
}

/** Places of the queues by what is known of the reconstructions in them; worked out a little at a time. */
export function createQueueOrder(store: Store): QueueOrder {
  const recordsOf = createRouteRecords(store);
  const working = new Map<string, Promise<void>>();

  const groundsOf = (modality: string) =>
    JSON.stringify([
      store.enrolment.get()?.planHash ?? '',
      trustRules(store.settings, modality),
      store.truths.count(),
    ]);
  const isSettled = (modality: string) => store.reconstructions.grounds(modality) === groundsOf(modality);

  async function settle(modality: string): Promise<void> {
    while (!isSettled(modality)) {
      const grounds = groundsOf(modality);
      const revision = store.reconstructions.revision();
      const rules = trustRules(store.settings, modality);
      for (const rows of store.reconstructions.rows(modality)) {
        const moved: QueuePlace[] = [];
        for (const row of rows) {
          const { rank, shown } = placeOf(row, await recordsOf(row.file), rules);
          if (rank !== row.rank || shown !== row.shown) moved.push({ part: row.part, rank, shown });
        }
        if (moved.length > 0) store.reconstructions.setPlaces(modality, moved);
        await new Promise(setImmediate);
      }
      // Others may be shown meanwhile: their places are worked out then.
      if (store.reconstructions.revision() === revision) store.reconstructions.setGrounds(modality, grounds);
    }
  }

  return {
    settled: (modality) => {
      const known = working.get(modality);
      if (known) return known.then(() => undefined);
      if (isSettled(modality)) return Promise.resolve();
      const own = settle(modality).finally(() => working.delete(modality));
      working.set(modality, own);
      return own;
    },
  };
}

/** Rank and confidence that a reconstruction is queued by. */
function placeOf(
  { assessment, confidence }: { readonly assessment?: Assessment | undefined; readonly confidence: number },
  records: ReadonlyMap<string, AdaptedRecord>,
  rules: TrustRules,
): Omit<QueuePlace, 'part'> {
  const trust = trustOf(assessment, records, rules);
  return { rank: verdictRank(trust?.verdict), shown: trust?.confidence ?? confidence };
}

/** Rank of a verdict in the queue: no ground first, may be used last, "check it" and no calibration between. */
function verdictRank(verdict: TrustView['verdict'] | undefined): number {
  return verdict === undefined ? 1 : { 'no-ground': 0, check: 1, use: 2 }[verdict];
}
