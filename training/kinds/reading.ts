import type { ErrorCode, FedReconError } from '../../protocol/errors.ts';
import type { ManifestFolder } from '../cells/folder.ts';
import type { PictureLook } from '../cells/images/picture-look.ts';
import type { PictureView } from '../cells/images/picture-view.ts';
import type { Nothing } from '../cells/nothing.ts';
import type { NumberMarks } from '../cells/numbers.ts';
import type { RecordingNotes } from '../cells/recording-notes.ts';

/** Measured picture: its file, and how it was read where that was not as usual. */
export interface MeasuredPicture {
  readonly file: string;
  readonly sha256: string;
  readonly view?: PictureView;
}

/** Measured value as a person would name it, kept beside the data set. */
export type PartValue = MeasuredPicture | readonly number[] | string;

/** Record of a part, kept beside its values in the data set. */
export interface PartRecord {
  readonly id: string;
  /** Row of the manifest. */
  readonly row: number;
  /** Table of several that the row stands in. */
  readonly table?: string;
  /** Where the cells of modalities stand that stand elsewhere: in another table of several, or in another row. */
  readonly places?: Readonly<Record<string, { readonly row: number; readonly table?: string | undefined }>>;
  /** Measured values by modality. */
  readonly values: Readonly<Record<string, PartValue>>;
}

/** Value of a part in the model's form. */
export interface EncodedValue {
  /** `valueSize(modality)` values, about 0…1. */
  readonly values: Float32Array;
  readonly record: PartValue;
  /** Of a signal its numbers as they were read: its values and its record are made of them only when they are asked for. */
  readonly numbers?: Float64Array;
  /** Writes the values to a place, without making them first. */
  copyValues?(target: Float32Array, at: number): void;
}

/** Reading of a cell: its content, and the function that brings it into the model's form. */
export interface Reading {
  /** Text for the preview: a file name, numbers, a note. */
  readonly shown: string;
  /**
   * Encodes the value, the expensive half (reads and decodes files); answers a promise only where it has to wait for one.
   * @throws FedReconError of the cell
   */
  encode(): EncodedValue | Promise<EncodedValue>;
}

/** Context in which pictures are read. */
export interface PictureReading {
  /** By modality; of none as usual. */
  readonly looks?: ReadonlyMap<string, PictureLook>;
  /** Folder of pictures that were decoded before. */
  readonly cache?: string | undefined;
}

/** Context in which the cells of a manifest are read. */
export interface ManifestContext {
  readonly folder: ManifestFolder;
  /** Tells the cells that say that nothing was measured. */
  readonly nothing: Nothing;
  readonly pictures?: PictureReading;
  /** Collects what is to be said of all recordings in files together. */
  readonly recordings?: RecordingNotes;
}

/** Context in which the cells of one modality are read. */
export interface ReadContext extends ManifestContext {
  readonly marks: NumberMarks;
  /** Name of the first column, for messages. */
  readonly column: string;
  /** True if the cell holds a series, which may be longer than the plan's signal. */
  readonly isSeries?: boolean;
}

/** Cell of several that cannot be used. */
interface MisreadCell {
  /** Its place among the cells that were given. */
  readonly cell: number;
  /** Place of the wrong number in it, where it holds several. */
  readonly place?: number;
  readonly error: FedReconError;
}

/** Cells of one measurement that cannot be used, each with its place; the measurement then counts as missing. */
export class MisreadCells extends Error {
  override readonly name = 'MisreadCells';
  readonly cells: readonly MisreadCell[];

  /** Code of the first. */
  get code(): ErrorCode {
    return this.cells[0]!.error.code;
  }

  constructor(cells: readonly MisreadCell[]) {
    super(cells.map(({ error }) => error.message).join('; '));
    this.cells = cells;
  }
}

/** What an import knows of a kind. */
export interface KindReading<M> {
  /**
   * Number of values that may come in columns of their own (`gauge:1` … `gauge:56`); 0 where one column holds
   * everything.
   */
  columns(modality: M): number;
  /** True if any number of columns may come, up to that. */
  columnsMayBeFewer?(modality: M): boolean;
  /** True if its cells are readings of an instrument: then words as "bad" and "error" mean that there is none. */
  readonly isReading: boolean;
  /** Usual names for a column of this kind, in lower case. */
  readonly headers: readonly string[];
  /** True if such a name says little of which measurement it is (`machine`, `line`): then the cells have to look like it, too. */
  readonly headersAreVague?: true;
  /** True if a cell that is not empty looks like this modality. */
  resembles(modality: M, cell: string): boolean;
  /**
   * Reads the cells of one part: the one column, or all separate columns in order; a promise only where a file has to be looked for.
   * Returns undefined where nothing was measured.
   * @throws FedReconError of the first cell, MisreadCells where the places of the cells are known; the value then counts as missing
   *   and is listed
   */
  read(
    modality: M,
    cells: readonly string[],
    context: ReadContext,
  ): Reading | undefined | Promise<Reading | undefined>;
  /**
   * Reads numbers of separate columns, NaN for what is not written plainly; undefined where their cells are to be read instead.
   */
  readNumbers?(modality: M, numbers: Float64Array): Reading | undefined;
  /**
   * Row that stands for an unlisted value, for a kind with a list: training shows them in place of a few measurements,
   * so that the model can handle them.
   */
  unlisted?(modality: M): Float32Array;
}
