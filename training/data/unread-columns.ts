import { FedReconError } from '../../protocol/errors.ts';
import type { ManifestFolder } from '../cells/folder.ts';
import { areDurations, isNested, meansNumber } from '../cells/meant-numbers.ts';
import { usuallyNothing } from '../cells/nothing.ts';
import { parseNumber, splitNumbers } from '../cells/numbers.ts';
import { numbersWithUnit } from '../cells/numbers-with-unit.ts';
import { signalFault } from '../cells/signal-faults.ts';
import { readSignalFile, signalEnding } from '../cells/signal-file.ts';
import { isSameUnit, isUnit } from '../cells/written-units.ts';
import { type JudgedMarks, marksIn } from './manifest/numbers/number-marks.ts';
import type { ManifestRow } from './manifest/rows.ts';
import { isIdHeader } from './names.ts';
import { asProblem, type ImportProblem, inTable } from './problems.ts';
import { emptyColumn, type FilledCell, unusedColumn } from './unused-columns.ts';

/** Column, and what is made of it as far as something may be lost by that; `id` where it is called as ids are and none was found. */
interface ColumnUse {
  readonly name: string;
  readonly use: 'unused' | 'notes' | undefined;
}

interface UnreadContext {
  readonly folder: ManifestFolder;
  readonly hasId: boolean;
  /** True if of every column that goes unused it is told why: there is no plan that knows what it wants. */
  readonly tellsUnused: boolean;
  /** Why it is not clear how the numbers of a column are written; undefined where it is, or there are none. */
  unclearIn(column: number): FedReconError | undefined;
}

