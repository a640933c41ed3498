import type { CalibrationPass } from '../../protocol/calibration/lengths.ts';
import type { Statistics } from '../../protocol/calibration/statistics.ts';
import { row, type Table } from '../learning/row-table.ts';
import {
  channelMoments,
  channelScales,
  deviations,
  intervalErrors,
  openBasis,
  type RouteCalibration,
} from './assessor.ts';
import { type ErrorModel, errorModelOf, momentsOf } from './error-model.ts';
import { intervalScores } from './intervals.ts';
import { distancesOf } from './novelty.ts';
import { type ObservedError, surprisesOf } from './reliability.ts';
import { columnSums } from './scaling.ts';

/**
 * Parts whose target was measured, and reconstructed from their other measurements; rows of tables are part numbers.
 */
export interface Observed {
  readonly parts: Uint32Array;
  readonly features: { readonly table: Table; readonly blocks: readonly number[] };
  readonly truth: Table;
  readonly mean: Table;
  readonly sigma: Table;
  /** True if the target's values are unlike channels. */
  readonly hasChannels?: boolean;
  /** Logarithm of each part's error, in the order of `parts`. */
  readonly logErrors: readonly number[];
}

type Sums = RouteCalibration['sums'];
type Scores = Pick<RouteCalibration, 'surprises' | 'distances' | 'intervals'>;

/** First pass, on parts that the model learned from: sums for the scales of features. */
export function scalesOf({ features, parts }: Observed): Pick<RouteCalibration, 'sums'> {
  return { sums: columnSums(features.table, parts) };
}

/**
 * Second pass, on the same parts: moments of the error model.
 * @param sums those of all plants
 * @param seed the plan's
 */
export function errorMoments(seed: number, learned: Observed, sums: Sums): Pick<RouteCalibration, 'moments'> {
  const { truth, mean, sigma, parts, hasChannels } = learned;
  return {
    moments: {
      ...momentsOf(basesOf(seed, learned, sums), learned.logErrors),
      ...(hasChannels && channelMoments(truth, mean, sigma, parts)),
    },
  };
}

/** Third pass: scores of the error model. @param held parts that nothing learned from */
export function scoresOf(
  seed: number,
  learned: Observed,
  held: Observed,
  { sums, moments }: Pick<RouteCalibration, 'sums' | 'moments'>,
): Scores {
  const model = errorModelOf(moments);
  const scales = channelScales(moments);
  const onLearned = observedErrors(model, seed, learned, sums);
  const onHeld = observedErrors(model, seed, held, sums);
  const errors = onHeld.map(({ expected }, place) => {
    const part = held.parts[place]!;
    return intervalErrors(held.truth, held.mean, part, deviations(row(held.sigma, part), expected, scales));
  });
  return {
    surprises: surprisesOf(onLearned, onHeld),
    distances: distancesOf(onHeld.map(({ expected }) => expected.leverage)),
    intervals: intervalScores(errors),
  };
}

function basesOf(seed: number, { features, parts }: Observed, sums: Sums): Float64Array[] {
  const basis = openBasis(seed, features.blocks, sums);
  return Array.from(parts, (part) => basis(row(features.table, part)));
}

function observedErrors(model: ErrorModel, seed: number, observed: Observed, sums: Sums): ObservedError[] {
  return basesOf(seed, observed, sums).map((basis, place) => ({
    logError: observed.logErrors[place]!,
    expected: model.expect(basis),
  }));
}

/** Statistics of a pass as they are sent: by `group/name`. */
export function asStatistics(groups: Partial<RouteCalibration>): Statistics {
  const entries = Object.entries(groups).flatMap(([group, statistics]) =>
    Object.entries(statistics as Statistics).map(([name, values]) => [`${group}/${name}`, values] as const),
  );
  return Object.fromEntries(entries);
}

/** Groups of a calibration's statistics, by the pass that gives them. */
const groups = {
  scales: ['sums'],
  moments: ['moments'],
  scores: ['surprises', 'distances', 'intervals'],
} as const satisfies Record<CalibrationPass, readonly (keyof RouteCalibration)[]>;

/** Groups of one pass from statistics by `group/name`, the reverse of {@link asStatistics}. */
export function ofPass<P extends CalibrationPass>(
  pass: P,
  statistics: Statistics,
): Pick<RouteCalibration, (typeof groups)[P][number]> {
  const found = groups[pass].map((group) => {
    const own = Object.entries(statistics).filter(([name]) => name.startsWith(`${group}/`));
    return [group, Object.fromEntries(own.map(([name, values]) => [name.slice(group.length + 1), values]))];
  });
  return Object.fromEntries(found) as Pick<RouteCalibration, (typeof groups)[P][number]>;
}
