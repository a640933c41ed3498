import { type ErrorCode, type ErrorDetail, FedReconError } from '../../protocol/errors.ts';
import { isShares } from '../../protocol/kinds/index.ts';
import type { Modality } from '../../protocol/plan.ts';
import { type NumberMarks, rewritten, withVisibleControls } from '../cells/numbers.ts';
import { trainingKind } from '../kinds/index.ts';
import { type EncodedValue, type ManifestContext, MisreadCells, type Reading } from '../kinds/reading.ts';
import type { Binding } from './columns.ts';
import { damageIn } from './manifest/damaged-cells.ts';
import { type MeasurementUnits, withoutUnit } from './manifest/numbers/cell-units.ts';
import { type JudgedMarks, marksIn } from './manifest/numbers/number-marks.ts';
import { cellOf, type ManifestRow, placeIn, type ReadableRow, type RowPlace } from './manifest/rows.ts';
import { PlainRow } from './manifest/text/plain-row.ts';
import { asId, isRoundedId, isSummaryWord, saysSummary } from './part-identity.ts';
import { asProblem, type ImportProblem, inTable } from './problems.ts';
import type { PlacedPart, SeenParts } from './seen-parts.ts';
import { isWaiting, oneAfterOther } from './waiting.ts';

/** Readings of a row of the manifest by modality, and the cells that could not be used. */
interface PartReadings {
  readonly row: number;
  /** Table of several that the row stands in. */
  readonly table: string | undefined;
  readonly id: string;
  readonly readings: Record<string, Reading>;
  /** Where the cells of modalities stand that stand elsewhere than the row. */
  readonly places: Record<string, RowPlace> | undefined;
  readonly problems: ImportProblem[];
}

/** Part in the model's form, ready for the data set. */
export interface EncodedPart {
  readonly row: number;
  readonly table: string | undefined;
  readonly id: string;
  readonly values: Readonly<Record<string, EncodedValue>>;
  /** Where the cells of modalities stand that stand elsewhere than the row. */
  readonly places?: Readonly<Record<string, RowPlace>> | undefined;
  readonly problems: readonly ImportProblem[];
}

/** Table that rows come from. */
export interface RowSource {
  readonly header: readonly string[];
  readonly binding: Binding;
  /** How the numbers of each bound modality are written, in the order of the binding. */
  readonly marks: readonly JudgedMarks[];
  /** Units of each bound modality, in that order; undefined where it holds no numbers. */
  readonly units: readonly (MeasurementUnits | undefined)[];
  /** Columns whose cells hold a series each. */
  readonly series: ReadonlySet<number>;
  /** What a part without an id of its own is called, by its row, and its table where there are several. */
  name(row: number, table: string | undefined): string;
}

/**
 * Id of the part in a row, or why the row is none: its id is empty or damaged, or it sums up the others. Without a column of
 * ids a part is called after its file and row, so that it meets no part of another file.
 */
export function identify(
  { header, binding, name }: RowSource,
  row: ManifestRow,
  { nothing }: Pick<ManifestContext, 'nothing'>,
): { readonly id: string } | { readonly problem: ImportProblem } {
  if ('problem' in row) return row;
  const { id } = binding;
  const refuse = (code: ErrorCode, column: string, detail: ErrorDetail = {}) => ({
    problem: inTable({ row: row.row, column, code, detail }, row.table),
  });
  const own = id === undefined ? '' : asId(cellOf(row, id));
  const label = own === '' ? summaryIn(row.cells, binding) : isSummaryWord(own) ? own : undefined;
  if (label !== undefined)
    return refuse('row-summary', id === undefined ? '' : header[id]!, { value: label.slice(0, 40) });
  if (id === undefined) return { id: name(row.row, row.table) };
  if (nothing.inText(own)) return refuse('id-missing', header[id]!);
  // Nobody sees it, and the same part comes without it elsewhere.
  if (/\p{Cc}/u.test(own))
    return refuse('id-control', header[id]!, { value: withVisibleControls(own.slice(0, 40)) });
  if (isRoundedId(own)) return refuse('id-rounded', header[id]!, { value: own.slice(0, 40) });
  const damage = damageIn(own);
  if (damage) return refuse(damage.code, header[id]!, damage.detail);
  return { id: own };
}

