import { describe, expect, it } from 'vitest';
import { heldOutParts, trainingParts } from '../../../training/confidence/hold-out.ts';
import {
  type Dataset,
  datasetOf,
  has,
  joinDatasets,
  partsWith,
  selectParts,
} from '../../../training/learning/datasets.ts';
import { row } from '../../../training/learning/row-table.ts';
import { syntheticParts } from '../model/parts.ts';
import { tinyPlan } from '../model/plans.ts';

const plan = tinyPlan();
const lonely = (part: number) => part % 4 === 0;
const parts = (count: number, seed = 1) =>
  datasetOf(
    plan,
    syntheticParts(plan, count, (name, part) => lonely(part) && name !== 'gauge', seed),
  );
/** What the held-out parts measured: their numbers change with the data set, what was measured does not. */
const gauges = (dataset: Dataset) =>
  [...heldOutParts(plan, dataset)].map((part) => row(dataset.modalities.gauge!.values, part).join());

describe('the hold-out', () => {
  it('is the plan’s share of the parts with two modalities or more, 0.15 by default', () => {
    const dataset = parts(2000);
    const held = heldOutParts(plan, dataset);
    expect(held.filter(lonely)).toHaveLength(0);
    expect(held.length / 1500).toBeCloseTo(0.15, 1);
    const half = heldOutParts(tinyPlan({ evaluation: { holdOut: 0.5 } }), dataset);
    expect(half.length / 1500).toBeCloseTo(0.5, 1);
    expect([...half]).toEqual(expect.arrayContaining([...held]));
    expect(heldOutParts(tinyPlan({ evaluation: { holdOut: 0 } }), dataset)).toHaveLength(0);
  });

  it('keeps a part on its side when others come, in whatever order, under whatever seed', () => {
    const first = parts(300);
    const later = parts(200, 2);
    const own = gauges(first);
    expect(own.length).toBeGreaterThan(10);
    expect(gauges(joinDatasets([later, first]))).toEqual([...gauges(later), ...own]);
    const reseeded = tinyPlan({ training: { batch: 8, seed: 99 } });
    expect([...heldOutParts(reseeded, first)]).toEqual([...heldOutParts(plan, first)]);
  });

  it('never separates parts that were measured alike', () => {
    const dataset = parts(200);
    expect(gauges(joinDatasets([dataset, dataset]))).toEqual([...gauges(dataset), ...gauges(dataset)]);
  });

  it('is not in what a plant trains on, where the other parts keep their numbers and values', () => {
    const dataset = parts(200);
    const held = new Set(heldOutParts(plan, dataset));
    const left = trainingParts(plan, dataset);
    for (const name of Object.keys(dataset.modalities))
      expect([...partsWith(left, name)]).toEqual([...partsWith(dataset, name)].filter((p) => !held.has(p)));
    expect(left.modalities.gauge!.values).toBe(dataset.modalities.gauge!.values);
  });

  it('leaves every modality something to train on', () => {
    const dataset = parts(200);
    const [only] = heldOutParts(plan, dataset);
    const tiny = selectParts(dataset, Uint32Array.of(0, only!));
    expect(has(tiny, 'camera', 1)).toBe(true);
    expect(heldOutParts(plan, tiny)).toHaveLength(0);
  });
});
