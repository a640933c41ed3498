import { calibrationSizes } from '../../protocol/calibration/lengths.ts';
import type { Statistics } from '../../protocol/calibration/statistics.ts';

/** Levels: shares of values that may lie outside their interval. */
export const missLevels = [0.2, 0.1, 0.05] as const;
export type MissLevel = (typeof missLevels)[number];

/** Half widths of intervals that are tried, in deviations of a value: `least` · `ratio`^k. */
const widths = { least: 0.4, ratio: 1.0125, count: calibrationSizes.widths } as const;
/**
 * Stakes of the bets, as shares of the largest that cannot lose more than all, 1 / (1 − level). The best one depends on how
 * clearly the risk is below the level; two share the capital.
 */
const stakes = [0.4, 0.99] as const;

/** Scores of intervals of each width on a plant's held-out calibration parts. */
export interface IntervalScores extends Statistics {
  /** Number of parts: one value. */
  readonly count: Float64Array;
  /** Σ over parts of the share of values outside, by width. */
  readonly missed: Float64Array;
  /** Σ over parts of log(1 + stake·(level − share outside)/(1 − level)), by level, width and stake. */
  readonly bets: Float64Array;
}

/** Half width number `index`, in deviations. */
function widthAt(index: number): number {
  return widths.least * widths.ratio ** index;
}

/** Scores of intervals on calibration parts. @param parts for each part, |error| / deviation of every value */
export function intervalScores(parts: readonly ArrayLike<number>[]): IntervalScores {
  const missed = new Float64Array(widths.count);
  const bets = new Float64Array(missLevels.length * widths.count * stakes.length);
  for (const part of parts) {
    let place = 0;
    const shares = missedShares(part);
    for (const [width, share] of shares.entries()) missed[width]! += share;
    for (const level of missLevels)
      for (const share of shares) for (const stake of stakes) bets[place++]! += logGain(stake, level, share);
  }
  return { count: Float64Array.of(parts.length), missed, bets };
}

/** Share of a part's values outside their interval, by width. */
function missedShares(scores: ArrayLike<number>): Float64Array {
  const outside = new Float64Array(widths.count + 1);
  for (let place = 0; place < scores.length; place++) {
    // A value is outside all intervals narrower than its score.
    const narrower = Math.ceil(Math.log(scores[place]! / widths.least) / Math.log(widths.ratio));
    outside[Math.max(0, Math.min(widths.count, narrower))]!++;
  }
  const shares = new Float64Array(widths.count);
  let left = scores.length;
  for (let width = 0; width < widths.count; width++) {
    left -= outside[width]!;
    shares[width] = left / scores.length;
  }
  return shares;
}

/** Width of intervals that keep a level, or the number of parts missing to find it. */
export type IntervalWidth =
  | {
      /** Half width in deviations of a value. */
      readonly width: number;
      /** Mean share of values outside over the calibration parts. */
      readonly missed: number;
    }
  | {
      /** Number of further parts that are needed, at least; there are too few to promise anything. */
      readonly missingParts: number;
    };

/**
 * Width of the narrowest intervals that miss at most the share `level` of a part's values on average, with probability
 * 1 − δ over the calibration parts: risk-controlling prediction sets (Bates et al., arXiv 2101.02703) in the form for
 * images of Angelopoulos et al., arXiv 2202.05265. Widths are tested from the widest down, each by a bet against "the
 * risk is above the level", whose capital grows by 1/δ only with probability δ if it is (Waudby-Smith and Ramdas, arXiv
 * 2010.09686). The stakes are fixed beforehand, so that the logarithms of the capital add up over parts and plants.
 */
export function intervalWidth(
  { count, missed, bets }: IntervalScores,
  level: MissLevel,
  delta = 0.1,
): IntervalWidth {
  const parts = count[0]!;
  const start = missLevels.indexOf(level) * widths.count;
  let narrowest: number | undefined;
  for (let width = widths.count - 1; width >= 0; width--) {
    const place = (start + width) * stakes.length;
    const capital = meanOfExponentials(bets.subarray(place, place + stakes.length));
    if (capital < 1 / delta) break;
    narrowest = width;
  }
  if (narrowest !== undefined) return { width: widthAt(narrowest), missed: missed[narrowest]! / parts };
  return { missingParts: Math.max(1, partsToProve(level, delta) - parts) };
}

/** Number of parts without a single miss that prove a level. */
export function partsToProve(level: MissLevel, delta = 0.1): number {
  let parts = 1;
  while (meanOfExponentials(stakes.map((stake) => parts * logGain(stake, level, 0))) < 1 / delta) parts++;
  return parts;
}

function logGain(stake: number, level: number, share: number): number {
  return Math.log1p((stake / (1 - level)) * (level - share));
}

/** Mean share of values outside intervals of a width that {@link intervalWidth} gave. */
export function missedAt({ count, missed }: Pick<IntervalScores, 'count' | 'missed'>, width: number): number {
  const index = Math.round(Math.log(width / widths.least) / Math.log(widths.ratio));
  return missed[index]! / count[0]!;
}

function meanOfExponentials(logarithms: ArrayLike<number>): number {
  let sum = 0;
  for (let place = 0; place < logarithms.length; place++) sum += Math.exp(logarithms[place]!);
  return sum / logarithms.length;
}
