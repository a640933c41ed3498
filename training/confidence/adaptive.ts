import type { RouteRecord } from './record.ts';
import { centreAndSpread, surpriseCounts } from './reliability.ts';

/**
 * How fast and how far a plant's own truths change the width of its intervals. With this rate widths that need no change
 * wander by some 5 %, and after errors have doubled the last 50 parts hold what they should again within some 70 parts.
 */
export const adaptation = { rate: 0.15, narrowest: 1 / 4, widest: 8 } as const;

/**
 * As how many own parts the held-out ones of other plants count: at most as if plants differed by a fifth of a deviation
 * (1/√25), so that what was seen here outweighs them as it grows, and at least enough for a spread.
 */
export const others = { most: 25, least: 5 } as const;
/** Standard errors that own parts must be off by before they contradict the others. */
const contradiction = 3;

/** What the truths that arrived at a plant say of one route. */
export interface OwnTruths {
  /** Parts that were reconstructed by it and measured later. */
  readonly parts: number;
  /** How many times as wide as they were calibrated its intervals are. */
  readonly widening: number;
  /** (log error − expected) / deviation of the newest parts. */
  readonly surprises: readonly number[];
}

/** A record as this plant's own truths changed it, and from how many of them; without any, as it was. */
export interface AdaptedRecord extends RouteRecord {
  readonly own?: Pick<OwnTruths, 'parts' | 'widening'>;
}

/**
 * The widening after one more truth: log w ← log w + rate · (missed − level). The steps add up, so over n parts the mean
 * share missed is within log(widest / narrowest) / (rate · n) of the level, whatever drifts, as long as some width in
 * between serves (Gibbs and Candès, arXiv 2106.00170; for shares as here Feldman et al., arXiv 2205.09095).
 * @param missed share of the part's values outside an interval that was as wide
 */
export function adaptedWidening(widening: number, missed: number, level: number): number {
  const { rate, narrowest, widest } = adaptation;
  return Math.min(widest, Math.max(narrowest, widening * Math.exp(rate * (missed - level))));
}

/** Share of a part's values outside their interval. @param errors |error| / deviation of each value */
export function missedShare(errors: ArrayLike<number>, width: number): number {
  let outside = 0;
  for (let place = 0; place < errors.length; place++) if (errors[place]! > width) outside++;
  return outside / errors.length;
}

/**
 * What is known of a route where this plant has truths of its own: the interval of `level` is as much wider as they ask for,
 * and they stand among the held-out parts that say where surprises lie.
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

/** Had plants differed by τ deviations, others would be worth 1/τ² own parts; τ is at least as large as is clearly seen. */
function othersCount(elsewhere: Found, own: Found): number {
  const apart = Math.abs(own.centre - elsewhere.centre) / elsewhere.spread;
  const clearly = Math.max(0, apart - contradiction / Math.sqrt(Math.max(1, own.total)));
  return Math.min(others.most, Math.max(others.least, 1 / clearly ** 2));
}
