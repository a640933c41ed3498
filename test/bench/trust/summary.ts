import { mean } from '../../../training/measures/statistics.ts';
import { addReliabilities, calibrationError } from './figures.ts';
import type { TrustRow } from './measure.ts';

/**
 * A method's figures from one source set about one population, over alphas and seeds: means, of `worstPlant` the lowest in
 * any setting, of `ece` that of all parts together.
 */
export type TrustSummary = Omit<TrustRow, 'alpha' | 'seed' | 'reliability'>;

/** The rows of each method, source set and population as one. */
export function summariesOf(rows: readonly TrustRow[]): TrustSummary[] {
  const groups = Map.groupBy(rows, ({ method, source, population }) =>
    [method, source, population].join('/'),
  );
  return [...groups.values()].map((own) => {
    const { method, source, population } = own[0]!;
    const over = (read: (row: TrustRow) => number) => mean(own.map(read));
    const levels = own[0]!.coverage.map((_, level) => level);
    const reasons = own.flatMap((row) => row.reasons ?? []);
    const naming = own.flatMap((row) => row.naming ?? []);
    const novelty = own.flatMap(({ noveltyAuroc }) => (noveltyAuroc === null ? [] : [noveltyAuroc]));
    return {
      ...{ method, source, population },
      parts: own.reduce((sum, { parts }) => sum + parts, 0),
      coverage: levels.map((level) => over(({ coverage }) => coverage[level]!)),
      worstPlant: levels.map((level) => Math.min(...own.map(({ worstPlant }) => worstPlant[level]!))),
      worstQuarter: levels.map((level) => over(({ worstQuarter }) => worstQuarter[level]!)),
      width: over(({ width }) => width),
      ece: calibrationError(addReliabilities(own.map(({ reliability }) => reliability))),
      brier: over((row) => row.brier),
      errorAuroc: over(({ errorAuroc }) => errorAuroc),
      aurc: over(({ aurc }) => aurc),
      augrc: over(({ augrc }) => augrc),
      noveltyAuroc: novelty.length > 0 ? mean(novelty) : null,
      reasons:
        reasons.length > 0
          ? {
              factor: mean(reasons.map(({ factor }) => factor)),
              afterShuffle: mean(reasons.map(({ afterShuffle }) => afterShuffle)),
            }
          : null,
      naming:
        naming.length > 0
          ? {
              right: mean(naming.map(({ right }) => right)),
              alarms: mean(naming.map(({ alarms }) => alarms)),
            }
          : null,
    };
  });
}

/** The product's figures from the gauge: coverage and calibration of all parts, novelty where a garment type is new, faithfulness as the factor of its reasons. */
export function headlineOf(summaries: readonly TrustSummary[]) {
  const own = summaries.filter(({ method, source }) => method === 'fedrecon' && source === 'gauge');
  const all = own.find(({ population }) => population === 'all');
  const strange = own.find(({ population }) => population.startsWith('with a garment type'));
  return {
    coverage90: all?.coverage[1] ?? null,
    ece: all?.ece ?? null,
    errorAuroc: all?.errorAuroc ?? null,
    noveltyAuroc: strange?.noveltyAuroc ?? null,
    aurc: all?.aurc ?? null,
    faithfulness: all?.reasons?.factor ?? null,
  };
}
