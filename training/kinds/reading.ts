import type { ManifestFolder } from '../cells/folder.ts';
import type { DecimalMark } from '../cells/numbers.ts';

/** A measured value as a person would name it, kept beside the data set. */
export type PartValue = { readonly file: string; readonly sha256: string } | readonly number[] | string;

/** What is kept of a part beside its values in the data set. */
export interface PartRecord {
  readonly id: string;
  /** Of the manifest. */
  readonly row: number;
  /** By modality. */
  readonly values: Readonly<Record<string, PartValue>>;
}

/** A value ready for the model. */
export interface EncodedValue {
  /** `valueSize(modality)` values, about 0…1. */
  readonly values: Float32Array;
  readonly record: PartValue;
}

/** A cell that was understood: what it says, and how to bring it into the model's form. */
export interface Reading {
  /** For the preview: a file name, numbers, a text. */
  readonly shown: string;
  /** The expensive half (reads and decodes files). @throws FedReconError of the cell */
  encode(): Promise<EncodedValue>;
}

/** What the cells of a manifest are read with. */
export interface ManifestContext {
  readonly folder: ManifestFolder;
  readonly decimal: DecimalMark;
}

/** What the cells of one modality are read with. */
export interface ReadContext extends ManifestContext {
  /** Name of the first column, for messages. */
  readonly column: string;
}

/** What an import knows of a kind. */
export interface KindReading<M> {
  /** Values that may come in columns of their own (`gauge:1` … `gauge:56`); 0 where one column holds everything. */
  columns(modality: M): number;
  /** Usual names for a column of this kind, in lower case. */
  readonly headers: readonly string[];
  /** Whether a cell that is not empty looks like this modality. */
  resembles(modality: M, cell: string): boolean;
  /**
   * Reads the cells of one part: the one column, or all separate columns in order.
   * Returns undefined where nothing was measured.
   * @throws FedReconError of the cell, which then counts as missing and is listed
   */
  read(modality: M, cells: readonly string[], context: ReadContext): Promise<Reading | undefined>;
  /**
   * The values that stand for what a list does not hold, where a kind has one: training shows them in place of a few
   * measurements, so that the model knows what to make of them.
   */
  unlisted?(modality: M): Float32Array;
}
