import type { ManifestFolder } from '../cells/folder.ts';
import type { Nothing } from '../cells/nothing.ts';
import type { NumberMarks } from '../cells/numbers.ts';
import type { PartRecord, PartValue } from './reading.ts';

/** Small picture: 8-bit values, row-major, channels interleaved. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: readonly number[];
}

/** Channel of a signal as a person reads it. */
export interface NamedValue {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** Measurement as a person looks at it: a signal in its unit. */
export type Shown =
  | { readonly kind: 'image'; readonly picture: Picture }
  | {
      readonly kind: 'signal';
      readonly values: readonly number[];
      /** Values by name where each is a quantity of its own, which no line would show. */
      readonly named?: readonly NamedValue[];
    }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'category';
      /** Likeliest value; for an unlisted one the text as written, null if that is not known. */
      readonly value: string | null;
      /** Share of that value, 0…1; 1 if it was measured. */
      readonly share: number;
    };

/** Summary of one modality over all parts of a plant. */
export interface Summary {
  /** Profile of a signal: 5th percentile, mean and 95th percentile of each value, in its unit; name and unit of a channel. */
  readonly profile?: readonly {
    readonly low: number;
    readonly mean: number;
    readonly high: number;
    readonly name?: string;
    readonly unit?: string;
  }[];
  /** Words of texts: the most frequent ones, and in how many notes they occur. */
  readonly words?: readonly { readonly word: string; readonly parts: number }[];
  /** Values of a category: the most frequent ones, whether the plan lists them, and how many parts have them. */
  readonly values?: readonly {
    readonly value: string;
    readonly parts: number;
    readonly isListed: boolean;
  }[];
}

/** Codes of oddities: what can be wrong or odd about the values of a modality. */
export const oddityCodes = [
  'parts-twice',
  'channels-unlike',
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

/** Oddity: something wrong or odd about some parts of a plant. */
export interface Oddity {
  readonly code: OddityCode;
  /** Numbers of the parts that it is about; none where it is about channels or values as such. */
  readonly affected: ArrayLike<number>;
  /** Number of parts that it is about, or of channels or values. */
  readonly count: number;
  /** Total that `count` is a number of. */
  readonly of: number;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** Parts of a plant that have a modality. */
export interface MeasuredParts<M> {
  readonly modality: M & { readonly name: string };
  /** Numbers of the parts, in the order of the manifest. */
  readonly parts: Uint32Array;
  /** Values of each part, in that order. */
  readonly rows: readonly Float32Array[];
  /** Records of all parts of the plant, by their number. */
  readonly records: readonly PartRecord[];
}

/** Detector of one sort of oddity. */
type OddityDetector<M> = (given: MeasuredParts<M>) => readonly Oddity[];

/** Columns of a manifest that seem to hold a modality. */
export interface ColumnCells {
  /** Cells of each row, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** Table of several that each row stands in. */
  readonly tables: readonly (string | undefined)[];
  /** True if each cell is a series of numbers, which need not be equally long. */
  readonly isSeries: boolean;
  /** Number of values of a part. */
  readonly length: number;
  readonly marks: NumberMarks;
  readonly nothing: Nothing;
  readonly folder: ManifestFolder;
  /** Names of the columns, in that order. */
  readonly columns: readonly string[];
  /** Their units, as far as the table says them; else empty. */
  readonly units: readonly string[];
  /** True if the columns' names differ by more than a number. */
  readonly isNamed: boolean;
}

/** What is known of a column beside its cells. */
interface ColumnTraits {
  /** True if other columns share its name but for a number: none of those counts the rows. */
  readonly isOneOfSeveral?: boolean;
  /** True if a person has said that it is of this kind. */
  readonly isSaid?: boolean;
  /** True if each cell is a series of numbers, which need not be equally long. */
  readonly isSeries?: boolean;
  /** True if its numbers have a unit: what counts the rows has none. */
  readonly hasUnit?: boolean;
  /** True if its name says that it holds notes: these stay notes however few words they are made of. */
  readonly isNote?: boolean;
}

/** Properties of a kind for the pilot check. */
export interface KindLooking<M> {
  /**
   * Number of values of a part by the cells of one column, 0 where that stands in files which they name; undefined where the column is
   * of another kind.
   * @param cells without those that say that nothing was measured
   */
  understand(
    cells: readonly string[],
    marks: NumberMarks,
    column?: ColumnTraits,
  ): { readonly length: number } | undefined;
  /** Number of values of a part in the files that cells name; undefined where too few of them are of this kind. */
  lengthInFiles?(
    column: Pick<ColumnCells, 'rows' | 'tables' | 'folder' | 'marks' | 'nothing'>,
  ): Promise<number | undefined>;
  /** True if columns of single values that share a name but for a number are one modality. */
  readonly joinsColumns: boolean;
  /** Fields of the modality in a plan for this plant alone, but for its name and label. */
  standardFields(column: ColumnCells): Promise<object>;
  /**
   * Measurement as a person looks at it.
   * @param values in the model's form (0…1)
   * @param record value as it was written, if it was measured
   */
  shown(modality: M, values: ArrayLike<number>, record?: PartValue): Shown;
  summary(given: MeasuredParts<M>): Summary;
  readonly oddities: readonly OddityDetector<M>[];
}
