import type { MeasureForm } from '../../../training/measures/measure.ts';
import type { MeasureName } from '../../../training/measures/measure-table.ts';
import type { Label } from './general.ts';

/**
 * Measure of how close reconstructions of one modality are to the truth, with all that is needed to write its values.
 */
export interface MeasureView {
  readonly name: MeasureName;
  readonly label: Label;
  readonly better: 'more' | 'less';
  readonly written: MeasureForm;
  /** Unit of its values; empty where they have none. */
  readonly unit: string;
}

/** Quality of one channel of a signal. */
export interface ChannelView {
  readonly name: string;
  readonly unit: string;
  /** Coefficient of determination: 1 is exact, 0 as good as the mean. */
  readonly r2: number;
  /** True if it is better than the mean. */
  readonly better: boolean;
}
