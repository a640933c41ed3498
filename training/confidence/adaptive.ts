import type { RouteRecord } from './record.ts';
import { centreAndSpread, surpriseCounts } from './reliability.ts';

/**
 * Rate and limits by which a plant's own real measurements change the width of its intervals. With this rate widths
 * that need no change wander by some 5 %, and after errors have doubled the last 50 parts hold what they should again
 * within some 70 parts.
 */
export const adaptation = { rate: 0.15, narrowest: 1 / 4, widest: 8 } as const;

/**
 * Weight of other plants' held-out parts, in own parts: at most as if plants differed by a fifth of a deviation
 * (1/√25), so that a plant's own parts outweigh them as they grow, and at least enough for a spread.
 */
export const others = { most: 25, least: 5 } as const;
/** Number of standard errors by which own parts must differ from the others before they contradict them. */
const contradiction = 3;

/** Result of comparing a route's reconstructions with the real measurements that later arrived at this plant. */
export interface OwnTruths {
  /** Number of parts that were reconstructed by the route and measured later. */
  readonly parts: number;
  /** Factor by which its intervals are wider than calibrated. */
  readonly widening: number;
  /** Surprises of the newest parts: (log error − expected) / deviation. */
  readonly surprises: readonly number[];
}

/** Record of a route as this plant's own real measurements changed it, with their number; unchanged without any. */
export interface AdaptedRecord extends RouteRecord {
  readonly own?: Pick<OwnTruths, 'parts' | 'widening'>;
}

/**
 * Widening after one more real measurement: log w ← log w + rate · (missed − level). The steps add up, so over n parts
 * the mean share missed is within log(widest / narrowest) / (rate · n) of the level, whatever drifts, as long as some
 * width in between serves (Gibbs and Candès, arXiv 2106.00170; for shares as here Feldman et al., arXiv 2205.09095).
 * @param missed share of the part's values outside an interval that was as wide
 */
export function adaptedWidening(widening: number, missed: number, level: number): number {
  const { rate, narrowest, widest } = adaptation;
  return Math.min(widest, Math.max(narrowest, widening * Math.exp(rate * (missed - level))));
}

/**
 * Share of a part's values outside their interval.
 * @param errors |error| / deviation of each value
 * @param width half width of the interval in deviations
 */
export function missedShare(errors: ArrayLike<number>, width: number): number {
  let outside = 0;
  for (let place = 0; place < errors.length; place++) if (errors[place]! > width) outside++;
  return outside / errors.length;
}

/**
 * Adapts a route's record to this plant's own real measurements: the interval of `level` is widened, and their
 * surprises are counted with those of held-out parts.
 */
export function adaptRecord(record: RouteRecord, own: OwnTruths, level: number): AdaptedRecord {
  const { parts, widening } = own;
  if (parts === 0) return record;
  const { learned, held } = record.surprises;
  return {
    ...record,
    surprises: { learned, held: withOwn(held, surpriseCounts(own.surprises)) },
    intervals: record.intervals.map((interval) =>
      interval.level === level && 'width' in interval.found
        ? { level, found: { ...interval.found, width: interval.found.width * widening } }
        : interval,
    ),
    own: { parts, widening },
  };
}

function withOwn(held: readonly number[], own: Float64Array): number[] {
  const elsewhere = centreAndSpread(held);
  const scale = Math.min(1, othersCount(elsewhere, centreAndSpread(own)) / Math.max(1, elsewhere.total));
  return held.map((count, bin) => scale * count + own[bin]!);
}

type Found = ReturnType<typeof centreAndSpread>;

/**
 * Number of own parts that the other plants' parts are worth: 1/τ² if plants differ by τ deviations, with the smallest
 * τ that the difference clearly shows.
 */
function othersCount(elsewhere: Found, own: Found): number {
  const apart = Math.abs(own.centre - elsewhere.centre) / elsewhere.spread;
  const clearly = Math.max(0, apart - contradiction / Math.sqrt(Math.max(1, own.total)));
  return Math.min(others.most, Math.max(others.least, 1 / clearly ** 2));
}
