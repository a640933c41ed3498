import { afterAll, describe, expect, it } from 'vitest';
import { recipeOf } from '../../../training/explain/explained-model.ts';
import { latentsOf, nearestParts } from '../../../training/explain/neighbours.ts';
import { whatIf } from '../../../training/explain/what-if.ts';
import { row } from '../../../training/learning/row-table.ts';
import { onnxPrograms } from '../model/engines.ts';
import { tinyPlan } from '../model/plans.ts';
import { explainedModel } from './explained-model.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());
const plan = tinyPlan({
  mapping: { hidden: [8, 6], residual: 4096 },
  research: { mappingInput: 'measurement' },
});

describe('a what-if', () => {
  const model = explainedModel(plan, onnx, {
    lacks: (modality) => modality === 'camera' || modality === 'color',
  });

  it('changes nothing when nothing changes, and comes back when it is taken back', async () => {
    const before = await whatIf(model, 'camera', 2, []);
    expect(before.change).toBeLessThan(1e-6);
    expect(before.beyond).toEqual([]);
    const moved = await whatIf(model, 'camera', 2, [{ modality: 'gauge', first: 3, last: 5, by: 0.3 }]);
    expect(moved.change).toBeGreaterThan(0.001);
    const back = await whatIf(model, 'camera', 2, [
      { modality: 'gauge', first: 3, last: 5, by: 0.1 },
      { modality: 'gauge', first: 3, last: 5, by: -0.1 },
    ]);
    expect(back.change).toBeLessThan(1e-6);
  });

  it('says when it asks beyond all that was measured here', async () => {
    const gauge = model.dataset.modalities.gauge!.values;
    const highest = Math.max(...Array.from({ length: 12 }, (_, part) => row(gauge, part)[4]!));
    const room = highest - row(gauge, 2)[4]!;
    const ask = (by: number) => whatIf(model, 'camera', 2, [{ modality: 'gauge', first: 4, last: 4, by }]);
    expect((await ask(room / 2)).beyond).toEqual([]);
    // Values stay in the plan's range, so there must be some of it left.
    expect(highest).toBeLessThan(0.99);
    expect((await ask(1)).beyond).toEqual(['gauge']);
  });

  it('takes words away and puts others in', async () => {
    const ask = (words: readonly string[]) => whatIf(model, 'camera', 2, [{ modality: 'note', words }]);
    const [none, one, other] = [await ask([]), await ask(['coat']), await ask(['dress'])];
    expect(one.values).not.toEqual(none.values);
    expect(one.values).not.toEqual(other.values);
    expect(other.beyond).toEqual([]);
  });

  it('refuses a change that the source cannot have', async () => {
    const wrong = [
      { modality: 'camera', first: 0, last: 0, by: 0.1 },
      { modality: 'gauge', first: 0, last: 10, by: 0.1 },
      { modality: 'gauge', words: ['coat'] },
      { modality: 'note', first: 0, last: 0, by: 0.1 },
    ];
    for (const change of wrong)
      await expect(whatIf(model, 'camera', 2, [change])).rejects.toMatchObject({
        code: 'request-invalid',
        detail: { field: 'changes' },
      });
  });
});

describe('the nearest own parts', () => {
  const lacks = (modality: string, part: number) =>
    modality === 'color' || (modality === 'camera' && part % 2 === 0);

  it('are those whose sources say nearly the same, never the part itself', async () => {
    const model = explainedModel(plan, onnx, { lacks, count: 20 });
    const { gauge, note } = model.dataset.modalities;
    for (const { values } of [gauge!, note!]) row(values, 7).set(row(values, 2));
    const recipe = recipeOf(model, 'camera', 2)!;
    const latents = await latentsOf(model, ['gauge', 'note']);
    const nearest = nearestParts(model, recipe, 2, latents, 5);
    expect(nearest[0]).toEqual({ part: 7, distance: 0, measured: true });
    expect(nearest.map(({ part }) => part)).not.toContain(2);
    expect(nearest.every(({ measured }) => measured)).toBe(true);
    const distances = nearest.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  it('are taken from all parts where too few have the truth', async () => {
    const model = explainedModel(plan, onnx, {
      lacks: (modality) => modality === 'color' || modality === 'camera',
    });
    const recipe = recipeOf(model, 'camera', 2)!;
    const nearest = nearestParts(model, recipe, 2, await latentsOf(model, ['gauge', 'note']), 3);
    expect(nearest.map(({ measured }) => measured)).toEqual([false, false, false]);
  });
});
