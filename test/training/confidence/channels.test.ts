import { describe, expect, it } from 'vitest';
import { featureBlocks, statisticLengths } from '../../../protocol/calibration/lengths.ts';
import { parseRoute } from '../../../protocol/calibration/routes.ts';
import { checkSums } from '../../../protocol/calibration/sums.ts';
import { parsePlan } from '../../../protocol/plan.ts';
import { intervalErrors, openAssessor } from '../../../training/confidence/assessor.ts';
import {
  asStatistics,
  errorMoments,
  type Observed,
  scalesOf,
  scoresOf,
} from '../../../training/confidence/passes.ts';
import { emptyTable, row } from '../../../training/learning/row-table.ts';
import { mean } from '../../../training/measures/statistics.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { shapePlan } from '../../main/support/shape-plant.ts';

const plan = parsePlan(shapePlan);
const route = 'shape←camera';
const blocks = featureBlocks(plan, parseRoute(route));
const { seed } = plan.training;
/** Errors of the six channels; the model takes all for alike. */
const hard = [0.01, 0.01, 0.02, 0.02, 0.05, 0.4];

function observed(named: string, count: number): Observed {
  const table = emptyTable(count, blocks[0] + blocks[1]);
  fillNormal(table.data, keyOf(seed, named, 'features'));
  const [truth, guess, sigma] = [emptyTable(count, 6), emptyTable(count, 6), emptyTable(count, 6)];
  fillNormal(truth.data, keyOf(seed, named, 'errors'));
  for (const [place, value] of truth.data.entries()) truth.data[place] = value * hard[place % 6]!;
  sigma.data.fill(0.1);
  const parts = Uint32Array.from({ length: count }, (_, part) => part);
  const logErrors = Array.from(parts, (part) =>
    Math.log(Math.sqrt(mean(row(truth, part).map((value) => value ** 2)))),
  );
  return { parts, features: { table, blocks }, truth, mean: guess, sigma, hasChannels: true, logErrors };
}

describe('intervals of unlike channels', () => {
  it('are as wide as each channel’s errors are, and hold as much of an easy one as of a hard one', () => {
    const [learned, held, fresh] = [observed('learned', 300), observed('held', 200), observed('fresh', 400)];
    const { sums } = scalesOf(learned);
    const { moments } = errorMoments(seed, learned, sums);
    const calibration = { sums, moments, ...scoresOf(seed, learned, held, { sums, moments }) };
    const assessor = openAssessor(seed, blocks, calibration);
    const interval = assessor.interval(0.1);
    if (!('width' in interval)) throw new Error('too few parts');
    const inside = hard.map(() => 0);
    for (const part of fresh.parts) {
      const expected = assessor.expect(row(fresh.features.table, part));
      const own = assessor.deviations(row(fresh.sigma, part), expected);
      expect(own[5]! / own[0]!).toBeGreaterThan(10);
      const errors = intervalErrors(fresh.truth, fresh.mean, part, own);
      for (const [place, error] of errors.entries()) if (error <= interval.width) inside[place]! += 1 / 400;
    }
    for (const share of inside) {
      expect(share).toBeGreaterThan(0.8);
      expect(share).toBeLessThan(0.99);
    }
  });

  it('rest on sums of the channels, which are asked for of these targets alone', () => {
    const learned = observed('learned', 60);
    const { sums } = scalesOf(learned);
    const statistics = asStatistics(errorMoments(seed, learned, sums));
    expect(statistics['moments/channelErrors']).toHaveLength(6);
    expect(() => checkSums(plan, 'moments', [route], { [route]: statistics })).not.toThrow();
    const { 'moments/channelErrors': _, ...lacking } = statistics;
    expect(() => checkSums(plan, 'moments', [route], { [route]: lacking })).toThrow(
      expect.objectContaining({ code: 'sums-refused' }),
    );
    expect(Object.keys(statisticLengths(plan, 'moments', parseRoute('camera←shape')))).not.toContain(
      'moments/channelErrors',
    );
  });
});
