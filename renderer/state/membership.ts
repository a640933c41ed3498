import type { ImportEffect, ImportView, ModalityCount } from '../../main/api/views.ts';

/** Measurements that a plant will have and had not, and that it had and will not have. */
export interface MembershipStep {
  readonly gains: readonly string[];
  readonly gives: readonly string[];
}

/**
 * What an import makes of what a plant has, as `main/services/membership.ts` does once it is in use.
 * @param remove modalities whose empty cells take away what stands
 */
export function membershipAfterImport(
  counts: readonly ModalityCount[],
  effect: Pick<ImportEffect, 'modalities'>,
  remove: (modality: string) => boolean,
): MembershipStep {
  const left = new Map(counts.map(({ modality, present }) => [modality, present]));
  for (const { modality, added, blank, unreadable } of effect.modalities) {
    const gone = remove(modality) ? blank + unreadable : 0;
    left.set(modality, (left.get(modality) ?? 0) + added - gone);
  }
  return stepOf(counts, (modality) => left.get(modality) ?? 0);
}

/** What a deletion makes of it. @param going values of each modality that are deleted */
export function membershipAfterDeletion(
  counts: readonly ModalityCount[],
  going: (modality: string) => number,
): MembershipStep {
  const left = new Map(counts.map(({ modality, present }) => [modality, present - going(modality)]));
  return stepOf(counts, (modality) => left.get(modality)!);
}

/**
 * What taking an import back makes of it, as far as the import alone tells: where nothing stood before what it brought, and
 * nothing holds beside it, the measurement goes; where it took the last values away, it comes back.
 */
export function membershipAfterUndo(
  counts: readonly ModalityCount[],
  brought: ImportView['modalities'],
): MembershipStep {
  const of = new Map(brought.map((one) => [one.modality, one]));
  return stepOf(counts, (modality) => {
    const present = counts.find((one) => one.modality === modality)?.present ?? 0;
    const own = of.get(modality);
    if (!own) return present;
    return present === 0
      ? own.removed
      : present - (own.replaced + own.same + own.removed === 0 ? own.holds : 0);
  });
}

function stepOf(counts: readonly ModalityCount[], left: (modality: string) => number): MembershipStep {
  const named = (fits: (one: ModalityCount) => boolean) =>
    counts.filter(fits).map(({ modality }) => modality);
  return {
    gains: named(({ modality, present }) => present === 0 && left(modality) > 0),
    gives: named(({ modality, present }) => present > 0 && left(modality) <= 0),
  };
}
