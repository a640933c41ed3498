import { likeliestPlace } from '../../protocol/kinds/category.ts';
import { gridOf, spanOf, unitOf } from '../../protocol/kinds/index.ts';
import type { Difference, Measure } from './measure.ts';
import { psnr } from './psnr.ts';
import { ssim } from './ssim.ts';

/**
 * Measures of how close a reconstruction is to the truth, by name: pilot check, model card and demonstration take all
 * figures of quality from here. Each kind of modality lists those that it is judged by.
 */
export const measures = {
  /** Fidelity (PSNR) in dB, at most 100. */
  psnr: {
    better: 'more',
    written: { form: 'decimals', digits: 1 },
    margin: { of: 'value', size: 0.25 },
    clear: { of: 'value', size: 1 },
    unit: () => 'dB',
    ofPart: (_modality, truth, reconstructed) => psnr(truth, reconstructed),
  },
  /** Likeness of structure (SSIM), −1…1; over both axes of a picture, over the one axis of other values. */
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
  /**
   * Wrong words: words missing or made up, for each word of the note; it can be above 1 where more are made up than
   * were written.
   */
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
  /** Accuracy: 1 if the likeliest value is the true one, else 0; over several parts the share of those where it is. */
  accuracy: {
    better: 'more',
    written: { form: 'percent' },
    margin: { of: 'value', size: 0.02 },
    clear: { of: 'value', size: 0.1 },
    unit: () => '',
    ofPart: (_modality, truth, reconstructed) =>
      likeliestPlace(truth) === likeliestPlace(reconstructed) ? 1 : 0,
  },
  /** Share that the reconstruction gives the true value, 0…1. */
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

/** Measure by its name. */
export function measureOf(name: MeasureName): Measure {
  return measures[name];
}

/** Gain of `value` over `reference`: above 0 is better, whatever the measure. */
export function gainOf(name: MeasureName, value: number, reference: number): number {
  return measureOf(name).better === 'more' ? value - reference : reference - value;
}

/** Size of a difference as a number, for a given reference value. */
export function differenceSize({ of, size }: Difference, reference: number): number {
  return of === 'value' ? size : size * Math.abs(reference);
}
