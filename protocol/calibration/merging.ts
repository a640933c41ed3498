import { merged, type Statistics } from './statistics.ts';
import type { Sums } from './sums.ts';

/** Statistic of merged sums alone, which no plant sends: how many plants stand behind them. */
export const plantsStatistic = 'plants';
/**
 * Statistic of merged sums alone: by width of the intervals, the share of values outside at the plant where it is
 * largest, without saying which plant that is.
 */
export const worstStatistic = 'intervals/worst';

/**
 * Merged sums with those of one more plant added. Merging takes as much memory as one plant's sums.
 * @param total merged sums of the plants so far; `{}` before the first
 */
export function addPlant(total: Sums, plant: Sums): Sums {
  const sum: Record<string, Statistics> = { ...total };
  for (const [route, statistics] of Object.entries(plant)) {
    const one = ofOnePlant(statistics);
    const before = sum[route];
    sum[route] = before ? together(before, one) : one;
  }
  return sum;
}

function ofOnePlant(statistics: Statistics): Statistics {
  const [missed, count] = [statistics['intervals/missed'], statistics['intervals/count']];
  return {
    ...statistics,
    [plantsStatistic]: Float64Array.of(1),
    ...(missed && count && { [worstStatistic]: missed.map((share) => share / count[0]!) }),
  };
}

function together(one: Statistics, other: Statistics): Statistics {
  const [a, b] = [one[worstStatistic], other[worstStatistic]];
  const worst = a && b && { [worstStatistic]: a.map((share, place) => Math.max(share, b[place]!)) };
  return { ...merged([one, other]), ...worst };
}
