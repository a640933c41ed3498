import type { CallInput } from '../../../main/api/contract.ts';
import type { DecisionOutcome } from '../../../main/api/views.ts';
import type { Workstation } from '../../../main/services/workstation.ts';

/** Decides about the reconstruction that is on show of a part, as a window does that has just read it. */
export async function decideOn(
  api: Pick<Workstation['api'], 'review.part' | 'review.decide'>,
  wish: Omit<CallInput<'review.decide'>, 'reconstruction'>,
): Promise<DecisionOutcome> {
  const { part, modality } = wish;
  const { reconstruction } = await api['review.part']({ part, modality });
  return api['review.decide']({ ...wish, reason: wish.reason ?? '', reconstruction });
}
