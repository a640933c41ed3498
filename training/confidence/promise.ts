import { mean } from '../measures/statistics.ts';

/** What was promised of a part and what came of it: shares of its values, or of 1 for the part as a whole. */
export interface PromiseCheck {
  /** Share that may be missed, on average. */
  readonly promised: number;
  readonly missed: number;
}

/** Stakes of the bets, as shares of the largest that cannot lose more than all. */
const stakes = [0.1, 0.4] as const;
/** Promises of fewer misses are bet on as on this one: a single miss must not decide. */
const leastPromised = 0.1;

/**
 * Whether parts in a row missed more than was promised of them: true with a probability of at most `delta` where the
 * promise holds. Two bets share a capital that a fair promise lets grow by 1/δ only so often (Markov's inequality on a
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
