import { type Modality, modalityOf, type Plan } from '../../protocol/plan.ts';
import type { PartsFile } from '../data/parts-file.ts';
import { trainingKind } from '../kinds/index.ts';
import type { MeasuredParts, Shown } from '../kinds/looking.ts';
import type { PartValue } from '../kinds/reading.ts';
import { type Dataset, partsWith } from '../learning/datasets.ts';
import { row } from '../learning/row-table.ts';

/** Parts of a plant: the values as the model sees them, and the records of what a person wrote. */
export interface MeasuredPlant {
  readonly plan: Plan;
  readonly dataset: Dataset;
  /** Records; part k is row k of the data set. */
  readonly records: PartsFile['parts'];
}

/** Parts of an imported folder, and what the import refused. */
export interface PlantParts extends MeasuredPlant {
  readonly problems: PartsFile['problems'];
}

/**
 * Measurement as a person looks at it.
 * @param values in the model's form (0…1)
 * @param record value as it was written, if it was measured
 */
export function shownValues(modality: Modality, values: ArrayLike<number>, record?: PartValue): Shown {
  return trainingKind(modality).shown(modality, values, record);
}

/** Measurement of one part by a modality that it has, as a person looks at it. */
export function shownPart({ plan, dataset, records }: MeasuredPlant, name: string, part: number): Shown {
  const values = row(dataset.modalities[name]!.values, part);
  return shownValues(modalityOf(plan, name), values, records[part]?.values[name]);
}

/** Parts that have a modality, as its kind looks at them. */
export function measuredParts(
  { dataset, records }: MeasuredPlant,
  modality: Modality,
): MeasuredParts<Modality> | undefined {
  const measured = dataset.modalities[modality.name];
  if (!measured) return undefined;
  const parts = partsWith(dataset, modality.name);
  return { modality, parts, rows: Array.from(parts, (part) => row(measured.values, part)), records };
}
