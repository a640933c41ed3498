import { afterAll, describe, expect, it } from 'vitest';
import { type Explanation, explain } from '../../../training/explain/explain.ts';
import { rankCorrelation } from '../../../training/measures/rank-correlation.ts';
import { shuffleWeights } from '../../bench/trust/faithfulness.ts';
import { onnxPrograms, referencePrograms } from '../model/engines.ts';
import { tinyPlan } from '../model/plans.ts';
import { explainedModel } from './explained-model.ts';

const onnx = await onnxPrograms();
const reference = await referencePrograms();
afterAll(async () => {
  await onnx.dispose();
  await reference.dispose();
});

const plan = tinyPlan({
  mapping: { hidden: [32], residual: 4096 },
  research: { mappingInput: 'measurement' },
});
const lacks = (modality: string) => modality === 'camera';

function totalOf({ attribution }: Explanation, of = (value: number) => value): number {
  return Object.values(attribution)
    .flatMap((values) => [...values])
    .reduce((sum, value) => sum + of(value), 0);
}

describe('integrated gradients', () => {
  it('of a whole picture add up to all that makes it differ from the usual one', async () => {
    const model = explainedModel(plan, onnx, { lacks });
    for (const part of [0, 5, 11]) {
      const found = await explain(model, 'camera', part);
      expect(Object.keys(found.attribution)).toEqual(['color', 'gauge', 'note']);
      expect(found.value).toBeCloseTo(1, 4);
      expect(found.baselineValue).toBe(0);
      expect(Math.abs(found.residue)).toBeLessThan(0.02 * totalOf(found, Math.abs));
      expect(totalOf(found) + found.residue).toBeCloseTo(1, 4);
    }
  });

  it('of a region add up to how much brighter or darker it is than usual', async () => {
    const model = explainedModel(plan, onnx, { lacks });
    const region = { left: 2, top: 1, width: 3, height: 4 };
    const found = await explain(model, 'camera', 3, { region });
    const difference = found.value - found.baselineValue;
    expect(Math.abs(difference)).toBeGreaterThan(0.01);
    expect(totalOf(found) + found.residue).toBeCloseTo(difference, 5);
    expect(Math.abs(found.residue)).toBeLessThan(0.02 * totalOf(found, Math.abs));
    const elsewhere = await explain(model, 'camera', 3, { region: { ...region, top: 4 } });
    expect(elsewhere.attribution.gauge).not.toEqual(found.attribution.gauge);
  });

  it('pass through the variances that decide between sources', async () => {
    // Without that way the attributions of two sources that disagree cannot add up.
    const programs = await onnxPrograms();
    const model = explainedModel(tinyPlan({ mapping: { hidden: [32], residual: 0 } }), programs, { lacks });
    const found = await explain(model, 'camera', 2);
    await programs.dispose();
    expect(Math.abs(found.residue)).toBeLessThan(0.02 * totalOf(found, Math.abs));
  });

  it('pass over a composed bridge, and through what its draws leave open', async () => {
    const bridged = tinyPlan({
      mapping: { hidden: [32], residual: 4096 },
      research: { mappingInput: 'measurement' },
      reconstruction: { bridges: true },
    });
    const programs = await onnxPrograms();
    const model = explainedModel(bridged, programs, {
      lacks: (modality) => modality === 'camera' || modality === 'color',
      untrained: ['mapping/camera←gauge'],
    });
    const found = await explain(model, 'camera', 2);
    await programs.dispose();
    expect(found.recipe.paths).toEqual([{ source: 'gauge', through: 'color' }, { source: 'note' }]);
    expect(Math.abs(found.residue)).toBeLessThan(0.02 * totalOf(found, Math.abs));
    expect(totalOf({ ...found, attribution: { gauge: found.attribution.gauge! } }, Math.abs)).toBeGreaterThan(
      0,
    );
  });

  it('are the same on the reference engine', async () => {
    const [fast, truth] = [
      await explain(explainedModel(plan, onnx, { lacks }), 'camera', 1),
      await explain(explainedModel(plan, reference, { lacks }), 'camera', 1),
    ];
    for (const [source, values] of Object.entries(truth.attribution)) {
      const scale = Math.max(...values.map(Math.abs));
      for (const [place, value] of values.entries())
        expect(Math.abs(fast.attribution[source]![place]! - value) / scale).toBeLessThan(1e-3);
    }
    expect(fast.agreement).toBeCloseTo(truth.agreement!, 3);
    for (const [index, { share }] of truth.contributions.entries())
      expect(fast.contributions[index]!.share).toBeCloseTo(share, 3);
  });

  it('agree with taking things away, and are others when the weights are', async () => {
    const model = explainedModel(plan, onnx, { lacks });
    const shuffled = { ...model, modules: shuffleWeights(model.modules, 1) };
    const [own, other] = [await explain(model, 'camera', 4), await explain(shuffled, 'camera', 4)];
    expect(own.agreement).toBeGreaterThan(0.5);
    const attributions = ({ units }: Explanation) => units.map(({ attribution }) => attribution);
    expect(rankCorrelation(attributions(own), attributions(other))).toBeLessThan(0.5);
  });
});

describe('an explanation', () => {
  it('says how much each source changes, and of a single source all', async () => {
    const several = await explain(explainedModel(plan, onnx, { lacks }), 'camera', 0);
    expect(several.contributions.map(({ source }) => source)).toEqual(['color', 'gauge', 'note']);
    expect(several.contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    const alone = explainedModel(plan, onnx, { lacks: (modality) => modality !== 'gauge' });
    const [only] = (await explain(alone, 'camera', 0)).contributions;
    expect(only).toMatchObject({ source: 'gauge', share: 1 });
    expect(only!.change).toBeGreaterThan(0);
  });

  it('needs something that was measured, and a region that is there', async () => {
    const model = explainedModel(plan, onnx, { lacks: (modality, part) => modality !== 'gauge' || part > 0 });
    await expect(explain(model, 'camera', 1)).rejects.toMatchObject({ code: 'explain-source' });
    await expect(
      explain(model, 'camera', 0, { region: { left: 6, top: 0, width: 3, height: 1 } }),
    ).rejects.toMatchObject({ code: 'request-invalid', detail: { field: 'region' } });
    await expect(
      explain(model, 'note', 0, { region: { left: 0, top: 0, width: 1, height: 1 } }),
    ).rejects.toMatchObject({ code: 'request-invalid' });
  });
});
