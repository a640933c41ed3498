import { FedReconError } from '../../protocol/errors.ts';

/**
 * Checks that two hashes are of the same plan, and so refuses what was made under another one.
 * @throws FedReconError `plan-foreign`
 */
export function assertPlan(actual: string, expected: string): void {
  const short = (hash: string) => hash.slice(0, 12);
  if (actual !== expected)
    throw new FedReconError('plan-foreign', { actual: short(actual), expected: short(expected) });
}
