import { hasIntervals } from '../../protocol/kinds/index.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { type Assessor, intervalErrors, openAssessor } from '../confidence/assessor.ts';
import { observe } from '../confidence/observe.ts';
import { errorMoments, type Observed, scalesOf, scoresOf } from '../confidence/passes.ts';
import type { Dataset } from '../learning/datasets.ts';
import { row } from '../learning/row-table.ts';
import { mean, quantile } from '../measures/statistics.ts';
import { usualDraws } from '../reconstruction/part-draws.ts';
import type { TargetCard } from './model-card.ts';
import type { ModelVersion } from './score.ts';

/** Largest number of parts trained on from which errors are learned: more of them add little, and take longer. */
const mostLearned = 400;
/** Least number of parts that can be halved to calibrate on one half and count on the other. */
const leastHeld = 40;
/** Least number of parts in a bin. */
const leastInBin = 10;
const mostBins = 5;
/** Share of a part's values that an interval may miss. */
const level = 0.1;
/** Share of known parts that meet the tolerance at which confidence is checked. */
const usual = 0.8;

/** Trust: the parts of a card about intervals and confidence. */
export type Trust = Pick<TargetCard, 'coverage' | 'calibration'>;
export const unknownTrust: Trust = { coverage: null, calibration: null };

/**
 * Trust in intervals and confidence at this plant, by its own parts alone: calibrated as the federation does it, on one
 * half of the held-out parts, and counted on the other; then the other way round. Before a version is in use nobody
 * else has calibrated it.
 * @param learned parts that were trained on
 * @param held parts that were not; both hold target and sources
 */
export async function cardTrustOf(
  { frozen, fetched, learned: bridges }: ModelVersion,
  route: { readonly target: string; readonly sources: readonly string[] },
  learned: Dataset,
  held: Dataset,
): Promise<Trust> {
  const options = { draws: usualDraws, fetched, learned: bridges };
  const counted = await observe(frozen, held, route, options, held.count);
  if (counted.parts.length < leastHeld) return unknownTrust;
  const known = await observe(frozen, learned, route, options, mostLearned);
  if (known.parts.length < leastHeld) return unknownTrust;
  const { seed } = frozen.plan.training;
  const sums = scalesOf(known);
  const model = { ...sums, ...errorMoments(seed, known, sums.sums) };
  const halves = [0, 1].map((half) => partsOf(counted, (place) => place % 2 === half));
  const tolerance = Math.exp(quantile(known.logErrors, usual));
  const checks = halves.map((half, place) => {
    const scores = scoresOf(seed, known, halves[1 - place]!, model);
    return check(openAssessor(seed, counted.features.blocks, { ...model, ...scores }), half, tolerance);
  });
  const said = checks.flatMap((one) => one.said);
  const inside = checks.flatMap((one) => one.inside ?? []);
  return {
    coverage:
      !hasIntervals(modalityOf(frozen.plan, route.target)) || inside.length < counted.parts.length
        ? null
        : { nominal: 1 - level, share: mean(inside), parts: inside.length },
    calibration: { tolerance, bins: binsOf(said) },
  };
}

/**
 * Bins of equally many parts by confidence, the least confident first: mean confidence, and share within the tolerance.
 */
export function binsOf(said: readonly Said[]): NonNullable<TargetCard['calibration']>['bins'] {
  const bins = Math.max(1, Math.min(mostBins, Math.floor(said.length / leastInBin)));
  const sorted = said.toSorted((a, b) => a.confidence - b.confidence);
  const edge = (bin: number) => Math.round((bin * sorted.length) / bins);
  return Array.from({ length: bins }, (_, bin) => {
    const own = sorted.slice(edge(bin), edge(bin + 1));
    return {
      confidence: mean(own.map(({ confidence }) => confidence)),
      within: mean(own.map(({ isWithin }) => Number(isWithin))),
      parts: own.length,
    };
  });
}

/** Confidence of a part, and whether its error was within the tolerance. */
export interface Said {
  readonly confidence: number;
  readonly isWithin: boolean;
}

function partsOf(observed: Observed, isIn: (place: number) => boolean): Observed {
  return {
    ...observed,
    parts: observed.parts.filter((_, place) => isIn(place)),
    logErrors: observed.logErrors.filter((_, place) => isIn(place)),
  };
}

/**
 * Checks confidence and intervals on parts.
 * @returns confidence and truth of each part; the share of its values inside their interval, where there is one
 */
function check(assessor: Assessor, { parts, features, logErrors, ...observed }: Observed, tolerance: number) {
  const interval = assessor.interval(level);
  const said: Said[] = [];
  const inside: number[] = [];
  for (const [place, part] of parts.entries()) {
    const expected = assessor.expect(row(features.table, part));
    const confidence = assessor.confidence(expected, tolerance);
    said.push({ confidence, isWithin: logErrors[place]! <= Math.log(tolerance) });
    if (!('width' in interval)) continue;
    const own = assessor.deviations(row(observed.sigma, part), expected);
    const errors = intervalErrors(observed.truth, observed.mean, part, own);
    inside.push(errors.filter((error) => error <= interval.width).length / errors.length);
  }
  return { said, inside: 'width' in interval ? inside : undefined };
}
