import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unseenPlace } from '../../../protocol/kinds/category.ts';
import type { CategoryModality } from '../../../protocol/kinds/index.ts';
import { type Plan, parsePlan } from '../../../protocol/plan.ts';
import { usuallyNothing } from '../../../training/cells/nothing.ts';
import { categoryTraining } from '../../../training/kinds/category.ts';
import { nearestValue } from '../../../training/kinds/category-cells.ts';
import type { ReadContext } from '../../../training/kinds/reading.ts';
import {
  expectedMeasurement,
  measurementVariance,
  negativeLogLikelihood,
} from '../../../training/model/likelihood.ts';
import { folderWith, importFolder, presentOf, valuesOf } from '../data/support.ts';

const label = { en: 'Material', ja: '材料' };
const values = ['SUS304', 'A5052', 'S45C'];

function planWith(list: 'closed' | 'growing', listed: readonly string[] = values): Plan {
  return parsePlan({
    format: 'fedrecon-plan/2',
    name: 'Categories',
    preset: 'light',
    modalities: [
      { kind: 'category', name: 'material', label, values: listed, list },
      {
        kind: 'signal',
        name: 'gauge',
        label: { en: 'Gauge', ja: 'ゲージ' },
        length: 2,
        unit: 'mm',
        range: [0, 10],
      },
    ],
    stages: [{ stage: 'generators', rounds: 1 }],
  });
}

function modalityWith(list: 'closed' | 'growing', listed: readonly string[] = values): CategoryModality {
  return planWith(list, listed).modalities[0] as CategoryModality;
}

const context = { column: 'Werkstoff', nothing: usuallyNothing } as ReadContext;
const material = modalityWith('closed');

async function encoded(modality: CategoryModality, cell: string): Promise<number[] | undefined> {
  const reading = await categoryTraining.read(modality, [cell], context);
  return reading && [...(await reading.encode()).values];
}

describe('a cell of a category', () => {
  it('becomes the place of its value and comes back as the value, however it is written', async () => {
    const value = fc
      .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
      .filter((text) => text.trim() !== '');
    const lists = fc
      .uniqueArray(value, {
        ...{ minLength: 2, maxLength: 20 },
        selector: (text) => text.normalize('NFKC').trim().toLowerCase(),
      })
      .filter((list) => list.every((text) => text.normalize('NFKC').trim() !== ''));
    await fc.assert(
      fc.asyncProperty(lists, fc.nat(), async (list, chosen) => {
        const modality = modalityWith('closed', list);
        const place = chosen % list.length;
        const spelled = ` ${list[place]!.normalize('NFKC')}\u3000`;
        const shares = (await encoded(modality, spelled))!;
        expect(shares).toHaveLength(list.length + 1);
        expect(shares.map((share, index) => share === Number(index === place))).not.toContain(false);
        expect(categoryTraining.shown(modality, shares, spelled)).toEqual({
          ...{ kind: 'category', value: modality.values[place], share: 1 },
        });
      }),
      { numRuns: 200 },
    );
  });

  it('that says that nothing was measured is missing, unless the list holds just that', async () => {
    expect(await encoded(material, '')).toBeUndefined();
    expect(await encoded(material, 'n/a')).toBeUndefined();
    expect(await encoded(modalityWith('closed', ['none', 'coat']), 'None')).toEqual([1, 0, 0]);
  });

  it('beyond a growing list is the unseen value, and keeps what was written', async () => {
    const growing = modalityWith('growing');
    const reading = await categoryTraining.read(growing, ['SUS316'], context);
    const { values: shares, record } = await reading!.encode();
    expect([...shares]).toEqual([0, 0, 0, 1]);
    expect(unseenPlace(growing)).toBe(3);
    expect(categoryTraining.shown(growing, shares, record)).toMatchObject({ value: 'SUS316' });
    expect(categoryTraining.shown(growing, shares)).toMatchObject({ value: null });
  });

  it.each([
    ['SUS 304', 'SUS304'],
    ['sus-304', 'SUS304'],
    ['SUS034', 'SUS304'],
    ['SUS30', 'SUS304'],
    ['wood', 'SUS304, A5052, S45C'],
  ])('beyond a closed list is wrong, and %s is told to be %s', async (cell, known) => {
    await expect(async () => categoryTraining.read(material, [cell], context)).rejects.toMatchObject({
      code: 'category-unknown',
      detail: {
        value: cell,
        column: 'Werkstoff',
        modality: 'Material',
        modalityJa: '材料',
        modalityName: 'material',
        known,
      },
    });
  });

  it('suggests nothing where two values are as near', () => {
    expect(nearestValue(['line 1', 'line 2'], 'line 3')).toBeUndefined();
    expect(nearestValue(['A', 'B'], 'C')).toBeUndefined();
  });

  it('goes through an import: bad cells are listed with the column, and the part stays', async () => {
    const table = 'id,Material,gauge\nA,sus304,1 2\nB,SUS 304,1 2\nC,,1 2\nD,ｓ４５ｃ,3 4\n';
    const imported = await importFolder(folderWith({ 'parts.csv': table }), {}, { plan: planWith('closed') });
    expect(presentOf(imported, 'material')).toEqual([1, 0, 0, 1]);
    expect(valuesOf(imported, 'material', 0)).toEqual([1, 0, 0, 0]);
    expect(valuesOf(imported, 'material', 3)).toEqual([0, 0, 1, 0]);
    expect(imported.problems).toMatchObject([
      { row: 3, column: 'Material', code: 'category-unknown', detail: { known: 'SUS304' } },
    ]);
    expect(imported.parts[3]!.values.material).toBe('ｓ４５ｃ');
  });
});

