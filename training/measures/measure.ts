import type { Modality } from '../../protocol/kinds/index.ts';

/** Difference that matters: absolute, or as a share of the reference value. */
export interface Difference {
  readonly of: 'value' | 'reference';
  readonly size: number;
}

/**
 * Form in which values of a measure are written: with digits after the point, with significant digits, or in percent.
 */
export type MeasureForm =
  | { readonly form: 'decimals'; readonly digits: number }
  | { readonly form: 'significant'; readonly digits: number }
  | { readonly form: 'percent' };

/** Measure of how close a reconstruction is to the truth. Over several parts it is the arithmetic mean. */
export interface Measure {
  readonly better: 'more' | 'less';
  readonly written: MeasureForm;
  /** Largest difference that does not matter. */
  readonly margin: Difference;
  /** Difference from which on it is clear which of two values is better. */
  readonly clear: Difference;
  /** Unit of the measure; empty where it has none. */
  unit(modality: Modality): string;
  /** Value of the measure for one part. @param truth values in the model's form (0…1), as are `reconstructed` */
  ofPart(modality: Modality, truth: ArrayLike<number>, reconstructed: ArrayLike<number>): number;
}
