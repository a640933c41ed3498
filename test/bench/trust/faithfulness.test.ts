import { afterAll, describe, expect, it } from 'vitest';
import type { Unit } from '../../../training/explain/units.ts';
import { explainedModel } from '../../training/explain/explained-model.ts';
import { onnxPrograms } from '../../training/model/engines.ts';
import { tinyPlan } from '../../training/model/plans.ts';
import { areasUnder } from './deletion-curves.ts';
import { faithfulnessOf } from './faithfulness.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());
const plan = tinyPlan({
  mapping: { hidden: [32], residual: 4096 },
  research: { mappingInput: 'measurement' },
});

describe('deletion and insertion', () => {
  /** x̂ = Wx, of four channels that matter more and more: what each adds is known. */
  const weights = [0, 1, 2, 4];
  const units: Unit[] = weights.map((_, place) => ({
    modality: 'gauge',
    places: [place],
    label: { kind: 'channels', first: place + 1, last: place + 1 },
  }));
  const linear = {
    units,
    at: { gauge: Float32Array.of(1, 1, 1, 1) },
    baseline: { gauge: new Float32Array(4) },
    run: async (rows: readonly Readonly<Record<string, Float32Array>>[]) =>
      rows.map(({ gauge }) =>
        Float32Array.of(weights.reduce((sum, weight, place) => sum + weight * gauge![place]!, 0)),
      ),
  };

  it('are the smallest and the largest in the order of what a linear model really uses', async () => {
    const [best, worst] = [await areasUnder(linear, [3, 2, 1, 0]), await areasUnder(linear, [0, 1, 2, 3])];
    // What is left after the 4, the 2 and the 1 of 7 went: 1 − (4/7)², 1 − (6/7)², nothing.
    const left = [1, 1 - (4 / 7) ** 2, 1 - (6 / 7) ** 2, 0, 0];
    const area = left.slice(1, -1).reduce((sum, value) => sum + value, 0.5) / 4;
    expect(best.deletion).toBeCloseTo(area, 6);
    for (const order of [
      [0, 3, 1, 2],
      [2, 0, 3, 1],
    ]) {
      const other = await areasUnder(linear, order);
      expect(other.deletion).toBeGreaterThan(best.deletion);
      expect(other.deletion).toBeLessThanOrEqual(worst.deletion);
      expect(other.insertion).toBeLessThan(best.insertion);
      expect(other.insertion).toBeGreaterThanOrEqual(worst.insertion);
    }
  });

  it('of a model show that its attributions beat chance', async () => {
    const model = explainedModel(plan, onnx, {
      lacks: (modality) => modality === 'camera' || modality === 'color',
    });
    const found = (await faithfulnessOf(model, 'camera', [0, 3, 6], { orders: 4 }))!;
    expect(found.parts).toBe(3);
    expect(found.attributed.deletion).toBeLessThan(found.random.deletion);
    expect(found.factor).toBeGreaterThan(1.2);
    expect(Math.abs(found.afterShuffle)).toBeLessThan(0.7);
    expect(await faithfulnessOf(model, 'camera', [0, 3, 6], { orders: 4 })).toEqual(found);
  });
});
