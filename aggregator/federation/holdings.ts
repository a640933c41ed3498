/**
 * What a plant has follows its data, so it changes while rounds go on. A change counts from the next round: whoever trains
 * in an open one may send what that round counted on when it began, and is waited for only where it still has something to
 * train there, so that nothing is trained in vain and no round waits for what is gone.
 */
export interface Holdings {
  /** From round `from` on. */
  readonly has: readonly string[];
  /** Until then. */
  readonly before: readonly string[];
  readonly from: number;
}

/** The columns of `plants` that {@link Holdings} stand in. */
export const holdingsColumns = 'has, has_before as before, has_from as "from"';

/** What a round counts on: those that a plant had when the round opened. */
export function holdingsInRound({ has, before, from }: Holdings, round: number): readonly string[] {
  return round < from ? before : has;
}

/** Of what a round counts on that which the plant has not given up since. */
export function holdingsLeft(plant: Holdings, round: number): readonly string[] {
  return holdingsInRound(plant, round).filter((name) => plant.has.includes(name));
}
