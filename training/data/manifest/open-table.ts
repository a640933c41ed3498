import type { NothingWords } from '../../cells/nothing.ts';
import type { NumberMarks } from '../../cells/numbers.ts';
import type { JudgedMarks } from './number-marks.ts';
import type { CharacterEncoding, Delimiter, Found } from './reading-settings.ts';
import type { ManifestRow } from './rows.ts';

/** Sort of file that a table comes in. */
export type TableFormat = 'text' | 'workbook' | 'parquet' | 'json-lines' | 'folders';

/** Folder of a tree of pictures that shows no parts. */
export interface LeftOut {
  readonly folder: string;
  readonly files: number;
}

/** How a table is read, and why so; what has no meaning for its format is not there. */
export interface FoundReading {
  readonly format: TableFormat;
  /** Sheet of a workbook, and all that can be chosen. */
  readonly sheet?: Found<string>;
  readonly sheets?: readonly string[];
  readonly leftOut?: readonly LeftOut[];
  /** Files that were joined by id, the one that gives the rows first. */
  readonly joined?: readonly string[];
  readonly encoding?: Found<CharacterEncoding>;
  readonly delimiter?: Found<Delimiter>;
  readonly quote?: Found<'"' | "'" | 'none'>;
  readonly marks: Found<NumberMarks>;
  readonly header?: Found<number>;
  readonly comment?: Found<string>;
  readonly nothing: Found<NothingWords>;
}

/** Table whose cells are known where they lie, in whatever format. */
export interface OpenTable {
  readonly found: Omit<FoundReading, 'nothing' | 'marks'>;
  /** As they are written, empty where a column has none. */
  readonly names: readonly string[];
  /** Units of the columns by a row below their names, where there is one; empty where a column has none. */
  readonly units?: readonly string[];
  /** How the numbers of some columns are written. */
  marksOf(columns: ReadonlySet<number>): JudgedMarks;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<ManifestRow>;
  /** The same rows, many at a time, where the format is read so: waiting for each of a large table would take longer than reading it. */
  blocks?(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]>;
}
