import type { AdaptedRecord } from '../../training/confidence/adaptive.ts';
import type { TrustView } from '../api/views.ts';
import type { Assessment, QueuePlace } from '../store/reconstructions.ts';
import type { Store } from '../store/store.ts';
import type { QueueOrder } from './context.ts';
import { createRouteRecords } from './route-records.ts';
import { type TrustRules, trustOf, trustRules } from './trust-service.ts';

/**
 * Places of the queues by what is known of the reconstructions in them; worked out a little at a time.
 * @param closing true once the store is being closed: the rest is done when it is open again
 */
export function createQueueOrder(store: Store, closing: () => boolean): QueueOrder {
  const recordsOf = createRouteRecords(store);
  const working = new Map<string, Promise<void>>();

  const groundsOf = (modality: string) =>
    JSON.stringify([
      store.enrolment.get()?.planHash ?? '',
      trustRules(store.settings, modality),
      store.truths.count(),
    ]);
  const isSettled = (modality: string) => store.reconstructions.grounds(modality) === groundsOf(modality);

  async function place(modality: string): Promise<void> {
    while (!closing() && !isSettled(modality)) {
      const grounds = groundsOf(modality);
      const revision = store.reconstructions.revision();
      const rules = trustRules(store.settings, modality);
      let haveMoved = false;
      for (const rows of store.reconstructions.rows(modality)) {
        const moved: QueuePlace[] = [];
        // All rows of a modality are of one file.
        const records = await recordsOf(rows[0]!.file);
        for (const row of rows) {
          const { rank, shown } = placeOf(row, records, rules);
          if (rank !== row.rank || shown !== row.shown) moved.push({ part: row.part, rank, shown });
        }
        if (closing()) return;
        if (moved.length > 0) store.reconstructions.setPlaces(modality, moved);
        haveMoved ||= moved.length > 0;
        await new Promise(setImmediate);
        if (closing()) return;
      }
      // Others may be shown meanwhile: their places are worked out then.
      if (store.reconstructions.revision() === revision)
        store.reconstructions.setGrounds(modality, grounds, haveMoved);
    }
  }

  function settled(modality: string): Promise<void> {
    const known = working.get(modality);
    if (known) return known;
    if (isSettled(modality)) return Promise.resolve();
    const own = place(modality).finally(() => working.delete(modality));
    working.set(modality, own);
    return own;
  }

  return {
    settled,
    settle: async () => {
      for (const modality of store.reconstructions.modalities()) {
        if (closing()) return;
        await settled(modality);
      }
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
