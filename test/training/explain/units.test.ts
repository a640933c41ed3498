import { afterAll, describe, expect, it } from 'vitest';
import { modalityOf } from '../../../protocol/plan.ts';
import { positionsOf, wordsOf } from '../../../training/cells/words.ts';
import { attributionOf, keepUnits, type Unit, unitsOf } from '../../../training/explain/units.ts';
import { encodeText } from '../../../training/kinds/text.ts';
import { onnxPrograms } from '../model/engines.ts';
import { tinyPlan } from '../model/plans.ts';
import { explainedModel } from './explained-model.ts';

const onnx = await onnxPrograms();
afterAll(() => onnx.dispose());
const plan = tinyPlan({
  mapping: { hidden: [32], residual: 4096 },
  research: { mappingInput: 'measurement' },
});
const note = modalityOf(plan, 'note') as Extract<ReturnType<typeof modalityOf>, { kind: 'text' }>;

describe('the units of a part', () => {
  const written = 'Dark coat, long sleeves, dark';
  const model = {
    ...explainedModel(plan, onnx),
    words: () => wordsOf(written, note.maxWords),
  };
  const at = {
    camera: new Float32Array(64).fill(0.5),
    gauge: new Float32Array(10).fill(0.5),
    note: encodeText(note, written),
  };
  const recipe = { target: 'color', paths: [{ source: 'camera' }, { source: 'gauge' }, { source: 'note' }] };
  const units = unitsOf(model, recipe, 0, at);

  it('are the words that are written, each once, and every place of what was measured', () => {
    const words = units.flatMap(({ label }) => (label.kind === 'word' ? [label.word] : []));
    expect(words).toEqual(['dark', 'coat', 'long', 'sleeves']);
    for (const modality of ['camera', 'gauge']) {
      const places = units.filter((unit) => unit.modality === modality).flatMap((unit) => unit.places);
      expect(places.toSorted((a, b) => a - b)).toEqual([...at[modality as 'gauge'].keys()]);
    }
    expect(
      unitsOf(model, recipe, 0, at, 'channels').filter((unit) => unit.modality === 'gauge'),
    ).toHaveLength(10);
  });

  it('leave a place of two words until both are gone', () => {
    const twins: Unit[] = [
      { modality: 'note', places: [1, 2], label: { kind: 'word', word: 'a' } },
      { modality: 'note', places: [2, 3], label: { kind: 'word', word: 'b' } },
    ];
    const both = { note: Float32Array.of(0, 1, 1, 1) };
    const nothing = { note: new Float32Array(4) };
    expect([...keepUnits(twins, both, nothing, (unit) => unit === 1).note!]).toEqual([0, 0, 1, 1]);
    expect([...keepUnits(twins, both, nothing, () => false).note!]).toEqual([0, 0, 0, 0]);
    const given = attributionOf(twins, { note: Float32Array.of(0, 0.5, 0.25, -1) });
    expect(given).toEqual([0.625, -0.875]);
  });

  it('of a word are the positions that the model sees it at', () => {
    const coat = units.find(({ label }) => label.kind === 'word' && label.word === 'coat')!;
    expect(coat.places).toEqual(positionsOf('coat', note.buckets));
    for (const place of coat.places) expect(at.note[place]).toBe(1);
  });
});
