import type { Modality, ModalityKind } from '../../protocol/plan.ts';
import { qualityOf } from '../measures/quality.ts';
import type { MeasureName } from './model-card.ts';

/** A figure of how close a reconstruction is to the truth. */
export interface Measure {
  readonly name: MeasureName;
  /** 1 where more is better, −1 where less is. */
  readonly sign: 1 | -1;
  /** Differences up to this do not matter: absolute, or as a share of the reference's mean. */
  readonly margin: { readonly of: 'value' | 'reference'; readonly size: number };
  /** @param truth values of one part in the data set's scale, as are `reconstructed` */
  score(modality: Modality, truth: Float32Array, reconstructed: Float32Array): number;
}

const psnr: Measure = {
  name: 'psnr',
  sign: 1,
  margin: { of: 'value', size: 0.25 },
  score: (modality, truth, reconstructed) => qualityOf(modality, truth, reconstructed).psnr,
};

const ssim: Measure = {
  name: 'ssim',
  sign: 1,
  margin: { of: 'value', size: 0.01 },
  score: (modality, truth, reconstructed) => qualityOf(modality, truth, reconstructed).ssim,
};

const error: Measure = {
  name: 'error',
  sign: -1,
  margin: { of: 'reference', size: 0.03 },
  score(modality, truth, reconstructed) {
    const span = modality.kind === 'signal' ? modality.range[1] - modality.range[0] : 1;
    const sum = truth.reduce((total, value, place) => total + Math.abs(value - reconstructed[place]!), 0);
    return (span * sum) / truth.length;
  },
};

const wordErrors: Measure = {
  name: 'wordErrors',
  sign: -1,
  margin: { of: 'value', size: 0.02 },
  // Each word lights as many positions as any other, so counting positions counts words.
  score(_modality, truth, reconstructed) {
    let [words, wrong] = [0, 0];
    for (const [place, value] of truth.entries()) {
      words += value;
      if (value > 0.5 !== reconstructed[place]! > 0.5) wrong++;
    }
    return wrong / Math.max(1, words);
  },
};

const table: Readonly<Record<ModalityKind, readonly [Measure, ...Measure[]]>> = {
  image: [psnr, ssim],
  signal: [error, psnr],
  text: [wordErrors],
};

/** The measures of a modality; comparisons, groups and worst cases go by the first. */
export function measuresOf({ kind }: Pick<Modality, 'kind'>): readonly [Measure, ...Measure[]] {
  return table[kind];
}

/** The measure of that name. */
export function measureOf(name: MeasureName): Measure {
  return { psnr, ssim, error, wordErrors }[name];
}
