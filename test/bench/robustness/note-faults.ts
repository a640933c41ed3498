import type { Random } from '../../../main/demo/random.ts';
import type { TruePart } from '../../../main/demo/true-parts.ts';

/** A share of the parts carries the note of a part of another type; where there is no other type, all stay right. */
export function swappedNotes<P extends TruePart>(parts: readonly P[], share: number, random: Random): P[] {
  const noted = parts.filter(({ note }) => note !== '');
  return parts.map((part) => {
    if (!random.chance(share)) return part;
    const others = noted.filter(({ type }) => type !== part.type);
    return others.length === 0 ? part : { ...part, note: random.pick(others).note };
  });
}
