import { FedReconError } from '../../protocol/errors.ts';
import { namedInErrors } from '../../protocol/kinds/named-in-errors.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';

/**
 * Refusal of a question about a part of which nothing is reconstructed.
 * @param part its number in the store
 * @throws FedReconError `modality-unknown` where the plan has no such modality
 */
export function partUnknown(plan: Plan, part: number, modality: string): FedReconError {
  return new FedReconError('part-unknown', { part, ...namedInErrors(modalityOf(plan, modality)) });
}
