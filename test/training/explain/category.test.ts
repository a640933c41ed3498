import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../../training/explain/explain.ts';
import { whatIf } from '../../../training/explain/what-if.ts';
import { datasetOf } from '../../../training/learning/datasets.ts';
import { partsOf, plan } from '../learning/material-parts.ts';
import { onnxPrograms } from '../model/engines.ts';
import { explainedModel } from './explained-model.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());

/** A model of random weights on parts that lack `hidden`. */
function modelWithout(hidden: string) {
  const { modalities, ...dataset } = datasetOf(plan, partsOf(16, 1));
  const shown = Object.fromEntries(Object.entries(modalities).filter(([name]) => name !== hidden));
  return { ...explainedModel(plan, onnx), dataset: { ...dataset, modalities: shown } };
}

describe('explaining by a category', () => {
  it('is one piece, whose attribution is that of all its shares; all pieces add up', async () => {
    const found = await explain(modelWithout('profile'), 'profile', 3);
    const pieces = found.units.filter(({ modality }) => modality === 'material');
    expect(pieces.map(({ label }) => label)).toEqual([{ kind: 'value', value: 'brass' }]);
    const shares = found.attribution.material!.reduce((sum, value) => sum + value, 0);
    expect(pieces[0]!.attribution).toBeCloseTo(shares, 5);
    const total = found.units.reduce((sum, { attribution }) => sum + attribution, 0);
    expect(total + found.residue).toBeCloseTo(1, 2);
    expect(Math.abs(found.residue)).toBeLessThan(0.05);
  });

  it('explains a category from what was measured', async () => {
    const found = await explain(modelWithout('material'), 'material', 3);
    const total = found.units.reduce((sum, { attribution }) => sum + attribution, 0);
    expect(total + found.residue).toBeCloseTo(1, 2);
  });
});

describe('a what-if of a category', () => {
  it('is another reconstruction, comes back with the value, and warns of values that no part has here', async () => {
    const model = modelWithout('profile');
    const ask = (value: string) => whatIf(model, 'profile', 3, [{ modality: 'material', value }]);
    expect((await ask(' BRASS ')).change).toBeLessThan(1e-6);
    const other = await ask('steel');
    expect(other.change).toBeGreaterThan(1e-3);
    expect(other.beyond).toEqual([]);
    expect((await ask('wood')).beyond).toEqual(['material']);
  });
});
