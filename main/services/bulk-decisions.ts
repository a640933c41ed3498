import { randomUUID } from 'node:crypto';
import { FedReconError } from '../../protocol/errors.ts';
import type { Api, CheckedInput } from '../api/contract.ts';
import type { filteredVerdicts, QueueFilter } from '../api/queue-filter.ts';
import type { Bulk, BulkOutcome, PartDecision } from '../api/views.ts';
import { JobStopped } from '../jobs/stopped.ts';
import type { QueuePlace } from '../store/reconstructions.ts';
import type { Context } from './context.ts';
import { asShown } from './decision-record.ts';
import { actorOf } from './people-service.ts';
import { createRouteRecords } from './route-records.ts';
import { trustOf, trustRules } from './trust-service.ts';

type Wish = CheckedInput<'review.bulkEffect'>;

/** A decision of many. */
interface OneOfMany {
  readonly part: number;
  readonly decision: PartDecision | null;
  readonly reason: string;
  /** Fingerprint that its reconstruction must have; undefined: that of the queue that was confirmed, if nobody decided on it since. */
  readonly fingerprint?: string;
}

/** Decisions of one transaction: so many that others have their turn soon. */
const decidedAtOnce = 40;
/** Decisions that windows are told of at once: to count the queue takes as long as to decide some. */
const toldAtOnce = 400;
/** Decisions of the log that are looked through at once. */
const readAtOnce = 500;

/**
 * Service of decisions on many reconstructions at once. What somebody decided on already stays as it is; nothing is accepted
 * that no plant calibrated or that is like nothing known, since how many errors to expect cannot be said of it.
 */
