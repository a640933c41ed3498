import { policyOf } from '../../protocol/policy.ts';
import { theWorkstation } from '../log/entries.ts';
import { inTurns } from '../store/slices.ts';
import type { Store } from '../store/store.ts';
import type { Context } from './context.ts';
import { describe } from './durable-jobs.ts';

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Deletes the reconstructions that are older than the plan lets a plant keep them. Their entries in the log stay.
 * @returns how many values were deleted
 */
export function deleteExpired(store: Store, now: number = Date.now()): number {
  const enrolment = store.enrolment.get();
  if (!enrolment) return 0;
  const { retentionDays } = policyOf(enrolment.plan);
  const cutoff = new Date(Math.max(0, now - retentionDays * day)).toISOString();
  return store.transaction(() => {
    let deleted = 0;
    for (const { id, file, ...detail } of store.reconstructions.madeBefore(cutoff)) {
      store.reconstructions.remove(id);
      store.log.append({
        action: 'reconstruction.deleted',
        actor: theWorkstation,
        object: file,
        detail: { ...detail, retentionDays },
      });
      deleted += detail.parts;
    }
    return deleted;
  });
}

/** The last deletion, unless something was reconstructed since. */
export function lastDeletion(store: Store): { at: string; retentionDays: number } | null {
  const deleted = store.log.latest('reconstruction.deleted');
  const made = store.log.latest('reconstruction.made');
  if (!deleted || (made && made.sequence > deleted.sequence)) return null;
  return { at: deleted.at, retentionDays: Number(deleted.detail.retentionDays) };
}

/** Deletes what is expired now and every hour: a machine that sleeps at night misses no day. */
export function keepRetention({ store, changed, log }: Context): { close(): void } {
  const look = () => {
    if (deleteExpired(store) === 0) return;
    changed();
    inTurns(store.reconstructions.sweep())
      .then(() => store.collect(hour))
      .catch((thrown: unknown) => log(`retention: ${describe(thrown)}`));
  };
  look();
  const timer = setInterval(() => {
    try {
      look();
    } catch (thrown) {
      log(`retention: ${describe(thrown)}`);
    }
  }, hour);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
