import type { Feature } from '../../../protocol/calibration/features.ts';
import type { Plan } from '../../../protocol/plan.ts';
import { deviations, openAssessor, type RouteCalibration } from '../../../training/confidence/assessor.ts';
import type { ExpectedError } from '../../../training/confidence/error-model.ts';
import { missLevels } from '../../../training/confidence/intervals.ts';
import { errorMoments, type Observed, scalesOf, scoresOf } from '../../../training/confidence/passes.ts';
import { row, type Table } from '../../../training/learning/row-table.ts';
import type { Scored } from './prediction.ts';

/** What a method says of a part before the truth is known. */
export interface Said {
  readonly expected: ExpectedError;
  /** Half widths of its intervals by value, at each level of misses. */
  readonly intervals: readonly Float32Array[];
}

/** What is said of parts, and the probability that one is within a tolerance. */
export interface Judge {
  say(scored: Scored, part: number): Said;
  confidence(expected: ExpectedError, tolerance: number): number;
  /** How familiar a part is, where the method says it. */
  familiarity?(expected: ExpectedError): number;
}

/** Two-sided quantiles of the normal distribution for the levels of misses. */
const normalWidths = [1.2816, 1.6449, 1.96];

/** The product: the features decide, and intervals are calibrated. @param learned,held parts that plants with the truth learned from, and held out */
export function calibratedJudge({ training }: Plan, learned: Scored, held: Scored): Judge {
  const { blocks } = learned.features!;
  const calibration = calibrate(training.seed, learned, held);
  const assessor = openAssessor(training.seed, blocks, calibration);
  const widths = missLevels.map((level) => assessor.interval(level));
  return {
    confidence: assessor.confidence,
    familiarity: assessor.familiarity,
    say({ features, sigma }, part) {
      const expected = assessor.expect(row(features!.table, part));
      const deviation = deviations(row(sigma, part), expected);
      const intervals = widths.map((found) => {
        if (!('width' in found)) throw new Error('too few parts to calibrate on');
        return deviation.map((value) => value * found.width);
      });
      return { expected, intervals };
    },
  };
}

/**
 * A rival: its deviation as it is, in intervals as wide as a normal distribution's. Its confidence is calibrated on the same
 * held-out parts as the product's, with the deviation as its only feature.
 */
export function plainJudge({ training }: Plan, learned: Scored, held: Scored): Judge {
  const [onLearned, onHeld] = [learned, held].map((scored) => ({ ...scored, features: sizeOf(scored) }));
  const { confidence, expect } = openAssessor(
    training.seed,
    [1],
    calibrate(training.seed, onLearned!, onHeld!),
  );
  return {
    confidence,
    say(scored, part) {
      const expected = expect(row(sizeOf(scored).table, part));
      const own = row(scored.sigma, part);
      const intervals = normalWidths.map((width) => own.map((value) => value * width));
      return { expected: { ...expected, leverage: expected.logError }, intervals };
    },
  };
}

function calibrate(seed: number, learned: Scored, held: Scored): RouteCalibration {
  const [onLearned, onHeld] = [observed(learned), observed(held)];
  const { sums } = scalesOf(onLearned);
  const { moments } = errorMoments(seed, onLearned, sums);
  return { sums, moments, ...scoresOf(seed, onLearned, onHeld, { sums, moments }) };
}

function observed(scored: Scored): Observed {
  return { ...scored, parts: Uint32Array.from(scored.parts.keys()), features: scored.features! };
}

const sizes = new WeakMap<Table, NonNullable<Scored['features']>>();

/** The logarithm of a part's deviation, as its only feature. */
function sizeOf({ sigma, parts }: Scored): NonNullable<Scored['features']> {
  const known = sizes.get(sigma);
  if (known) return known;
  const data = Float32Array.from(parts.keys(), (part) =>
    Math.log(row(sigma, part).reduce((sum, value) => sum + value * value, 1e-12)),
  );
  const features: Feature[] = [{ name: 'deviation', of: [] }];
  const made = { table: { data, width: 1 }, blocks: [1], features };
  sizes.set(sigma, made);
  return made;
}
