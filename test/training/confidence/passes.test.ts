import { describe, expect, it } from 'vitest';
import { featureBlocks, statisticLengths } from '../../../protocol/calibration/lengths.ts';
import { addPlant } from '../../../protocol/calibration/merging.ts';
import { parseRoute } from '../../../protocol/calibration/routes.ts';
import { checkSums, decodeSums, encodeSums } from '../../../protocol/calibration/sums.ts';
import { openAssessor } from '../../../training/confidence/assessor.ts';
import {
  asStatistics,
  errorMoments,
  type Observed,
  ofPass,
  scalesOf,
  scoresOf,
} from '../../../training/confidence/passes.ts';
import { emptyTable, row } from '../../../training/learning/row-table.ts';
import { fillNormal } from '../../../training/random/draws.ts';
import { keyOf } from '../../../training/random/threefry.ts';
import { smallPlan } from '../../aggregator/support/plan.ts';

const plan = smallPlan();
const route = 'camera←gauge';
const blocks = featureBlocks(plan, parseRoute(route));

/** Parts whose error follows the first feature. */
function observed(seed: number, count: number): Observed {
  const table = emptyTable(count, blocks[0] + blocks[1]);
  fillNormal(table.data, keyOf(seed, 'features'));
  const [truth, mean, sigma] = ['truth', 'mean', 'sigma'].map((name) => {
    const values = emptyTable(count, 64);
    fillNormal(values.data, keyOf(seed, name));
    return values;
  });
  sigma!.data.fill(0.1);
  const parts = Uint32Array.from({ length: count }, (_, part) => part);
  const logErrors = Array.from(parts, (part) => 0.3 * row(table, part)[0]! - 2);
  return { parts, features: { table, blocks }, truth: truth!, mean: mean!, sigma: sigma!, logErrors };
}

describe('the three passes over plants', () => {
  it('give the error model of all parts in one place, through the wire', () => {
    const plants = [observed(1, 60), observed(2, 90)];
    const held = [observed(3, 25), observed(4, 30)];
    const { seed } = plan.training;
    const travels = (pass: 'scales' | 'moments' | 'scores', says: (plant: number) => object) => {
      const sums = plants.map((_, plant) => {
        const own = { [route]: asStatistics(says(plant)) };
        checkSums(plan, pass, [route], own);
        return decodeSums(encodeSums(own));
      });
      return decodeSums(encodeSums(sums.reduce(addPlant, {})))[route]!;
    };
    const { sums } = ofPass(
      'scales',
      travels('scales', (plant) => scalesOf(plants[plant]!)),
    );
    const { moments } = ofPass(
      'moments',
      travels('moments', (plant) => errorMoments(seed, plants[plant]!, sums)),
    );
    const scored = travels('scores', (plant) =>
      scoresOf(seed, plants[plant]!, held[plant]!, { sums, moments }),
    );
    const assessor = openAssessor(seed, blocks, { sums, moments, ...ofPass('scores', scored) });

    const merged = errorMoments(seed, joined(plants), sums);
    const exact = scoresOf(seed, joined(plants), joined(held), { sums, ...merged });
    const inOnePlace = openAssessor(seed, blocks, { sums, ...merged, ...exact });
    const { features } = observed(5, 20);
    for (let part = 0; part < 20; part++) {
      const [there, here] = [assessor, inOnePlace].map(({ expect }) => expect(row(features.table, part)));
      // With fewer parts than features next to nothing is left unexplained, and single precision shows in that.
      for (const [what, off] of [
        ['logError', 1e-4],
        ['leverage', 1e-4],
        ['deviation', 5e-3],
      ] as const)
        expect(Math.abs(there![what] / here![what] - 1)).toBeLessThan(off);
      expect(assessor.confidence(there!, 0.2)).toBeCloseTo(inOnePlace.confidence(here!, 0.2), 3);
    }
    expect(assessor.interval(0.1)).toEqual(inOnePlace.interval(0.1));
    expect(scored.plants).toEqual(Float64Array.of(2));
  });

  it('have the lengths that the protocol says', () => {
    const one = observed(1, 30);
    const { seed } = plan.training;
    const sums = scalesOf(one);
    const groups = { ...sums, ...errorMoments(seed, one, sums.sums) };
    for (const [pass, given] of [
      ['scales', sums],
      ['scores', scoresOf(seed, one, one, groups)],
    ] as const) {
      const actual = Object.entries(asStatistics(given)).map(([name, { length }]) => [name, length]);
      expect(Object.fromEntries(actual)).toEqual(statisticLengths(plan, pass, parseRoute(route)));
    }
  });
});

/** Parts of several plants as those of one. */
function joined(plants: readonly Observed[]): Observed {
  const table = (of: (plant: Observed) => { data: Float32Array; width: number }) => ({
    data: Float32Array.from(plants.flatMap((plant) => [...of(plant).data])),
    width: of(plants[0]!).width,
  });
  const count = plants.reduce((sum, { parts }) => sum + parts.length, 0);
  return {
    parts: Uint32Array.from({ length: count }, (_, part) => part),
    features: { table: table(({ features }) => features.table), blocks },
    truth: table(({ truth }) => truth),
    mean: table(({ mean }) => mean),
    sigma: table(({ sigma }) => sigma),
    logErrors: plants.flatMap(({ logErrors }) => [...logErrors]),
  };
}
