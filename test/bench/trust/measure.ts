import { missLevels } from '../../../training/confidence/intervals.ts';
import { type Suspicion, suspicionsOf } from '../../../training/confidence/suspicion.ts';
import { row } from '../../../training/learning/row-table.ts';
import { mean, quantile } from '../../../training/measures/statistics.ts';
import type { SourceSet } from '../reconstruction/setting.ts';
import {
  addReliabilities,
  auroc,
  brier,
  calibrationError,
  type Reliability,
  reliabilityOf,
  selectiveRisks,
} from './figures.ts';
import type { Judge, Said } from './judge.ts';
import type { Population } from './populations.ts';
import type { Scored } from './prediction.ts';

/** How much what a method says of some parts can be trusted. */
export interface TrustRow {
  readonly method: string;
  readonly alpha: number;
  readonly seed: number;
  readonly source: SourceSet;
  /** Which parts: all of the test, those of some plants, with a fault, with a garment type that no plant has learned. */
  readonly population: string;
  readonly parts: number;
  /** Share of values within their interval at 80, 90 and 95 %, mean over the parts. */
  readonly coverage: readonly number[];
  /** The same of the plant where it is lowest. */
  readonly worstPlant: readonly number[];
  /** The same of the quarter of the parts, by the width of their intervals, where it is lowest: size-stratified coverage. */
  readonly worstQuarter: readonly number[];
  /** Mean width of the 90 % interval, in shares of the full scale. */
  readonly width: number;
  readonly reliability: Reliability;
  readonly ece: number;
  readonly brier: number;
  /** How well the expected error tells the worst fifth of the parts from the rest. */
  readonly errorAuroc: number;
  readonly aurc: number;
  readonly augrc: number;
  /** How well the distance from what was seen tells strange or faulty parts from the others; null where there are none. */
  readonly noveltyAuroc: number | null;
  /** How faults are named; null where there is none or the method names nothing. */
  readonly naming: Naming | null;
  /** Of the reasons, where the method gives any: see {@link Reasons}. */
  readonly reasons: Reasons | null;
}

/** How faithful reasons are. */
export interface Reasons {
  /** How many times faster the picture goes than in random order when what they name first is taken away first. */
  readonly factor: number;
  /** Rank correlation with the reasons of the same model with shuffled weights: near 0 if they are of the model. */
  readonly afterShuffle: number;
}

/** How often a fault is found and named. */
export interface Naming {
  /** Share of the faulty parts with the right instrument, or the contradiction, named first. */
  readonly right: number;
  /** Share of the parts without a fault that something is named of. */
  readonly alarms: number;
}

type Figures = Omit<TrustRow, 'method' | 'alpha' | 'seed' | 'source' | 'population' | 'naming' | 'reasons'>;

/** Shares of the calibration parts that are within the tolerances that confidence is measured at. */
export const toleranceShares = [0.5, 0.8, 0.9] as const;

/** @param held what the tolerances follow from @param strange which parts no method can know */
export function measureTrust(
  judge: Judge,
  scored: Scored,
  held: Scored,
  { strange }: Pick<Population, 'strange'>,
): Figures {
  const said = scored.parts.map((_, part) => judge.say(scored, part));
  const { logErrors } = scored;
  const worst = quantile(logErrors, 0.8);
  const risks = said.map(({ expected }) => expected.logError);
  const within = missLevels.map((_, level) => said.map((own, part) => shareWithin(scored, part, own, level)));
  const plants = [...new Set(scored.parts.map(({ plant }) => plant))];
  const byPlant = (shares: readonly number[], plant: number) =>
    mean(shares.filter((_, place) => scored.parts[place]!.plant === plant));
  const widths = said.map(({ intervals }) => 2 * mean([...intervals[1]!]));
  const quarters = quartersOf(widths);
  const tolerances = toleranceShares.map((share) => quantile(held.logErrors, share));
  const checks = tolerances.map((tolerance) => {
    const right = logErrors.map((error) => error <= tolerance);
    const confidence = said.map(({ expected }) => judge.confidence(expected, Math.exp(tolerance)));
    return {
      ...{ reliability: reliabilityOf(confidence, right), brier: brier(confidence, right) },
      ...selectiveRisks(confidence, right),
    };
  });
  const reliability = addReliabilities(checks.map((check) => check.reliability));
  return {
    parts: said.length,
    coverage: within.map(mean),
    worstPlant: within.map((shares) => Math.min(...plants.map((plant) => byPlant(shares, plant)))),
    worstQuarter: within.map((shares) =>
      Math.min(...quarters.map((quarter) => mean(quarter.map((place) => shares[place]!)))),
    ),
    width: mean(widths),
    reliability,
    ece: calibrationError(reliability),
    brier: mean(checks.map((check) => check.brier)),
    errorAuroc: auroc(
      risks,
      logErrors.map((error) => error > worst),
    ),
    aurc: mean(checks.map((check) => check.aurc)),
    augrc: mean(checks.map((check) => check.augrc)),
    noveltyAuroc:
      strange.includes(true) && strange.includes(false)
        ? auroc(
            said.map(({ expected }) => expected.leverage),
            strange,
          )
        : null,
  };
}

/** A judge of one source set, and what it is to judge. */
export interface Witness {
  readonly judge: Judge;
  readonly scored: Scored;
}

/**
 * How well the fault of a population is named.
 * @param together by all sources @param alone by each of them
 * @returns null where there is no fault, or the method does not say how familiar a part is
 */
export function namingOf(
  together: Witness,
  alone: Readonly<Record<string, Witness>>,
  { strange, names }: Pick<Population, 'strange' | 'names'>,
): Naming | null {
  if (!names || !together.judge.familiarity) return null;
  const of = ({ judge, scored }: Witness, part: number) =>
    judge.familiarity!(judge.say(scored, part).expected);
  const first = strange.map(
    (_, part) =>
      suspicionsOf({
        alone: Object.fromEntries(
          Object.entries(alone).map(([source, witness]) => [source, of(witness, part)]),
        ),
        together: of(together, part),
      })[0],
  );
  const share = (is: boolean, found: (one: Suspicion | undefined) => boolean) =>
    mean(first.filter((_, part) => strange[part] === is).map((one) => Number(found(one))));
  return {
    right: share(true, (one) => one !== undefined && names(one)),
    alarms: share(false, (one) => one !== undefined),
  };
}

function shareWithin({ truth, mean }: Scored, part: number, { intervals }: Said, level: number): number {
  const [own, expected, half] = [row(truth, part), row(mean, part), intervals[level]!];
  let inside = 0;
  for (const [place, value] of own.entries())
    if (Math.abs(value - expected[place]!) <= half[place]!) inside++;
  return inside / own.length;
}

/** Places in four equal groups by value. */
function quartersOf(values: readonly number[]): number[][] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  return Array.from({ length: 4 }, (_, quarter) =>
    order.slice((quarter * order.length) / 4, ((quarter + 1) * order.length) / 4),
  );
}
