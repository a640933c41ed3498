import type { QueueFilter } from '../api/queue-filter.ts';
import type { QueuePlace, QueueScope } from '../store/reconstructions.ts';
import { inTurns } from '../store/slices.ts';
import type { Store } from '../store/store.ts';

/** What of a queue is meant, and what of that. */
export interface FilteredScope extends QueueScope {
  readonly filter: QueueFilter;
}

/** Queues as filters leave them. What fits is found once, a little at a time, and kept true by each decision. */
export interface FilteredQueues {
  /** Places of what fits, in the order of the queue. */
  of(scope: FilteredScope): Promise<readonly QueuePlace[]>;
  /** Decisions were made on the reconstructions of some parts: each may fit now, or no more. */
  decided(parts: readonly number[], modality: string): void;
}

/** Filtered queues that are kept: those of a person who goes to and fro between views. */
const keptAtMost = 6;

interface Kept {
  readonly scope: FilteredScope;
  readonly revision: string;
  /** Undefined until they are found. */
  places: readonly QueuePlace[] | undefined;
  /** Parts that were decided on while they were looked for. */
  readonly meanwhile: Set<number>;
  readonly ready: Promise<void>;
}

export function createFilteredQueues(store: Store): FilteredQueues {
  const kept = new Map<string, Kept>();

  function update(one: Kept, parts: Iterable<number>): void {
    const { scope } = one;
    const decided = new Set(parts);
    const fit = [...decided].flatMap((part) => {
      const place = store.reconstructions.placeIf(part, scope, scope.filter);
      return place ? [place] : [];
    });
    const others = one.places!.filter(({ part }) => !decided.has(part));
    one.places = fit.length === 0 ? others : [...others, ...fit].sort(compare);
  }

  function look(scope: FilteredScope): Kept {
    const revision = store.reconstructions.revision();
    const one: Kept = {
      ...{ scope, revision, places: undefined, meanwhile: new Set() },
      ready: inTurns(store.reconstructions.places(scope, scope.filter)).then((places) => {
        one.places = places;
        if (one.meanwhile.size > 0) update(one, one.meanwhile);
      }),
    };
    return one;
  }

  return {
    of: async (scope) => {
      const key = JSON.stringify([scope.modality, scope.undecidedOnly, scope.filter]);
      for (;;) {
        let one = kept.get(key);
        if (one?.revision !== store.reconstructions.revision()) one = look(scope);
        // The one that is asked for is the last to be let go.
        kept.delete(key);
        kept.set(key, one);
        const [oldest] = kept.keys();
        if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
        try {
          await one.ready;
        } catch (thrown) {
          kept.delete(key);
          throw thrown;
        }
        // Another queue may be shown meanwhile: what was found is of the one before.
        if (one.revision === store.reconstructions.revision()) return one.places!;
      }
    },
    decided: (parts, modality) => {
      for (const [key, one] of kept) {
        if (one.scope.modality !== modality || !asksDecisions(one.scope)) continue;
        if (!one.places) for (const part of parts) one.meanwhile.add(part);
        else if (parts.length === 1) update(one, parts);
        // To find them anew costs less than to follow thousands one by one.
        else kept.delete(key);
      }
    },
  };
}

/** True where a decision can move a part in or out. */
function asksDecisions({ undecidedOnly, filter }: FilteredScope): boolean {
  const { decisions, by, since, until } = filter;
  return undecidedOnly || [decisions, by, since, until].some((one) => one !== undefined);
}

/** Where in a sorted list of places the first is that is not before a place. */
export function firstFrom(places: readonly QueuePlace[], place: QueuePlace): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(places[middle]!, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(one: QueuePlace, other: QueuePlace): number {
  return one.rank - other.rank || one.shown - other.shown || one.part - other.part;
}
