import { calibrationSizes } from '../../protocol/calibration/lengths.ts';
import { row, type Table } from '../learning/row-table.ts';
import { meanOf } from '../measures/statistics.ts';
import { type ExpectedError, errorModelOf, type Moments } from './error-model.ts';
import { type IntervalScores, type IntervalWidth, intervalWidth, type MissLevel } from './intervals.ts';
import { type Distances, familiarity } from './novelty.ts';
import { randomFeatures } from './random-features.ts';
import { type Surprises, withinTolerance } from './reliability.ts';
import { type ColumnSums, scaled, scalingOf } from './scaling.ts';

/**
 * Calibration of a route: sums of the plants that have real measurements of its target, from three passes, each of
 * which needs the sums of those before: {@link ColumnSums} and {@link Moments} of parts that the model learned from,
 * and {@link Surprises}, {@link Distances} and {@link IntervalScores} of held-out ones.
 */
export interface RouteCalibration {
  readonly sums: ColumnSums;
  readonly moments: Moments;
  readonly surprises: Surprises;
  readonly distances: Distances;
  readonly intervals: IntervalScores;
}

/** Basis φ of error models as a function of a row of features. @param blocks widths of a row's blocks */
export function openBasis(
  seed: number,
  blocks: readonly number[],
  sums: ColumnSums,
): (features: Float32Array) => Float64Array {
  const scaling = scalingOf(sums);
  const basis = randomFeatures(seed, blocks, calibrationSizes.cosines);
  return (features) => basis.of(scaled(features, scaling));
}

/** Assessor of reconstructions of one target from one set of sources. */
export interface Assessor {
  expect(features: Float32Array): ExpectedError;
  /** Deviations of a part's values, see the function {@link deviations}. */
  deviations(sigma: Float32Array, expected: ExpectedError): Float32Array;
  /** Confidence: the probability that the error is at most `tolerance`. */
  confidence(expected: ExpectedError, tolerance: number): number;
  /** Familiarity: the share of known parts that are at least as far out. */
  familiarity(expected: ExpectedError): number;
  /** Width of intervals that miss at most `level` of the values, in the deviations of {@link deviations}. */
  interval(level: MissLevel): IntervalWidth;
}

export function openAssessor(
  seed: number,
  blocks: readonly number[],
  { sums, moments, surprises, distances, intervals }: RouteCalibration,
): Assessor {
  const basis = openBasis(seed, blocks, sums);
  const model = errorModelOf(moments);
  const scales = channelScales(moments);
  return {
    expect: (features) => model.expect(basis(features)),
    deviations: (sigma, expected) => deviations(sigma, expected, scales),
    confidence: (expected, tolerance) => withinTolerance(surprises, expected, tolerance),
    familiarity: ({ leverage }) => familiarity(distances, leverage),
    interval: (level) => intervalWidth(intervals, level),
  };
}

/**
 * Deviation of each value of a part: in proportion to the reconstruction's own, and on the whole as large as the
 * expected error.
 * @param sigma deviation of each value by the reconstruction
 * @param scales of unlike channels, {@link channelScales}
 */
export function deviations(
  sigma: Float32Array,
  { logError }: ExpectedError,
  scales?: Float64Array,
): Float32Array {
  const own = scales ? sigma.map((value, place) => value * scales[place]!) : sigma;
  const size = Math.sqrt(meanOf(own, (value) => value * value));
  return own.map((value) => (value / Math.max(size, 1e-12)) * Math.exp(logError));
}

/** Largest scale of a channel: that it is more times easier or harder than the model says may be chance. */
const mostScale = 30;

/**
 * Scale of each channel: by how much its errors are larger than the model's deviations say; undefined of values that are
 * alike. One width for unlike channels would give the easy ones intervals that are too wide, and the hard ones too narrow.
 */
export function channelScales({ channelErrors, channelSigmas }: Moments): Float64Array | undefined {
  return channelErrors?.map((errors, place) => {
    const scale = errors / Math.max(1e-12, channelSigmas![place]!);
    return Math.min(mostScale, Math.max(1 / mostScale, scale));
  });
}

/** Sums from which {@link channelScales} follow, over parts with the truth. */
export function channelMoments(
  truth: Table,
  mean: Table,
  sigma: Table,
  parts: Uint32Array,
): Required<Pick<Moments, 'channelErrors' | 'channelSigmas'>> {
  const channelErrors = new Float64Array(mean.width);
  const channelSigmas = new Float64Array(mean.width);
  for (const part of parts) {
    const expected = row(mean, part);
    for (const [place, value] of row(truth, part).entries())
      channelErrors[place]! += Math.abs(value - expected[place]!);
    for (const [place, value] of row(sigma, part).entries()) channelSigmas[place]! += value;
  }
  return { channelErrors, channelSigmas };
}

/** Errors on which intervals are calibrated: |error| of every value of a part in its deviations. */
export function intervalErrors(
  truth: Table,
  mean: Table,
  part: number,
  deviation: Float32Array,
): Float32Array {
  const expected = row(mean, part);
  return row(truth, part).map((value, place) => Math.abs(value - expected[place]!) / deviation[place]!);
}
