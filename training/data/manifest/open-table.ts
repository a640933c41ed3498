import type { FedReconError } from '../../../protocol/errors.ts';
import type { NothingWords } from '../../cells/nothing.ts';
import type { NumberMarks } from '../../cells/numbers.ts';
import type { FoundEncoding } from './encoding/encoding-judge.ts';
import type { JudgedMarks } from './numbers/number-marks.ts';
import type { Delimiter, Found } from './reading-settings.ts';
import type { ManifestRow } from './rows.ts';

/** Sort of file that a table comes in. */
export type TableFormat = 'text' | 'workbook' | 'parquet' | 'json-lines' | 'folders';

/** Pictures of a tree that show no parts: those of a folder, or all of a kind (`*_mask.png`). */
export interface LeftOut {
  readonly folder: string;
  readonly files: number;
}

/** Tables of the same columns, read as one. */
export interface StackedTables {
  readonly files: readonly string[];
  /** Files that hold the same bytes as another one, and are not read again. */
  readonly copies: readonly string[];
  /** Columns that are not in every file, with the files that lack them. */
  readonly lacking: readonly { readonly column: string; readonly files: readonly string[] }[];
  /** Whether ids count anew in each file. */
  readonly ids: Found<'unique' | 'by-table'>;
}

/** Table of one value a row, by the names of its columns; empty where there is none. */
export interface LongTable {
  /** All of them. */
  readonly columns: readonly string[];
  readonly id: string;
  readonly time: string;
  readonly channel: string;
  readonly values: readonly string[];
  /** Those that say something else in each row of a part, and are not used. */
  readonly left: readonly string[];
}

/** Pictures beside a table in which no cell names one. */
export interface NamedPictures {
  /** Columns that were added for those that are called after parts, one a view, and the column that these are called by; none and null where none are. */
  readonly columns: readonly string[];
  readonly by: string | null;
  /** Those that are a part's. */
  readonly pictures: number;
  /** Pictures that are no part's. */
  readonly left: number;
}

/** How a table is read, and why so; what has no meaning for its format is not there. */
export interface FoundReading {
  readonly format: TableFormat;
  /** Sheet of a workbook, and all that can be chosen. */
  readonly sheet?: Found<string>;
  readonly sheets?: readonly string[];
  /** What becomes of the hidden rows of a sheet; absent where it has none. */
  readonly hiddenRows?: 'read' | 'leave';
  readonly leftOut?: readonly LeftOut[];
  /** Whether images that are called alike, in several folders or up to an end, are views of one part; absent where none are. */
  readonly images?: Found<'views' | 'parts'>;
  readonly named?: NamedPictures;
  /** Tables that a person can choose among, relative to the folder, and how those that are read belong together. */
  readonly files?: readonly string[];
  readonly tables?: Found<'stack' | 'join' | 'one'>;
  /** Files that were joined by id, the one that gives the rows first. */
  readonly joined?: readonly string[];
  /** Files that were read one below the other. */
  readonly stacked?: StackedTables;
  /** What a row is, where that is not plain. */
  readonly rows?: Found<'parts' | 'values'>;
  readonly long?: LongTable;
  /** With how some cells read in it and in others. */
  readonly encoding?: FoundEncoding;
  readonly delimiter?: Found<Delimiter>;
  readonly quote?: Found<'"' | "'" | 'none'>;
  readonly marks: Found<NumberMarks>;
  /** Tables of several that write their numbers otherwise. */
  readonly otherMarks?: readonly { readonly table: string; readonly marks: NumberMarks }[];
  readonly header?: Found<number>;
  readonly comment?: Found<string>;
  readonly nothing: Found<NothingWords>;
}

/** File of a table of several. */
export interface TableFile {
  readonly path: string;
  readonly sha256: string;
}

/** Table whose cells are known where they lie, in whatever format. */
export interface OpenTable {
  readonly found: Omit<FoundReading, 'nothing' | 'marks'>;
  /** As they are written, empty where a column has none. */
  readonly names: readonly string[];
  /** Units of the columns by a row below their names, where there is one; empty where a column has none. */
  readonly units?: readonly string[];
  /** Columns whose cells hold a series each, which may be longer than the plan's signal. */
  readonly series?: ReadonlySet<number>;
  /** True if a table whose cells have types holds numbers as texts, so that it can be said how those are written. */
  readonly hasTextNumbers?: boolean;
  /** How the numbers of some columns are written. */
  marksOf(columns: ReadonlySet<number>): JudgedMarks;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Files that its rows stand in, by what {@link ManifestRow} calls their table; only where there are several. */
  readonly files?: ReadonlyMap<string, TableFile>;
  /** What an import refuses of the tables together, until a person has said how they are meant. */
  readonly doubts?: readonly FedReconError[];
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<ManifestRow>;
  /** The same rows, many at a time, where the format is read so: waiting for each of a large table would take longer than reading it. */
  blocks?(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]>;
}
