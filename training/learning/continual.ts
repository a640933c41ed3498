import { createHash } from 'node:crypto';
import { selectParts } from './datasets.ts';
import { partIdentities } from './identity.ts';
import { remember } from './memory.ts';
import type { RoundJob } from './round-job.ts';

/**
 * Limits a job to the parts that it trains on where the plan bounds a round's work: the newest arrivals and the
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
