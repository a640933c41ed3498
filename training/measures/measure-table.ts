import { likeliestPlace } from '../../protocol/kinds/category.ts';
import { gridOf, spanOf, unitOf } from '../../protocol/kinds/index.ts';
import type { Difference, Measure } from './measure.ts';
import { psnr } from './psnr.ts';
import { ssim } from './ssim.ts';

/**
 * Every measure of how close a reconstruction is to the truth, by name: pilot check, model card and demonstration read
 * all they say of quality here. Each kind of modality lists those that it is judged by.
 */
export const measures = {
  /** In dB, at most 100. */
  psnr: {
    better: 'more',
    written: { form: 'decimals', digits: 1 },
    margin: { of: 'value', size: 0.25 },
    clear: { of: 'value', size: 1 },
    unit: () => 'dB',
    ofPart: (_modality, truth, reconstructed) => psnr(truth, reconstructed),
  },
  /** −1…1; over both axes of a picture, over the one axis of other values. */
  ssim: {
    better: 'more',
    written: { form: 'decimals', digits: 2 },
    margin: { of: 'value', size: 0.01 },
    clear: { of: 'value', size: 0.05 },
    unit: () => '',
    ofPart(modality, truth, reconstructed) {
      const [height, width, channels] = gridOf(modality);
      return ssim(truth, reconstructed, { sides: [height, width], channels });
    },
  },
  /** Mean absolute error in the modality's unit. */
  error: {
    better: 'less',
    written: { form: 'significant', digits: 3 },
    margin: { of: 'reference', size: 0.03 },
    clear: { of: 'reference', size: 0.2 },
    unit: unitOf,
    ofPart(modality, truth, reconstructed) {
      let sum = 0;
      for (let place = 0; place < truth.length; place++)
        sum += Math.abs(truth[place]! - reconstructed[place]!);
      return (spanOf(modality) * sum) / truth.length;
    },
  },
  /** Words that are missing or made up, for each word of the note; above 1 where more are made up than were written. */
  wrongWords: {
    better: 'less',
    written: { form: 'percent' },
    margin: { of: 'value', size: 0.02 },
    clear: { of: 'reference', size: 0.2 },
    unit: () => '',
    // Each word lights as many positions as any other, so counting positions counts words.
    ofPart(_modality, truth, reconstructed) {
      let [words, wrong] = [0, 0];
      for (let place = 0; place < truth.length; place++) {
        words += truth[place]!;
        if (truth[place]! > 0.5 !== reconstructed[place]! > 0.5) wrong++;
      }
      return wrong / Math.max(1, words);
    },
  },
  /** Whether the likeliest value is the true one; over several parts the share of those where it is. */
  accuracy: {
    better: 'more',
    written: { form: 'percent' },
    margin: { of: 'value', size: 0.02 },
    clear: { of: 'value', size: 0.1 },
    unit: () => '',
    ofPart: (_modality, truth, reconstructed) =>
      likeliestPlace(truth) === likeliestPlace(reconstructed) ? 1 : 0,
  },
  /** The share that the true value was given, 0…1: how sure of it a reconstruction is. */
  trueShare: {
    better: 'more',
    written: { form: 'percent' },
    margin: { of: 'value', size: 0.02 },
    clear: { of: 'value', size: 0.1 },
    unit: () => '',
    ofPart: (_modality, truth, reconstructed) => reconstructed[likeliestPlace(truth)]!,
  },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as readonly MeasureName[] as readonly [
  MeasureName,
  ...MeasureName[],
];

/** The measure of that name. */
export function measureOf(name: MeasureName): Measure {
  return measures[name];
}

/** By how much `value` is better than `reference`: above 0 is better, whatever the measure. */
export function gainOf(name: MeasureName, value: number, reference: number): number {
  return measureOf(name).better === 'more' ? value - reference : reference - value;
}

/** A difference as a number, beside what is compared with. */
export function differenceSize({ of, size }: Difference, reference: number): number {
  return of === 'value' ? size : size * Math.abs(reference);
}
