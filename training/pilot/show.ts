import { type Modality, modalityOf, type Plan } from '../../protocol/plan.ts';
import type { PartsFile } from '../data/dataset.ts';
import { trainingKind } from '../kinds/index.ts';
import type { MeasuredParts, Shown } from '../kinds/looking.ts';
import type { PartValue } from '../kinds/reading.ts';
import { type Dataset, partsWith } from '../learning/datasets.ts';
import { row } from '../learning/row-table.ts';

/** An imported folder: the values as the model sees them, and beside them what a person wrote. */
export interface PlantParts {
  readonly plan: Plan;
  readonly dataset: Dataset;
  /** Part k is row k of the data set. */
  readonly records: PartsFile['parts'];
  readonly problems: PartsFile['problems'];
}

/** Values in the model's form (0…1) as a person looks at them. @param record what was written, where it was measured */
export function shownValues(modality: Modality, values: ArrayLike<number>, record?: PartValue): Shown {
  return trainingKind(modality).shown(modality, values, record);
}

/** A modality of one part, which has it. */
export function shownPart({ plan, dataset, records }: PlantParts, name: string, part: number): Shown {
  const values = row(dataset.modalities[name]!.values, part);
  return shownValues(modalityOf(plan, name), values, records[part]?.values[name]);
}

/** The parts that have a modality, as its kind looks at them. */
export function measuredParts(
  { dataset, records }: PlantParts,
  modality: Modality,
): MeasuredParts<Modality> | undefined {
  const measured = dataset.modalities[modality.name];
  if (!measured) return undefined;
  const parts = partsWith(dataset, modality.name);
  return { modality, parts, rows: Array.from(parts, (part) => row(measured.values, part)), records };
}