export function bulkDecisions({
  store,
  activity,
  stops,
  emit,
  order,
  filtered,
}: Context): Pick<Api, 'review.bulkEffect' | 'review.decideTogether' | 'review.undoTogether'> {
  const recordsOf = createRouteRecords(store);

  async function chosen({ modality, filter = {}, parts, above, decision }: Wish) {
    await order.settled(modality);
    const { revision } = store.reconstructions;
    const wanted = parts && new Set(parts);
    const of = async (
      undecidedOnly: boolean,
      filter: QueueFilter | undefined,
    ): Promise<readonly QueuePlace[]> => {
      if (!filter) return [];
      const places = await filtered.of({ modality, undecidedOnly, filter });
      return wanted ? places.filter(({ part }) => wanted.has(part)) : places;
    };
    const asked = await of(false, filter);
    const able = decision === 'accept' ? withVerdicts(filter, ['use', 'check']) : filter;
    const from = Math.max(above ?? 0, filter.from ?? 0);
    const places = await of(true, able && { ...able, ...(from > 0 && { from }) });
    const uncalibrated = await of(true, withVerdicts(filter, ['none']));
    const isSaid = places.length > 0 && (decision === 'accept' || uncalibrated.length === 0);
    return {
      places,
      effect: {
        count: places.length,
        left: asked.length - places.length,
        uncalibrated: uncalibrated.length,
        // The confidence on show of what is calibrated is a counted frequency (docs of `riskCoverage`).
        expectedErrors: isSaid ? places.reduce((sum, { shown }) => sum + 1 - shown, 0) / places.length : null,
        revision: revision(),
      },
    };
  }

  /** Makes decisions, some a transaction, until all are made, somebody stops it, or another queue than the confirmed is shown. */
  async function make(
    modality: string,
    many: readonly OneOfMany[],
    revision = store.reconstructions.revision(),
  ): Promise<BulkOutcome> {
    const actor = actorOf(store);
    const id = randomUUID();
    const rules = trustRules(store.settings, modality);
    const stop = new AbortController();
    let [first, last, decided] = [0, 0, 0];
    const untold: Pick<OneOfMany, 'part' | 'decision'>[] = [];

    /** Those of some that can be decided on still, with their reconstructions. */
    const able = (some: readonly OneOfMany[]) =>
      some.flatMap((one) => {
        const made = store.reconstructions.get(one.part, modality);
        const known = store.parts.get(one.part);
        if (!made || !known) return [];
        const isFree =
          one.fingerprint === undefined
            ? !store.decisions.standing(known.name, modality, made.fingerprint).decision
            : made.fingerprint === one.fingerprint;
        return isFree ? [{ ...one, made, name: known.name }] : [];
      });

    async function decide(some: readonly OneOfMany[]): Promise<void> {
      // All reconstructions of a modality are of one file.
      const file = store.reconstructions.get(some[0]!.part, modality)?.file;
      const records = file === undefined ? new Map() : await recordsOf(file);
      if (store.reconstructions.revision() !== revision) throw new JobStopped();
      const at = new Date().toISOString();
      const entries: {
        readonly part: number;
        readonly decision: PartDecision | null;
        readonly entry: number;
      }[] = [];
      store.transaction(() => {
        for (const { part, made, name, decision, reason } of able(some)) {
          const shown = asShown(made, trustOf(made.assessment, records, rules));
          const of = { partName: name, modality, decision, reason };
          entries.push({ part, decision, entry: store.decisions.add({ at, actor, ...of, bulk: id, shown }) });
        }
      });
      // Of a transaction that failed, as on a full disk, nothing is told.
      for (const { part, decision, entry } of entries) {
        last = entry;
        first ||= entry;
        decided++;
        untold.push({ part, decision });
      }
    }

    function tell(): void {
      const counters = store.reconstructions.counters(modality);
      for (const [decision, same] of Map.groupBy(untold.splice(0), (one) => one.decision)) {
        const parts = same.map(({ part }) => part);
        filtered.decided(parts, modality);
        emit({ type: 'decided-together', modality, parts, decision, counters });
      }
    }

    stops.add(stop);
    const job = { id, kind: 'decide', phase: 'deciding' } as const;
    let isStopped = false;
    try {
      await activity.during(job, async ({ update }) => {
        for (let done = 0; done < many.length; done += decidedAtOnce) {
          if (stop.signal.aborted) throw new JobStopped();
          await decide(many.slice(done, done + decidedAtOnce));
          if (untold.length >= toldAtOnce) tell();
          update({ fraction: Math.min(1, (done + decidedAtOnce) / many.length) });
          await new Promise(setImmediate);
        }
      });
    } catch (thrown) {
      if (!(thrown instanceof JobStopped)) throw thrown;
      isStopped = true;
    } finally {
      stops.delete(stop);
      tell();
    }
    return { bulk: { id, first, last, modality }, decided, isStopped };
  }

  /** What of some decisions that were made together can be taken back, or made again. */
  async function turned({ id, modality, first, last }: Bulk, again: boolean): Promise<OneOfMany[]> {
    const many: OneOfMany[] = [];
    for (let after = first - 1; ; ) {
      const rows = store.decisions.together(id, modality, after, last, readAtOnce);
      for (const { entry, partName, fingerprint, decision, reason, newest, now } of rows) {
        const part = store.parts.find(partName)?.id;
        // Whoever decided by themselves since is not overruled.
        const isTheirs = again ? now === null : newest === entry;
        if (part === undefined || !isTheirs) continue;
        many.push({ part, fingerprint, decision: again ? decision : null, reason: again ? reason : '' });
      }
      if (rows.length < readAtOnce) return many;
      after = rows.at(-1)!.entry;
      await new Promise(setImmediate);
    }
  }

  return {
    'review.bulkEffect': async (wish) => (await chosen(wish)).effect,
    'review.decideTogether': async ({ reason, count, revision, ...wish }) => {
      const { places, effect } = await chosen(wish);
      if (effect.revision !== revision || effect.count !== count) throw new FedReconError('queue-changed');
      const { decision, modality } = wish;
      return make(
        modality,
        places.map(({ part }) => ({ part, decision, reason })),
        revision,
      );
    },
    'review.undoTogether': async ({ bulk, again }) => make(bulk.modality, await turned(bulk, again)),
  };
}

/** A filter that asks for some verdicts besides; undefined where nothing can fit both. */
function withVerdicts(
  filter: QueueFilter,
  verdicts: readonly (typeof filteredVerdicts)[number][],
): QueueFilter | undefined {
  const both = filter.verdicts ? verdicts.filter((one) => filter.verdicts!.includes(one)) : [...verdicts];
  return both.length > 0 ? { ...filter, verdicts: both } : undefined;
}