describe('the likelihood of a category', () => {
  const raw = [0.3, -1.2, 2, 0.5];
  const total = raw.reduce((sum, value) => sum + Math.exp(value), 0);
  const shares = raw.map((value) => Math.exp(value) / total);
  const row = (...list: number[]) => tf.tensor2d([list]);

  it('is the logarithm of the softmax share of what was measured, also far out', () => {
    const nll = (x: number[], logits: number[]) =>
      negativeLogLikelihood(material, row(...x), row(...logits), {}).dataSync()[0]!;
    expect(nll([0, 0, 1, 0], raw)).toBeCloseTo(-Math.log(shares[2]!), 5);
    expect(nll([0.25, 0, 0.75, 0], raw)).toBeCloseTo(
      -Math.log(shares[0]!) / 4 - 0.75 * Math.log(shares[2]!),
      5,
    );
    expect(nll([1, 0, 0, 0], [0, 0, 200, 0])).toBeCloseTo(200, 3);
    expect(nll([0, 0, 1, 0], [0, 0, 200, 0])).toBeCloseTo(0, 5);
  });

  it('has the gradient share − measured', () => {
    const x = [0, 1, 0, 0];
    const loss = (logits: tf.Tensor) =>
      tf.sum(negativeLogLikelihood(material, row(...x), logits as tf.Tensor2D, {})) as tf.Scalar;
    const gradient = tf
      .grad(loss)(row(...raw))
      .dataSync();
    for (const [place, share] of shares.entries()) expect(gradient[place]).toBeCloseTo(share - x[place]!, 5);
  });

  it('expects the shares, with the variance p(1 − p) of each', () => {
    const mean = expectedMeasurement(material, row(...raw));
    const variance = measurementVariance(material, mean, {}).dataSync();
    for (const [place, share] of shares.entries()) {
      expect(mean.dataSync()[place]).toBeCloseTo(share, 5);
      expect(variance[place]).toBeCloseTo(share * (1 - share), 4);
    }
  });

  it('measures an error in nats, never 0 and never endless', () => {
    const { misfit } = categoryTraining;
    const measured = Float32Array.of(0, 1, 0, 0);
    expect(misfit(measured, Float32Array.of(0.25, 0.5, 0.25, 0))).toBeCloseTo(Math.log(2), 6);
    expect(misfit(measured, measured)).toBeGreaterThan(0);
    expect(misfit(measured, Float32Array.of(1, 0, 0, 0))).toBeLessThan(20);
  });
});

describe('an explanation of a category', () => {
  it('takes its value away as a whole', () => {
    const at = Float32Array.of(0, 1, 0, 0);
    expect(categoryTraining.pieces(material, at, 'groups', undefined)).toEqual([
      { places: [0, 1, 2, 3], label: { kind: 'value', value: 'A5052' } },
    ]);
    const unseen = categoryTraining.unlisted!(material);
    expect(categoryTraining.pieces(material, unseen, 'groups', undefined)).toMatchObject([
      { label: { kind: 'value', value: null } },
    ]);
  });

  it('asks what if it were another value, and refuses what it cannot be', () => {
    const at = Float32Array.of(0, 1, 0, 0);
    expect([...categoryTraining.changed(material, at, { value: 's45c' })]).toEqual([0, 0, 1, 0]);
    expect([...categoryTraining.changed(modalityWith('growing'), at, { value: 'wood' })]).toEqual([
      0, 0, 0, 1,
    ]);
    expect(() => categoryTraining.changed(material, at, { value: 'wood' })).toThrow();
    expect(() => categoryTraining.changed(material, at, { words: ['wood'] })).toThrow();
    expect(() => categoryTraining.changed(material, at, { first: 0, last: 0, by: 0.5 })).toThrow();
  });
});
