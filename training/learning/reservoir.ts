import { uniformAt } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';

/** Reservoir: a fixed number of parts, drawn evenly from all that were ever offered. */
export interface Reservoir {
  readonly parts: readonly string[];
  /** Number of parts that were offered so far. */
  readonly offered: number;
}

/**
 * Offers more parts: each of all parts offered so far is kept with the same probability. Slots of parts that were taken
 * out in the meantime go to the next ones.
 * Source: algorithm R, Vitter, "Random sampling with a reservoir", ACM TOMS 11, 1985.
 * @param capacity number of slots; with fewer than before the last parts are dropped
 */
export function offer(
  { parts, offered }: Reservoir,
  arriving: readonly string[],
  capacity: number,
  seed: number,
): Reservoir {
  const key = keyOf(seed, 'reservoir');
  const kept = parts.slice(0, capacity);
  for (const [place, part] of arriving.entries()) {
    const number = offered + place;
    const slot = kept.length < capacity ? kept.length : Math.floor(uniformAt(key, number) * (number + 1));
    if (slot < capacity) kept[slot] = part;
  }
  return { parts: kept, offered: offered + arriving.length };
}
