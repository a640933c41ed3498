import { FedReconError } from '../../protocol/errors.ts';

/**
 * Refuses what was made under another plan, by the hashes of both.
 * @throws FedReconError `plan-foreign`
 */
export function assertPlan(actual: string, expected: string): void {
  const short = (hash: string) => hash.slice(0, 12);
  if (actual !== expected)
    throw new FedReconError('plan-foreign', { actual: short(actual), expected: short(expected) });
}