/** Cell by which a row without an id sums the others up: its first, or, where no row has one, another that says nothing else. */
function summaryIn(cells: readonly string[], binding: Binding): string | undefined {
  const first = cells.findIndex((cell, column) => cell !== '' && !isListed(binding, column));
  return cells.find((cell, column) =>
    column === first
      ? isSummaryWord(cell)
      : binding.id === undefined && saysSummary(cell) && !isListed(binding, column),
  );
}

/**
 * Why a row is left out though it has an id: its part was there before, or it says nothing; `same` where another table of several has
 * the very row. A row that is not left out is taken as its part's.
 */
export function leftOut(
  part: PlacedPart,
  measured: object,
  digest: string,
  seen: SeenParts,
): ImportProblem | 'same' | undefined {
  const before = seen.before(part, digest);
  if (before) return before;
  if (Object.keys(measured).length === 0)
    return inTable({ row: part.row, column: '', code: 'part-empty', detail: {} }, part.table);
  seen.take(part, digest);
  return undefined;
}

/** True if a column holds values of a list, where a word means what the list means by it. */
function isListed({ modalities }: Binding, column: number): boolean {
  return modalities.some(({ modality, columns }) => isShares(modality) && columns.includes(column));
}

/**
 * Reads the cells of one row without opening image files. A cell that is wrong becomes a problem. Answers a promise only where a file
 * has to be looked for.
 */
export function readPart(
  source: RowSource,
  id: string,
  row: ReadableRow,
  whole: ManifestContext,
): PartReadings | Promise<PartReadings> {
  const { table } = row;
  const { modalities } = source.binding;
  const places = placesOf(modalities, row);
  const contextIn = (own: string | undefined) =>
    own === undefined ? whole : { ...whole, folder: whole.folder.beside(own) };
  const context = contextIn(table);
  const part: PartReadings = { row: row.row, table, id, readings: {}, places, problems: [] };
  const waiting = oneAfterOther(modalities.length, (index) => {
    const put = (reading: Reading | undefined) => {
      if (reading) part.readings[modalities[index]!.modality.name] = reading;
    };
    const place = places?.[modalities[index]!.modality.name];
    const own = place && place.table !== table ? contextIn(place.table) : context;
    const reading = readValue(source, index, row, own, part.problems);
    return isWaiting(reading) ? reading.then(put) : put(reading);
  });
  return waiting ? waiting.then(() => part) : part;
}

/** Where the first cells of modalities stand that stand elsewhere than their row; undefined where none does. */
function placesOf(modalities: Binding['modalities'], row: ReadableRow): Record<string, RowPlace> | undefined {
  if (row instanceof PlainRow || !row.placeOf) return undefined;
  const places: Record<string, RowPlace> = {};
  for (const { modality, columns } of modalities) {
    const place = placeIn(row, columns[0]!);
    if (place.row !== row.row || place.table !== row.table) places[modality.name] = place;
  }
  return Object.keys(places).length > 0 ? places : undefined;
}

