import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { FedReconError } from '../../../protocol/errors.ts';
import { type Nothing, type NothingWords, nothingOf, usualWords } from '../../cells/nothing.ts';
import { unitIn } from '../../cells/written-units.ts';
import { isUsualName } from '../names.ts';
import { uniqueNames } from './column-names.ts';
import { isPictureTree, openFolderTree } from './images/folder-tree.ts';
import { withNamedPictures } from './images/named-pictures.ts';
import { openLong } from './long/long-table.ts';
import { type CellUnit, cellUnit } from './numbers/cell-units.ts';
import type { JudgedMarks } from './numbers/number-marks.ts';
import type { FoundReading, OpenTable, TableFormat } from './open-table.ts';
import { otherFormatIn } from './other-formats.ts';
import type { Found, ReadingSettings } from './reading-settings.ts';
import { blocksOf } from './row-blocks.ts';
import { firstCells, type ManifestRow } from './rows.ts';
import { openTable } from './table-formats.ts';
import { transposed } from './text/transposed-table.ts';
import { isTable, tablesIn } from './together/folder-tables.ts';
import { idsBeside } from './together/ids-beside.ts';
import { withTablesBeside } from './together/tables-beside.ts';
import { openTogether } from './together/tables-together.ts';

/** File that lists parts, understood but not yet read. */
export interface Manifest {
  readonly path: string;
  readonly found: Omit<FoundReading, 'marks'>;
  readonly nothing: Nothing;
  /** How the numbers of some columns are written, as far as that can be told from them, else from the others too. */
  marksOf(columns: ReadonlySet<number>): JudgedMarks;
  readonly sha256: string;
  /** Files that its rows stand in, where there are several, as of {@link OpenTable}. */
  readonly files: OpenTable['files'];
  /** Columns whose cells hold a series each, which may be longer than the plan's signal. */
  readonly series: ReadonlySet<number>;
  /** What an import refuses of the tables together. */
  readonly doubts: readonly FedReconError[];
  /** Column names, each different and not empty. */
  readonly columns: readonly string[];
  /** Units of the columns, by a row of units, in brackets behind their names, or in their cells. */
  readonly units: readonly CellUnit[];
  /** Rows below the header, blank ones left out. @param onBytes called with the number of bytes read */
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<ManifestRow>;
  /** The same, some at a time. */
  blocks(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]>;
}

/**
 * Finds the manifest of a folder, or takes the one that is named (relative to the folder or absolute). A folder of tables
 * that can be joined, and a folder of pictures without a table, is its own manifest.
 * @throws FedReconError `folder-missing`, `manifest-missing`, `manifest-ambiguous`
 */
export async function findManifest(
  folder: string,
  manifest?: string,
  reading: ReadingSettings = {},
): Promise<string> {
  await access(folder).catch((cause: unknown) => {
    throw new FedReconError('folder-missing', { folder }, { cause });
  });
  if (manifest !== undefined) {
    const path = isAbsolute(manifest) ? manifest : join(folder, manifest);
    return realpath(path).catch((cause: unknown) => {
      throw new FedReconError('manifest-missing', { folder, manifest }, { cause });
    });
  }
  if (reading.table !== undefined || reading.tables !== undefined) return folder;
  const { tables, hasParts } = await tablesIn(folder);
  const [first] = tables;
  if (first === undefined) {
    if (await isPictureTree(folder, isTable)) return folder;
    const other = await otherFormatIn(folder);
    if (other) throw other;
    throw new FedReconError('manifest-missing', { folder, manifest: '(*.csv)' });
  }
  if (tables.length === 1) return first.includes('/') ? folder : join(folder, first);
  const together = await openTogether(folder, tables, reading, isUsualName).catch((thrown: unknown) => {
    // Of two tables of which one cannot be read nobody knows whether they belong together; the one that is called parts needs no other.
    const isSaid = thrown instanceof FedReconError && thrown.code === 'join-ids' && !hasParts;
    if (isSaid || !(thrown instanceof FedReconError) || !(hasParts || tables.length < 3)) throw thrown;
  });
  if (together && !(hasParts && together.found.stacked)) return folder;
  if (hasParts) return join(folder, first);
  throw new FedReconError('manifest-ambiguous', { manifests: tables.slice(0, 10).join(', ') });
}

