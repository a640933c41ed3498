import type { MeasureForm } from '../../../training/measures/measure.ts';
import type { MeasureName } from '../../../training/measures/measure-table.ts';
import type { Label } from './general.ts';

/** A measure of how close reconstructions of one modality are to the truth, with all that writing its values takes. */
export interface MeasureView {
  readonly name: MeasureName;
  readonly label: Label;
  readonly better: 'more' | 'less';
  readonly written: MeasureForm;
  /** Of its values; empty where they have none. */
  readonly unit: string;
}
