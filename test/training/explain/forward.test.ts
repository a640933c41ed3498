import { afterAll, describe, expect, it } from 'vitest';
import { inputsOf } from '../../../training/explain/baseline.ts';
import { type ExplainedModel, recipeOf } from '../../../training/explain/explained-model.ts';
import { reconstructRows } from '../../../training/explain/run.ts';
import { row } from '../../../training/learning/row-table.ts';
import { reconstruct } from '../../../training/reconstruction/reconstruct.ts';
import { onnxPrograms } from '../model/engines.ts';
import { tinyPlan } from '../model/plans.ts';
import { explainedModel } from './explained-model.ts';

/** What explains a reconstruction must make the same reconstruction, or it explains another. */
describe('the way to a reconstruction as one function', () => {
  const opened: Awaited<ReturnType<typeof onnxPrograms>>[] = [];
  afterAll(async () => {
    for (const programs of opened) await programs.dispose();
  });

  async function expectSame(model: ExplainedModel, target: string): Promise<void> {
    const all = await reconstruct(model, model.dataset, {
      draws: 2,
      includeMeasured: false,
      fetched: model.fetched,
      progress: () => {},
    });
    const { parts, mean, bridges } = all[target]!;
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      const recipe = recipeOf(model, target, part, bridges)!;
      const [values] = await reconstructRows(model, recipe, part, [inputsOf(model, recipe, part)]);
      const expected = row(mean, part);
      for (const [place, value] of values!.entries()) expect(value).toBeCloseTo(expected[place]!, 4);
    }
  }

  const lacks = (modality: string, part: number) =>
    modality === 'camera' ||
    (modality === 'gauge' && part % 3 === 1) ||
    (modality === 'note' && part % 3 === 2);

  async function programs() {
    opened.push(await onnxPrograms());
    return opened.at(-1)!;
  }

  it.each([0, 0.5])('is the same for one and several sources: correlation %d', async (errorCorrelation) => {
    const plan = tinyPlan({
      mapping: { hidden: [8, 6], residual: 4096 },
      research: { mappingInput: 'measurement', errorCorrelation },
    });
    await expectSame(explainedModel(plan, await programs(), { lacks }), 'camera');
  });

  it.each(['features', 'latent'] as const)('is the same where mappings read %s', async (mappingInput) => {
    const plan = tinyPlan({ research: { mappingInput } });
    await expectSame(explainedModel(plan, await programs(), { lacks }), 'camera');
  });

  it('is the same over a composed bridge, with the same draws', async () => {
    const plan = tinyPlan({
      mapping: { hidden: [8], residual: 4096 },
      reconstruction: { bridges: true },
      research: { mappingInput: 'measurement' },
    });
    const model = explainedModel(plan, await programs(), {
      count: 7,
      lacks: (modality) => modality === 'camera' || modality === 'color',
      untrained: ['mapping/camera←gauge'],
    });
    await expectSame(model, 'camera');
  });
});
