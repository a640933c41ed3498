import { createHash } from 'node:crypto';
import { selectParts } from './dataset.ts';
import { partIdentities } from './identity.ts';
import { offer, type Reservoir } from './reservoir.ts';
import type { RoundJob } from './round.ts';

/** What a plant remembers of its own parts from round to round, by their identities. It never leaves the plant. */
export interface Memory {
  /** The newest arrivals: trained on in every round until others arrive. */
  readonly newest: readonly string[];
  /** Arrivals before those: trained on only while they are in the reservoir. */
  readonly earlier: readonly string[];
  readonly reservoir: Reservoir;
}

const nothing: Memory = { newest: [], earlier: [], reservoir: { parts: [], offered: 0 } };

/**
 * The memory once `present` are the plant's parts. Where some are new, those that were the newest are offered to the
 * reservoir. Parts that are gone are forgotten.
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

/**
 * The job with the parts that it trains on where the plan bounds a round's work: the newest arrivals and the
 * reservoir. The memory is saved before anything is trained, so an interrupted round finds the same parts again.
 */
export async function withArrivals(job: RoundJob): Promise<RoundJob> {
  const { plan, dataset, state, key } = job;
  const { reservoir: capacity } = plan.continual;
  if (capacity === 'all') return job;
  const identities = partIdentities(dataset);
  const present = identities.filter((identity) => identity !== undefined);
  const before = await state.loadMemory();
  const memory = remember(before, present, capacity, plan.training.seed);
  if (memory !== before) await state.saveMemory(memory);
  const wanted = new Set([...memory.newest, ...memory.reservoir.parts]);
  const parts = Uint32Array.from(identities.keys()).filter((part) => wanted.has(identities[part] ?? ''));
  const trainedOn = createHash('sha256');
  for (const part of parts) trainedOn.update(identities[part]!);
  return {
    ...job,
    dataset: selectParts(dataset, parts),
    key: `${key} on ${trainedOn.digest('base64url')}`,
  };
}