/** Share of a column's cells that are numbers, or are meant as such; and that name files. */
const alike = 0.8;
/** Files of a column that are looked at. */
const filesLooked = 3;
/** Recordings in files that are not read. */
const otherRecording = /^[^"*?<>|\n]+\.(npz|mp3|dat|bin|raw|tdms|mat|h5|hdf5|mp4|avi|mdf|mf4|flac|ogg)$/i;

/**
 * Columns that would go unused, or be taken for notes, without a word, though a person means something by them: numbers in a notation that
 * is not read, files that cannot be read, what a program nests, and ids that are none. Each is told by the first of its cells.
 */
export async function unreadColumns(
  columns: readonly ColumnUse[],
  rows: readonly ManifestRow[],
  marks: JudgedMarks,
  { folder, hasId, tellsUnused, unclearIn }: UnreadContext,
): Promise<ImportProblem[]> {
  const found: ImportProblem[] = [];
  for (const [index, { name, use }] of columns.entries()) {
    if (use === undefined && !rows.some((row) => 'cells' in row && isUnit(row.cells[index] ?? ''))) continue;
    const filled = rows.flatMap((row): FilledCell[] => {
      const cell = 'cells' in row ? (row.cells[index] ?? '') : '';
      return usuallyNothing.inReading(cell) ? [] : [{ row: row.row, cell, table: tableOf(row) }];
    });
    if (filled.length === 0) {
      const empty = tellsUnused && use === 'unused' ? emptyColumn(name, index, rows) : undefined;
      if (empty) found.push(empty);
      continue;
    }
    const units = unitsIn(filled);
    if (units.length > 1) {
      found.push(
        inTable(
          asProblem(
            filled[0]!.row,
            name,
            new FedReconError('units-unread', { column: name, units: units.slice(0, 8).join(', ') }),
          ),
          filled[0]!.table,
        ),
      );
      continue;
    }
    if (use === undefined) continue;
    const at = ({ row, table }: FilledCell, thrown: unknown) => inTable(asProblem(row, name, thrown), table);
    if (use === 'unused' && isIdHeader(name)) {
      if (!hasId)
        found.push(at(filled[0]!, new FedReconError('id-unused', { column: name, value: spoilt(filled) })));
      continue;
    }
    const thrown =
      unreadNumber(filled, use, marks) ??
      (use === 'unused'
        ? (unreadValue(name, filled) ?? (await unreadFile(filled, folder, marks)))
        : undefined);
    if (thrown) found.push(at(thrown.cell, (thrown.isNumber && unclearIn(index)) || thrown.error));
    else if (tellsUnused && use === 'unused') found.push(unusedColumn(name, index, filled, marks));
  }
  return found;
}

/** Units that a column of nothing but units names, one in each row. */
function unitsIn(filled: readonly FilledCell[]): string[] {
  const units: string[] = [];
  for (const { cell } of filled) {
    // `A` is a grade, too.
    if (!isUnit(cell) || cell.length < 2) return [];
    if (!units.some((unit) => isSameUnit(unit, cell))) units.push(cell);
  }
  return units;
}

interface Unread {
  readonly cell: FilledCell;
  readonly error: unknown;
  readonly isNumber?: boolean;
}

/** First number that is not read in a column of numbers; undefined where there is none. */
function unreadNumber(
  filled: readonly FilledCell[],
  use: 'unused' | 'notes',
  marks: JudgedMarks,
): Unread | undefined {
  let first: Unread | undefined;
  let numbers = 0;
  for (const one of filled) {
    const { decimal, thousands } = marksIn(marks, one.table);
    try {
      const tokens = meansNumber(one.cell) ? [one.cell] : splitNumbers(one.cell, decimal !== ',');
      for (const token of tokens) parseNumber(token, decimal, thousands);
      numbers++;
    } catch (error) {
      if (!(numbersWithUnit(one.cell) || meansNumber(one.cell) || isListWithGaps(one.cell))) continue;
      numbers++;
      first ??= { cell: one, error, isNumber: true };
    }
  }
  // A list is one number more where its column is no signal, so that notes of numbers alone are none of these.
  return first && numbers >= alike * filled.length && (use === 'unused' || !isList(first.cell.cell))
    ? first
    : undefined;
}

/** `1.5 null 2.5`: with a gap in each of them a column is no signal. */
function isListWithGaps(cell: string): boolean {
  const tokens = splitNumbers(cell, true);
  return (
    tokens.length > 1 &&
    tokens.every((token) => usuallyNothing.inReading(token) || /^[-+]?\d[\d.]*(e[-+]?\d+)?$/i.test(token))
  );
}

function isList(cell: string): boolean {
  return /\s/.test(cell) && !numbersWithUnit(cell);
}

/** What cannot be one value a part. */
function unreadValue(name: string, filled: readonly FilledCell[]): Unread | undefined {
  const cells = filled.map(({ cell }) => cell);
  const cell = filled[0]!;
  if (cells.every(isNested)) return { cell, error: new FedReconError('column-nested', { column: name }) };
  if (areDurations(cells)) return { cell, error: new FedReconError('number-duration', { value: cell.cell }) };
  return undefined;
}

/** Why the files that a column names are none that can be read; undefined where it names none. */
async function unreadFile(
  filled: readonly FilledCell[],
  folder: ManifestFolder,
  marks: JudgedMarks,
): Promise<Unread | undefined> {
  const named = filled.filter(({ cell }) => signalEnding.test(cell) || otherRecording.test(cell));
  if (named.length < alike * filled.length) return undefined;
  for (const one of named.slice(0, filesLooked)) {
    const { cell: file, table } = one;
    if (!signalEnding.test(file)) return { cell: one, error: signalFault(file, 'otherFormat') };
    const error = await readSignalFile(folder.beside(table), file, marksIn(marks, table)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error !== undefined) return { cell: one, error };
  }
  return undefined;
}

/** Cell by which a column that is called as ids are holds none: the first with a fraction or a power of ten. */
function spoilt(filled: readonly FilledCell[]): string {
  const odd = filled.find(({ cell }) => /\d[.,]\d|\de[-+]?\d/i.test(cell)) ?? filled[0]!;
  return odd.cell.slice(0, 40);
}

function tableOf(row: ManifestRow): string | undefined {
  return 'cells' in row ? row.table : undefined;
}
