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
