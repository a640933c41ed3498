import type { CheckedInput } from '../api/contract.ts';
import type { FoundPart } from '../api/views.ts';
import type { Store } from '../store/store.ts';

/** Parts that are shown of those that a text fits. */
const foundAtOnce = 8;

/** Parts whose names a text fits, the one of that very name first, and where the reconstruction of a modality of each is. */
export function findParts(
  store: Store,
  { modality, text, undecidedOnly, filter = {} }: CheckedInput<'review.find'>,
): FoundPart[] {
  const exact = store.parts.find(text);
  const { parts } = store.parts.list({ text }, foundAtOnce);
  const found = [...(exact ? [exact] : []), ...parts.filter(({ id }) => id !== exact?.id)];
  return found.slice(0, foundAtOnce).map(({ id: part, name: id }) => {
    const made = store.reconstructions.get(part, modality);
    if (made) {
      const { decision } = store.decisions.standing(id, modality, made.fingerprint);
      const fits = () => store.reconstructions.placeIf(part, { modality, undecidedOnly: false }, filter);
      const where = decision && undecidedOnly ? 'decided' : fits() ? 'here' : 'filtered';
      return { part, id, where, modality, decision: decision?.decision ?? null };
    }
    const other = store.reconstructions
      .modalities()
      .find((name) => store.reconstructions.placeOf(part, name) !== undefined);
    if (other !== undefined) return { part, id, where: 'elsewhere', modality: other, decision: null };
    const isMeasured = store.parts.heldOf([id]).get(id)?.has(modality);
    return { part, id, where: isMeasured ? 'measured' : 'not-reconstructed', modality: null, decision: null };
  });
}