/** Reads the cells of one bound modality; undefined where nothing was measured, or a cell is wrong, which is then listed. */
function readValue(
  { header, binding, marks, units, series }: RowSource,
  index: number,
  row: ReadableRow,
  context: ManifestContext,
  problems: ImportProblem[],
): Reading | undefined | Promise<Reading | undefined> {
  const { modality, columns } = binding.modalities[index]!;
  const unit = units[index];
  // Of a row that was made of several tables each cell is written as its own table is.
  const own = row instanceof PlainRow ? row : placeIn(row, columns[0]!);
  const written = marksIn(marks[index]!, own.table);
  const refuse = (thrown: unknown): undefined => {
    const cells: readonly { readonly cell: number; readonly place?: number; readonly error: unknown }[] =
      thrown instanceof MisreadCells ? thrown.cells : [{ cell: 0, error: thrown }];
    for (const { cell, place, error } of cells) {
      const at = placeIn(row, columns[cell]!, place);
      problems.push(inTable(asProblem(at.row, header[columns[cell]!]!, error), at.table));
    }
  };
  try {
    const areAlike = row instanceof PlainRow || !row.placeOf || !marks[index]!.byTable;
    const plain =
      unit?.areCarried || !areAlike ? undefined : readNumbers(modality, row, columns, written, context);
    if (plain) return plain;
    const cells =
      columns.length === 1 ? [cellOf(row, columns[0]!)] : columns.map((column) => row.cells[column] ?? '');
    const damaged = (row.isDamaged ? cells : []).flatMap((text, cell) => {
      const error = damageIn(text);
      return error ? [{ cell, error }] : [];
    });
    if (damaged.length > 0) throw new MisreadCells(damaged);
    const isSeries = columns.length === 1 && series.has(columns[0]!);
    const given = { ...context, marks: written, column: header[columns[0]!]!, isSeries };
    const bare = unit ? withoutUnits(cells, unit, context) : cells;
    const reading = trainingKind(modality).read(
      modality,
      marks[index]!.byTable && columns.length > 1
        ? alikeWritten(bare, row, columns, marks[index]!, written)
        : bare,
      given,
    );
    return isWaiting(reading) ? reading.catch(refuse) : reading;
  } catch (thrown) {
    return refuse(thrown);
  }
}

/** Cells of a row that was made of several tables, all as one of them writes its numbers. */
function alikeWritten(
  cells: readonly string[],
  row: ReadableRow,
  columns: readonly number[],
  marks: JudgedMarks,
  written: NumberMarks,
): readonly string[] {
  return cells.map((cell, place) => {
    const own = marksIn(marks, placeIn(row, columns[place]!).table);
    return rewritten(cell, own, written);
  });
}

/** Reads numbers where they stand in their line; undefined where a cell of them has to be looked at. */
function readNumbers(
  modality: Modality,
  row: ReadableRow,
  columns: readonly number[],
  { decimal }: NumberMarks,
  { nothing }: ManifestContext,
): Reading | undefined {
  const kind = trainingKind(modality);
  if (!kind.readNumbers || !row.numbers || decimal !== '.' || nothing.hasNumbers) return undefined;
  return kind.readNumbers(modality, row.numbers(columns));
}

/** Cells of one measurement without their units. @throws MisreadCells `unit-cell` */
function withoutUnits(
  cells: readonly string[],
  { columns }: MeasurementUnits,
  { nothing }: ManifestContext,
): readonly string[] {
  const misread: { cell: number; error: FedReconError }[] = [];
  const bare = cells.map((cell, place) => {
    const own = withoutUnit(cell, columns[place]!);
    if (own !== undefined || nothing.inReading(cell)) return own ?? cell;
    const detail = { value: cell.slice(0, 40), unit: columns[place]!.unit };
    misread.push({ cell: place, error: new FedReconError('unit-cell', detail) });
    return '';
  });
  if (misread.length > 0) throw new MisreadCells(misread);
  return bare;
}

/** Brings the readings of a part into the model's form; decodes its images, and answers a promise only where it has some. */
export function encodePart(
  { header, binding }: RowSource,
  { row, table, id, readings, places, problems: found }: PartReadings,
): EncodedPart | Promise<EncodedPart> {
  const values: Record<string, EncodedValue> = {};
  const problems = [...found];
  const { modalities } = binding;
  const waiting = oneAfterOther(modalities.length, (index) => {
    const { modality, columns } = modalities[index]!;
    const put = (value: EncodedValue | undefined) => {
      if (value) values[modality.name] = value;
    };
    const refuse = (thrown: unknown) => {
      const at = places?.[modality.name] ?? { row, table };
      problems.push(inTable(asProblem(at.row, header[columns[0]!]!, thrown), at.table));
    };
    try {
      const value = readings[modality.name]?.encode();
      return value && isWaiting(value) ? value.then(put, refuse) : put(value);
    } catch (thrown) {
      return refuse(thrown);
    }
  });
  const part = { row, table, id, values, places, problems };
  return waiting ? waiting.then(() => part) : part;
}
