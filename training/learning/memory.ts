import { offer, type Reservoir } from './reservoir.ts';

/** Memory of a plant's own parts from round to round, by their identities. It never leaves the plant. */
export interface Memory {
  /** Newest arrivals: trained on in every round until others arrive. */
  readonly newest: readonly string[];
  /** Arrivals before those: trained on only while they are in the reservoir. */
  readonly earlier: readonly string[];
  readonly reservoir: Reservoir;
}

const nothing: Memory = { newest: [], earlier: [], reservoir: { parts: [], offered: 0 } };

/**
 * Updates the memory to the parts that are `present` now. If some are new, those that were the newest are offered to
 * the reservoir. Parts that are gone are forgotten.
 * @returns `memory` itself where nothing changed
 */
export function remember(
  memory: Memory = nothing,
  present: readonly string[],
  capacity: number,
  seed: number,
): Memory {
  const known = new Set([...memory.newest, ...memory.earlier]);
  const arrived = present.filter((part) => !known.has(part));
  const { parts, offered } = memory.reservoir;
  if (arrived.length === 0 && known.size === present.length && parts.length <= capacity) return memory;
  const here = new Set(present);
  const still = (list: readonly string[]) => list.filter((part) => here.has(part));
  const [newest, earlier] = [still(memory.newest), still(memory.earlier)];
  const kept: Reservoir = { parts: still(parts), offered };
  if (arrived.length === 0) return { newest, earlier, reservoir: offer(kept, [], capacity, seed) };
  return {
    newest: arrived,
    earlier: [...earlier, ...newest],
    reservoir: offer(kept, newest, capacity, seed),
  };
}
