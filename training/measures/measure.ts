import type { Modality } from '../../protocol/kinds/index.ts';

/** A difference that matters: absolute, or as a share of the value that is compared with. */
export interface Difference {
  readonly of: 'value' | 'reference';
  readonly size: number;
}

/** How values of a measure are written: with digits after the point, with significant digits, or in percent. */
export type MeasureForm =
  | { readonly form: 'decimals'; readonly digits: number }
  | { readonly form: 'significant'; readonly digits: number }
  | { readonly form: 'percent' };

/** A figure of how close a reconstruction is to the truth. Over several parts it is the arithmetic mean. */
export interface Measure {
  readonly better: 'more' | 'less';
  readonly written: MeasureForm;
  /** Differences up to this do not matter. */
  readonly margin: Difference;
  /** From this difference on, it is clear which of two values is better. */
  readonly clear: Difference;
  /** Empty where it has none. */
  unit(modality: Modality): string;
  /** Of one part. @param truth values in the model's form (0…1), as are `reconstructed` */
  ofPart(modality: Modality, truth: ArrayLike<number>, reconstructed: ArrayLike<number>): number;
}
