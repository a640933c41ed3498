import { unscaleSignal } from '../../protocol/kinds/scaling.ts';
import { type Modality, modalityOf, type Plan } from '../../protocol/plan.ts';
import type { PartsFile } from '../data/dataset.ts';
import type { Dataset } from '../learning/dataset.ts';
import { row } from '../learning/table.ts';
import type { Shown } from './facts.ts';

/** An imported folder: the values as the model sees them, and beside them what a person wrote. */
export interface PlantParts {
  readonly plan: Plan;
  readonly dataset: Dataset;
  /** Part k is row k of the data set. */
  readonly records: PartsFile['parts'];
  readonly problems: PartsFile['problems'];
}

const longestText = 120;

/** Values in the model's form (0…1) as a person looks at them; a text needs its words beside it. */
export function shownValues(modality: Modality, values: ArrayLike<number>, text = ''): Shown {
  switch (modality.kind) {
    case 'image': {
      const { width, height, channels } = modality;
      const bytes = Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
      return { kind: 'image', picture: { width, height, channels, values: bytes } };
    }
    case 'signal': {
      const physical = unscaleSignal(modality, values);
      return { kind: 'signal', values: Array.from(physical, (value) => Number(value.toPrecision(5))) };
    }
    case 'text':
      return { kind: 'text', text: text.slice(0, longestText) };
  }
}

/** A modality of one part, which has it. */
export function shownPart({ plan, dataset, records }: PlantParts, name: string, part: number): Shown {
  const record = records[part]?.values[name];
  return shownValues(
    modalityOf(plan, name),
    row(dataset.modalities[name]!.values, part),
    typeof record === 'string' ? record : '',
  );
}

/** At most `count` of `items`, evenly spread, the first one included. */
export function spread<T>(items: ArrayLike<T>, count: number): T[] {
  const taken = Math.min(count, items.length);
  return Array.from({ length: taken }, (_, index) => items[Math.floor((index * items.length) / taken)]!);
}
