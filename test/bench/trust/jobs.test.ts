import { afterAll, describe, expect, it } from 'vitest';
import { readGarments } from '../../../main/demo/garments.ts';
import { openEngine } from '../../../training/engine/index.ts';
import { budgets, planOf, type Setting } from '../reconstruction/setting.ts';
import { smallModels } from '../reconstruction/small-models.ts';
import { openTrustBench } from './jobs.ts';
import { goalsOf, textOf } from './report.ts';
import { headlineOf, summariesOf } from './summary.ts';
import { makeTrustWorld, noveltyType, outsidePlant } from './world.ts';

const setting: Setting = {
  alpha: 1,
  missing: 0.5,
  seed: 1,
  budget: {
    ...budgets.quick,
    parts: 1100,
    judgeParts: 50,
    rounds: { generators: 1, mappings: 1, completion: 1 },
  },
};
/** Hardly more than are dealt out: whoever writes notes looks at every garment there is. */
const garments = (await readGarments()).slice(0, 1200);
const engine = await openEngine({ engine: 'onnx', device: 'cpu', threads: 1 });
afterAll(() => engine.dispose());

describe('the benchmark of trust', () => {
  it('lets no plant learn from what calibrates, what tests, what is new, or the plant outside', async () => {
    const world = makeTrustWorld(await planOf(setting, smallModels), setting, garments, true);
    const numbers = (parts: readonly { id: string }[]) => new Set(parts.map(({ id }) => id));
    const [learning, calibration, test] = [world.learning, world.calibration, world.test].map(numbers);
    expect([...learning!].filter((id) => calibration!.has(id) || test!.has(id))).toEqual([]);
    expect([...calibration!].filter((id) => test!.has(id))).toEqual([]);
    for (const parts of [world.learning, world.calibration]) {
      expect(parts.filter(({ type }) => type === noveltyType)).toEqual([]);
      expect(parts.filter(({ plant }) => plant === outsidePlant)).toEqual([]);
    }
    expect(world.test.some(({ type }) => type === noveltyType)).toBe(true);
    expect(world.plants.reduce((sum, { dataset }) => sum + dataset.count, 0)).toBe(world.learning.length);
  });

  it('judges the product and the plain deviation of the same reconstructions on every population', async () => {
    const rows = await openTrustBench(
      { engine, garments },
      smallModels,
    )({ training: 'product', setting, novelty: false });
    expect(new Set(rows.map(({ method }) => method))).toEqual(new Set(['fedrecon', 'posterior']));
    for (const row of rows) {
      for (const share of [...row.coverage, ...row.worstPlant, row.ece, row.errorAuroc, row.aurc]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      expect(row.noveltyAuroc === null).toBe(!row.population.startsWith('half with'));
    }
    const summaries = summariesOf(rows);
    expect(headlineOf(summaries).coverage90).toBeGreaterThan(0.8);
    expect(textOf(summaries)).toContain('Parts: half with gauge stuck, from both');
    expect(headlineOf(summaries).faithfulness).toBeGreaterThan(0);
    expect(goalsOf(summaries).length).toBe(15);
  });
});
