import { z } from 'zod';
import type { RouteCalibration } from './assessor.ts';
import type { ExpectedError } from './error-model.ts';
import { intervalWidth, missedAt, missLevels } from './intervals.ts';
import { withinTolerance } from './reliability.ts';

const share = z.number().min(0).max(1);
const counts = z.array(z.number().min(0)).min(1);

/** Record of a route's calibration in a file of reconstructions, from which their assessment can be computed again. */
export const routeRecord = z.strictObject({
  /** Name of the route: `camera←gauge+note`. */
  route: z.string().min(1),
  /** Number of plants behind it, and of held-out parts. */
  plants: z.int().min(1),
  parts: z.int().min(1),
  /** Mean and standard deviation of the logarithm of known parts' errors. */
  usual: z.strictObject({ centre: z.number(), spread: z.number().min(0) }),
  surprises: z.strictObject({ learned: counts, held: counts }),
  intervals: z.array(
    z.strictObject({
      /** Share of a part's values that may lie outside. */
      level: share,
      /**
       * Half width in deviations of a value, with the share that was outside on average and at the worst plant; or the
       * number of parts that are missing to find one.
       */
      found: z.union([
        z.strictObject({ width: z.number().positive(), missed: share, worst: share }),
        z.strictObject({ missingParts: z.int().min(1) }),
      ]),
    }),
  ),
});
export type RouteRecord = z.infer<typeof routeRecord>;

/** Calibration of a route with the statistics of merging: the number of plants and the worst of them. */
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

/** Confidence by a record: the probability that an error is at most `tolerance`, as {@link withinTolerance}. */
export function confidenceAt(
  { surprises }: RouteRecord,
  expected: Pick<ExpectedError, 'logError' | 'deviation'>,
  tolerance: number,
): number {
  const { learned, held } = surprises;
  const found = { learned: Float64Array.from(learned), held: Float64Array.from(held) };
  return withinTolerance(found, { ...expected, leverage: 0 }, tolerance);
}

/** Usual tolerance, until an engineer sets one: the error that four of five known parts do not exceed. */
export function usualTolerance({ usual }: RouteRecord, deviations = 0.84): number {
  return Math.exp(usual.centre + deviations * usual.spread);
}
