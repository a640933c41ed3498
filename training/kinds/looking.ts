import type { ManifestFolder } from '../cells/folder.ts';
import type { DecimalMark } from '../cells/numbers.ts';
import type { PartRecord, PartValue } from './reading.ts';

/** A small picture: 8-bit values, row-major, channels interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: readonly number[];
}

/** A measurement as a person looks at it: a signal in its unit. */
export type Shown =
  | { readonly kind: 'image'; readonly picture: Picture }
  | { readonly kind: 'signal'; readonly values: readonly number[] }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'category';
      /** The likeliest value; what was written where nobody listed it, null where nobody knows. */
      readonly value: string | null;
      /** Its share, 0…1; 1 of a measured one. */
      readonly share: number;
    };

/** What all parts of a plant say together. */
export interface Summary {
  /** Signal: 5th percentile, mean and 95th percentile of each value, in its unit. */
  readonly profile?: readonly { readonly low: number; readonly mean: number; readonly high: number }[];
  /** Text: the most frequent words and in how many notes they occur. */
  readonly words?: readonly { readonly word: string; readonly parts: number }[];
  /** Category: the most frequent values, whether the plan lists them, and how many parts have them. */
  readonly values?: readonly {
    readonly value: string;
    readonly parts: number;
    readonly isListed: boolean;
  }[];
}

/** Codes of what the values of a modality show to be wrong or odd. */
export const oddityCodes = [
  'parts-twice',
  'channel-constant',
  'channel-stuck',
  'signal-spikes',
  'image-blank',
  'image-dark',
  'image-saturated',
  'image-blurred',
  'note-empty',
  'note-repeated',
  'category-constant',
  'category-spellings',
  'category-once',
] as const;
export type OddityCode = (typeof oddityCodes)[number];

/** Something wrong or odd about some parts of a plant. */
export interface Oddity {
  readonly code: OddityCode;
  /** The parts that it is about; none where it is about channels or values as such. */
  readonly affected: ArrayLike<number>;
  /** Parts, or channels or values. */
  readonly count: number;
  /** Of how many. */
  readonly of: number;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** The parts of a plant that have a modality. */
export interface MeasuredParts<M> {
  readonly modality: M & { readonly name: string };
  /** Numbers of the parts, in the order of the manifest. */
  readonly parts: Uint32Array;
  /** Values of each, in that order. */
  readonly rows: readonly Float32Array[];
  /** Of all parts of the plant, by their number. */
  readonly records: readonly PartRecord[];
}

/** Looks for one sort of trouble. */
type OddityDetector<M> = (given: MeasuredParts<M>) => readonly Oddity[];

/** Columns of a manifest that seem to hold a modality. */
interface ColumnCells {
  /** Cells of each row, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** Values of a part. */
  readonly length: number;
  readonly decimal: DecimalMark;
  readonly folder: ManifestFolder;
}

/** What a pilot check asks of a kind. */
export interface KindLooking<M> {
  /**
   * What the cells of one column hold, those left out that say that nothing was measured: values of a part, or undefined
   * where the column is of another kind.
   */
  understand(cells: readonly string[], decimal: DecimalMark): { readonly length: number } | undefined;
  /** Whether columns of single values that share a name but for a number are one modality. */
  readonly joinsColumns: boolean;
  /** What a plan for this plant alone says of the modality, but for its name and label. */
  standardFields(column: ColumnCells): Promise<object>;
  /** Values in the model's form (0…1) as a person looks at them. @param record what was written, where it was measured */
  shown(modality: M, values: ArrayLike<number>, record?: PartValue): Shown;
  summary(given: MeasuredParts<M>): Summary;
  readonly oddities: readonly OddityDetector<M>[];
}
