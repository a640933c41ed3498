import { mean } from '../measures/statistics.ts';

/**
 * Check of a promise on one part: the promised and the actual share of misses, of its values or of the part as a whole.
 */
export interface PromiseCheck {
  /** Share of misses that was promised, on average. */
  readonly promised: number;
  readonly missed: number;
}

/** Stakes of the bets, as shares of the largest that cannot lose more than all. */
const stakes = [0.1, 0.4] as const;
/** Least promised share that is bet on; smaller ones are bet on as this one, so that a single miss does not decide. */
const leastPromised = 0.1;

/**
 * True if parts in a row missed more than was promised; where the promise holds, this happens with a probability of at
 * most `delta`. Two bets share a capital that a fair promise lets grow by 1/δ only so often (Markov's inequality on a
 * supermartingale; Waudby-Smith and Ramdas, arXiv 2010.09686).
 */
export function isBroken(checks: readonly PromiseCheck[], delta = 0.01): boolean {
  const capitals = stakes.map((stake) =>
    checks.reduce(
      (capital, { promised, missed }) =>
        capital * (1 + (stake * (missed - promised)) / Math.max(promised, leastPromised)),
      1,
    ),
  );
  return mean(capitals) >= 1 / delta;
}
