import { describe, expect, it } from 'vitest';
import { type Modality, modalityKinds } from '../../../protocol/kinds/index.ts';
import { modalityOf } from '../../../protocol/plan.ts';
import { scoreParts, worstFirst } from '../../../training/evaluation/part-scores.ts';
import { trainingKind } from '../../../training/kinds/index.ts';
import {
  differenceSize,
  gainOf,
  measureNames,
  measureOf,
  measures,
} from '../../../training/measures/measure-table.ts';
import { tinyPlan } from '../model/plans.ts';

const plan = tinyPlan();
const wide = tinyPlan({
  modalities: plan.modalities.map((entry) =>
    entry.name === 'gauge' ? { ...entry, range: [-10, 30] } : entry,
  ),
});
const note = modalityOf(plan, 'note');
const lit = (...places: number[]) => Array.from({ length: 64 }, (_, place) => Number(places.includes(place)));

describe('a measure', () => {
  it('gives a signal’s error in its unit', () => {
    const gauge = modalityOf(wide, 'gauge');
    const truth = new Array<number>(10).fill(0.5);
    const given = truth.map((value, place) => value + (place % 2 ? 0.1 : -0.1));
    expect(measures.error.ofPart(gauge, truth, given)).toBeCloseTo(4, 5);
    expect(measures.error.unit(gauge)).toBe((gauge as Modality & { unit: string }).unit);
  });

  it('counts a missing and an invented word each as one wrong word of the note’s', () => {
    const wrong = (...places: number[]) => measures.wrongWords.ofPart(note, lit(1, 2, 3, 4), lit(...places));
    expect(wrong(1, 2, 3, 4)).toBe(0);
    expect(wrong(1, 2, 5, 6)).toBe(1);
    expect(wrong(1, 2)).toBe(0.5);
  });

  it.each(measureNames)('%s is best where the reconstruction is the truth', (name) => {
    for (const { kind, modality, truth, other } of [
      { kind: 'image', modality: modalityOf(plan, 'camera'), truth: ramp(64), other: ramp(64).toReversed() },
      { kind: 'signal', modality: modalityOf(wide, 'gauge'), truth: ramp(10), other: ramp(10).toReversed() },
      { kind: 'text', modality: note, truth: lit(1, 2), other: lit(3, 4) },
    ]) {
      const { ofPart } = measureOf(name);
      const gain = gainOf(name, ofPart(modality, truth, truth), ofPart(modality, truth, other));
      expect(gain, kind).toBeGreaterThan(0);
      expect(gain, kind).toBeGreaterThan(
        differenceSize(measureOf(name).margin, ofPart(modality, truth, truth)),
      );
    }
  });

  it('tells what matters from what is clear', () => {
    for (const name of measureNames) {
      const { margin, clear } = measureOf(name);
      expect(differenceSize(clear, 1)).toBeGreaterThan(differenceSize(margin, 1));
    }
  });
});

describe('the measures of a modality', () => {
  it('are those of its kind, the leading one first', () => {
    expect(modalityKinds.map((kind) => [kind, trainingKind({ kind }).measures])).toEqual([
      ['image', ['psnr', 'ssim']],
      ['signal', ['error', 'psnr']],
      ['text', ['wrongWords']],
      ['category', ['accuracy', 'trueShare']],
    ]);
  });

  it('measure each part, and order the parts from the worst on', () => {
    const notes = [lit(1, 2), lit(1, 2), lit(1, 2)];
    const guesses = [lit(1, 2), lit(3, 4), lit(1, 5)];
    const [words, ...others] = scoreParts(
      note,
      [2, 0, 1],
      (part) => notes[part]!,
      (part) => guesses[part]!,
    );
    expect(others).toEqual([]);
    expect(words).toEqual({ measure: 'wrongWords', values: Float64Array.of(1, 0, 2) });
    expect(worstFirst(words)).toEqual([2, 0, 1]);
    expect(worstFirst({ measure: 'psnr', values: Float64Array.of(20, 9, 30) })).toEqual([1, 0, 2]);
  });
});

function ramp(length: number): number[] {
  return Array.from({ length }, (_, place) => place / length);
}