/** Opens a table, or a folder as one: its tables together, or its pictures. @throws FedReconError `manifest-ambiguous`, and of the format */
async function openAt(
  path: string,
  given: ReadingSettings,
  isName: (cell: string) => boolean,
): Promise<OpenTable> {
  const info = await stat(path);
  if (info.isFile()) return openTable(path, given, isName);
  // A named pipe would be waited for without end.
  if (!info.isDirectory())
    throw new FedReconError('manifest-missing', { folder: dirname(path), manifest: basename(path) });
  const { tables } = await tablesIn(path);
  if (tables.length === 0) return openFolderTree(path, given);
  const table = await openTogether(path, tables, given, isName);
  if (table) return table;
  throw new FedReconError('manifest-ambiguous', { manifests: tables.slice(0, 10).join(', ') });
}

/**
 * Understands a manifest from all of it: encoding, delimiter, decimal mark, header and column names; what a person has said
 * holds in place of what would be found.
 * @param isName whether a cell is the name of a column, for finding the header below other rows
 * @throws FedReconError `manifest-missing`, `manifest-encoding`, `manifest-empty`, `table-columns`, `table-unreadable`, `table-large`,
 *   `sheet-missing`, `decimal-typed`, `long-unsorted`
 */
export async function openManifest(
  path: string,
  given: ReadingSettings = {},
  isName: (cell: string) => boolean = isUsualName,
): Promise<Manifest> {
  const manifest = basename(path);
  await access(path).catch((cause: unknown) => {
    throw new FedReconError('manifest-missing', { folder: path, manifest }, { cause });
  });
  const words: NothingWords = {
    words: given.words ?? usualWords.words,
    badReadings: given.badReadings ?? usualWords.badReadings,
  };
  const opened = await openAt(path, given, isName);
  if (
    !untyped.has(opened.found.format) &&
    !opened.hasTextNumbers &&
    (given.decimal ?? given.thousands) !== undefined
  )
    throw new FedReconError('decimal-typed', { manifest });
  const isNothing = nothingOf(words);
  const named = await withNamedPictures(await openLong(opened, given, isNothing, path), path, given);
  // Who names one table of a folder leaves the others out.
  const table = given.table === undefined ? await withTablesBeside(named, path) : named;
  const doubts = [
    ...(table.doubts ?? []),
    ...someOf(await idsBeside(table)),
    ...(given.rows === undefined ? someOf(await transposed(opened, manifest)) : []),
  ];
  const rows = await rowsWithUnits(table);
  const headings = table.names.map((name, column) => table.units?.[column] || (unitIn(name) ?? ''));
  const isGiven = given.words !== undefined || given.badReadings !== undefined;
  const nothing: Found<NothingWords> = { value: words, confidence: 1, reason: isGiven ? 'given' : 'usual' };
  return {
    ...{ path, sha256: table.sha256, files: table.files },
    doubts,
    series: table.series ?? new Set(),
    found: { ...table.found, nothing },
    marksOf: table.marksOf,
    nothing: isNothing,
    columns: uniqueNames(table.names),
    units: headings.map((heading, column) =>
      cellUnit(
        heading,
        rows.map((row) => row[column] ?? ''),
        isNothing,
      ),
    ),
    rows: table.rows,
    blocks: (onBytes) => blocksOf(table, onBytes),
  };
}

function someOf(doubt: FedReconError | undefined): FedReconError[] {
  return doubt ? [doubt] : [];
}

/** Formats in which each number is a text, with marks of its own, and those whose cells are written by hand. */
const untyped: ReadonlySet<TableFormat> = new Set(['text']);
const written: ReadonlySet<TableFormat> = new Set(['text', 'workbook']);
/** Rows that say in which units a column is. */
const rowsLooked = 300;

/** First rows of a table whose cells are written by hand; none of another, in which a number has a type. */
async function rowsWithUnits({ found, rows }: OpenTable): Promise<(readonly string[])[]> {
  return written.has(found.format) ? firstCells(rows(), rowsLooked) : [];
}
