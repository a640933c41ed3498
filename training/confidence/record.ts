import { z } from 'zod';
import type { RouteCalibration } from './assessor.ts';
import type { ExpectedError } from './error-model.ts';
import { intervalWidth, missedAt, missLevels } from './intervals.ts';
import { withinTolerance } from './reliability.ts';

const share = z.number().min(0).max(1);
const counts = z.array(z.number().min(0)).min(1);

/** What a file of reconstructions keeps of a route's calibration, so that all that is said of them can be said again from it. */
export const routeRecord = z.strictObject({
  /** `camera←gauge+note` */
  route: z.string().min(1),
  /** Plants and held-out parts behind it. */
  plants: z.int().min(1),
  parts: z.int().min(1),
  /** Mean and standard deviation of the logarithm of known parts' errors. */
  usual: z.strictObject({ centre: z.number(), spread: z.number().min(0) }),
  surprises: z.strictObject({ learned: counts, held: counts }),
  intervals: z.array(
    z.strictObject({
      /** Share of a part's values that may lie outside. */
      level: share,
      /** Half width in deviations of a value, with the share that was outside on average and at the worst plant; or the parts that are missing. */
      found: z.union([
        z.strictObject({ width: z.number().positive(), missed: share, worst: share }),
        z.strictObject({ missingParts: z.int().min(1) }),
      ]),
    }),
  ),
});
export type RouteRecord = z.infer<typeof routeRecord>;

/** A calibration with what merging says of the plants behind it. */
export interface PooledCalibration extends RouteCalibration {
  readonly plants: number;
  readonly parts: number;
  /** Share of values outside at the plant where it is largest, by width. */
  readonly worst: Float64Array;
}

export function recordOf(route: string, calibration: PooledCalibration): RouteRecord {
  const { plants, parts, moments, surprises, intervals, worst } = calibration;
  const count = moments.count[0]!;
  // The basis ends with a constant, so its moment is the sum of the log errors.
  const centre = moments.moment.at(-1)! / count;
  return {
    ...{ route, plants, parts },
    usual: { centre, spread: Math.sqrt(Math.max(0, moments.squares[0]! / count - centre ** 2)) },
    surprises: { learned: [...surprises.learned], held: [...surprises.held] },
    intervals: missLevels.map((level) => {
      const found = intervalWidth(intervals, level);
      if (!('width' in found)) return { level, found };
      const { width, missed } = found;
      const atWorst = missedAt({ missed: worst, count: Float64Array.of(1) }, width);
      return { level, found: { width, missed: Math.min(1, missed), worst: Math.min(1, atWorst) } };
    }),
  };
}

/** The probability that an error is at most `tolerance`, as {@link withinTolerance}. */
export function confidenceAt(
  { surprises }: RouteRecord,
  expected: Pick<ExpectedError, 'logError' | 'deviation'>,
  tolerance: number,
): number {
  const { learned, held } = surprises;
  const found = { learned: Float64Array.from(learned), held: Float64Array.from(held) };
  return withinTolerance(found, { ...expected, leverage: 0 }, tolerance);
}

/** The error that four of five known parts do not exceed: a tolerance to begin with, until an engineer sets one. */
export function usualTolerance({ usual }: RouteRecord, deviations = 0.84): number {
  return Math.exp(usual.centre + deviations * usual.spread);
}
