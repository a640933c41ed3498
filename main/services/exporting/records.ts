import { FedReconError } from '../../../protocol/errors.ts';
import type { HeldDecision } from '../../store/decisions.ts';
import type { Reconstruction } from '../../store/reconstructions.ts';
import type { Store } from '../../store/store.ts';

/** A reconstruction that is exported, with the decision on this very one, if there is one. */
export interface ExportRecord {
  readonly name: string;
  readonly found: Reconstruction;
  readonly decision: HeldDecision | undefined;
}

/**
 * What is exported of a modality: the parts that were chosen, or all whose reconstruction was decided on.
 * @throws FedReconError `part-unknown`
 */
export function recordsOf(
  store: Store,
  modality: string,
  parts: readonly number[] | undefined,
): ExportRecord[] {
  if (parts) return parts.map((part) => recordOf(store, part, modality));
  return store.reconstructions
    .queue(modality)
    .filter(({ decision }) => decision !== null)
    .map(({ part }) => recordOf(store, part, modality))
    .filter(({ decision }) => decision !== undefined);
}

function recordOf(store: Store, part: number, modality: string): ExportRecord {
  const found = store.reconstructions.get(part, modality);
  const known = store.datasets.part(part);
  if (!found || !known) throw new FedReconError('part-unknown', { part, modality });
  const held = store.decisions.latest(known.name, modality);
  // Who accepted what an older model made did not accept this.
  const decision = held?.modelVersion === found.modelVersion ? held : undefined;
  return { name: known.name, found, decision };
}
