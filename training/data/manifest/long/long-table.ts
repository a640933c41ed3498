import { basename } from 'node:path';
import { FedReconError } from '../../../../protocol/errors.ts';
import { longestMeasured } from '../../../../protocol/kinds/signal.ts';
import { evened, type SeriesTiming, timingOf } from '../../../cells/even-series.ts';
import type { Nothing } from '../../../cells/nothing.ts';
import { parseNumber } from '../../../cells/numbers.ts';
import { type RecordingNotes, recordingNotes } from '../../../cells/recording-notes.ts';
import { comparable, orderOf, type SeriesTime, timeOf } from '../../../cells/series-times.ts';
import { isSameUnit, unitIn } from '../../../cells/written-units.ts';
import { asId } from '../../part-identity.ts';
import { asProblem, type ImportProblem, inTable } from '../../problems.ts';
import { uniqueNames } from '../column-names.ts';
import { namesNear } from '../names-near.ts';
import { type CellUnit, cellUnit, measuredIn, withoutUnit } from '../numbers/cell-units.ts';
import { type JudgedMarks, marksIn } from '../numbers/number-marks.ts';
import type { OpenTable } from '../open-table.ts';
import type { ReadingSettings } from '../reading-settings.ts';
import { blocksOf } from '../row-blocks.ts';
import { cellOf, type ManifestRow, type ReadableRow, type RowPlace } from '../rows.ts';
import { hasRepeatedIds, idColumn, type LongColumns, longColumns, mayBeLong } from './long-columns.ts';

/** Rows by which it is seen whether each is a value: of the first ids some rows each, since a table may be ordered by time. */
const [rowsLooked, idsLooked, rowsOfId] = [20_000, 200, 40];
/** Rows that are enough of a table of many columns of which none is called as one of such a table. */
const fewRows = 2000;
/** Rows that are held in memory where the values of a part do not stand together. */
const mostHeld = 1 << 22;
const mostChannels = 4096;
/** Cells of a channel by which it is seen whether they carry a unit. */
const cellsLooked = 300;
/** Rows from which ids that come again and again are no slip. */
const leastRepeated = 20;

interface Survey {
  readonly channels: readonly string[];
  /** Of each channel. */
  readonly units: readonly CellUnit[];
  /** Of the time. */
  readonly timeUnit: CellUnit;
  /** Channels of which some part has several values. */
  readonly isSeries: readonly boolean[];
  /** True if the rows of each part stand together. */
  readonly isTogether: boolean;
  readonly rows: number;
}

/**
 * A table of one value a row as a table of one part a row, a column for each channel: a series of numbers ordered by time or place, or a single
 * number. A value that stands twice, or cannot be read, is listed by its row; a series with such a value counts as missing. A table of
 * parts stays as it is; where it is not clear which columns hold what, that is a doubt (`long-columns`, `long-channels`).
 * @throws FedReconError `long-unsorted`
 */
export async function openLong(
  table: OpenTable,
  given: ReadingSettings,
  nothing: Nothing,
  path: string,
): Promise<OpenTable> {
  if (given.rows === 'parts')
    return { ...table, found: { ...table.found, rows: { value: 'parts', confidence: 1, reason: 'given' } } };
  const names = uniqueNames(table.names);
  const id = idColumn(names, given);
  const most = given.rows === 'values' || mayBeLong(names, id) ? rowsLooked : fewRows;
  const sample = id < 0 ? [] : await sampleOf(table, id, most);
  const columns = id < 0 ? undefined : longColumns(names, id, sample, given);
  if (!columns) {
    // All rows but the first of each part would be left out, which nobody means; ids that count anew in each table are asked about.
    const countsAnew = table.doubts?.some(({ code }) => code === 'stack-ids');
    const isUnclear = !countsAnew && sample.length >= leastRepeated && hasRepeatedIds(id, sample);
    if (given.rows !== 'values' && !isUnclear) return table;
    const shown = names.slice(0, 12).join(', ');
    const doubt = new FedReconError('long-columns', { manifest: basename(path), columns: shown });
    return unclearTable(table, names, id, given, doubt);
  }
  const marks = table.marksOf(new Set(columns.values));
  const reader: LongReader = { table, names, columns, marks, nothing };
  const survey = await surveyLong(reader, path);
  if (survey instanceof FedReconError) return unclearTable(table, names, id, given, survey);
  const { same, confidence } = columns;
  const sources = [id, ...same];
  // Where a channel's values stand: all in one column, or each in its own.
  const sourceOfChannel = (channel: number) =>
    columns.channel < 0 ? columns.values[channel]! : columns.values[0]!;
  const all = [...sources, ...survey.channels.map((_, channel) => sourceOfChannel(channel))];
  const { sha256, files, doubts = [] } = table;
  return {
    ...{ sha256, doubts, ...(files && { files }) },
    found: {
      ...table.found,
      rows: { value: 'values', confidence, reason: given.rows === undefined ? 'repeated-ids' : 'given' },
      long: {
        columns: names,
        id: names[id]!,
        time: names[columns.time] ?? '',
        channel: names[columns.channel] ?? '',
        values: columns.values.map((column) => names[column]!),
        left: columns.left.map((column) => names[column]!),
      },
    },
    names: [...sources.map((column) => table.names[column]!), ...survey.channels],
    units: [...sources.map((column) => table.units?.[column] ?? ''), ...survey.units.map(({ unit }) => unit)],
    series: new Set(survey.isSeries.flatMap((isOne, channel) => (isOne ? [sources.length + channel] : []))),
    marksOf(used) {
      const { unclear, ...judged } = table.marksOf(new Set([...used].map((column) => all[column]!)));
      const back = (source: number) =>
        [...used].find((column) => all[column] === source) ?? all.indexOf(source);
      return { ...judged, unclear: unclear.map((one) => ({ ...one, column: back(one.column) })) };
    },
    rows: (onBytes) => pivoted(reader, survey, onBytes),
  };
}

/** The table as it stands, which a preview shows with a choice of its columns, and an import refuses. */
function unclearTable(
  table: OpenTable,
  names: readonly string[],
  id: number,
  { rows, timeColumn = '', channelColumn = '', valueColumn }: ReadingSettings,
  doubt: FedReconError,
): OpenTable {
  return {
    ...table,
    doubts: [...(table.doubts ?? []), doubt],
    found: {
      ...table.found,
      rows: { value: 'values', confidence: 0.3, reason: rows === undefined ? 'repeated-ids' : 'given' },
      long: {
        ...{ columns: names, id: names[id] ?? '', time: timeColumn, channel: channelColumn },
        ...{ values: valueColumn ? [valueColumn] : [], left: [] },
      },
    },
  };
}

/** First rows of the first ids, of so many rows at most. */
async function sampleOf(table: OpenTable, id: number, most: number): Promise<(readonly string[])[]> {
  const counts = new Map<string, number>();
  const sample: (readonly string[])[] = [];
  let looked = 0;
  for await (const rows of blocksOf(table))
    for (const row of rows) {
      if (looked++ === most) return sample;
      if (!('cells' in row)) continue;
      const part = asId(cellOf(row, id));
      const count = counts.get(part) ?? 0;
      if (count === rowsOfId || (count === 0 && counts.size === idsLooked)) continue;
      counts.set(part, count + 1);
      sample.push(row.cells);
    }
  return sample;
}

interface LongReader {
  readonly table: OpenTable;
  readonly names: readonly string[];
  readonly columns: LongColumns;
  readonly marks: JudgedMarks;
  readonly nothing: Nothing;
}

/** Looks through the whole table once: which channels there are, and how their values lie; `long-channels` where they are too many. */
async function surveyLong(
  { table, names, columns, nothing }: LongReader,
  path: string,
): Promise<Survey | FedReconError> {
  const { id, time, channel, values, unit } = columns;
  const manifest = basename(path);
  const places = new Map<string, number>();
  const units: string[] = [];
  /** First cells of each channel, and of the time, which may carry a unit. */
  const cells: string[][] = [];
  const times: string[] = [];
  const isSeries: boolean[] = [];
  const finished = new Set<string>();
  /** Channels that the part of the rows before has a value of. */
  let met = new Set<number>();
  let now: string | undefined;
  const valueUnit = table.units?.[values[0]!] || (unitIn(names[values[0]!]!) ?? '');
  let isTogether = true;
  let rows = 0;
  if (channel < 0)
    for (const value of values) {
      places.set(names[value]!, places.size);
      units.push(table.units?.[value] || (unitIn(names[value]!) ?? ''));
      cells.push([]);
    }
  for await (const block of blocksOf(table))
    for (const row of block) {
      if (!('cells' in row)) continue;
      rows++;
      const part = asId(row.cells[id] ?? '');
      if (part !== now) {
        if (finished.has(part)) isTogether = false;
        finished.add(part);
        now = part;
        met = new Set();
      }
      if (times.length < cellsLooked && time >= 0) times.push(row.cells[time] ?? '');
      if (channel < 0) {
        for (const [place, value] of values.entries())
          if (cells[place]!.length < cellsLooked) cells[place]!.push(row.cells[value] ?? '');
        continue;
      }
      const name = (row.cells[channel] ?? '').trim();
      if (nothing.inText(name)) continue;
      let place = places.get(name);
      if (place === undefined) {
        place = places.size;
        if (place === mostChannels)
          return new FedReconError('long-channels', {
            manifest,
            column: names[channel]!,
            limit: mostChannels,
          });
        places.set(name, place);
        units.push(unit >= 0 ? '' : valueUnit);
        cells.push([]);
      }
      if (cells[place]!.length < cellsLooked) cells[place]!.push(row.cells[values[0]!] ?? '');
      if (unit >= 0) units[place] ||= unitOf(row.cells[unit], nothing);
      if (met.has(place)) isSeries[place] = true;
      met.add(place);
    }
  if (!isTogether && rows > mostHeld)
    throw new FedReconError('long-unsorted', { manifest, column: names[id]!, actual: rows, limit: mostHeld });
  const channels = [...places.keys()];
  return {
    ...{ channels, isTogether, rows },
    units: units.map((heading, place) => measuredIn(cellUnit(heading, cells[place]!, nothing))),
    timeUnit: measuredIn(cellUnit(table.units?.[time] || (unitIn(names[time] ?? '') ?? ''), times, nothing)),
    // Without a time a value that stands twice is no series; where parts do not stand together, any may be one.
    isSeries: channels.map(
      (_, place) => columns.time >= 0 && (channel < 0 || isSeries[place] === true || !isTogether),
    ),
  };
}

/** Unit that a cell says; empty where it says none. */
function unitOf(cell: string | undefined, nothing: Nothing): string {
  const unit = (cell ?? '').trim();
  return nothing.inText(unit) ? '' : unit;
}

/** Values of one part, in the order of the table. */
interface PartValues {
  readonly first: ReadableRow;
  readonly id: string;
  readonly channels: number[];
  readonly times: SeriesTime[];
  /** NaN where nothing was measured. */
  readonly values: number[];
  readonly rows: number[];
  readonly tables: (string | undefined)[];
  /** Channels with a value that could not be read. */
  readonly broken: Set<number>;
}

async function* pivoted(
  reader: LongReader,
  survey: Survey,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<ManifestRow> {
  const { table, columns } = reader;
  const recordings = recordingNotes();
  const places = new Map(survey.channels.map((name, place) => [name, place]));
  const channels = { places, units: survey.units, timeUnit: survey.timeUnit };
  if (columns.channel >= 0)
    for (const problem of namesNear(survey.channels)) yield { row: 1, problem, isNoRow: true };
  const waiting = new Map<string, PartValues>();
  let now: PartValues | undefined;
  for await (const block of blocksOf(table, onBytes))
    for (const row of block) {
      if ('problem' in row) {
        yield row;
        continue;
      }
      const id = asId(row.cells[columns.id] ?? '');
      if (now?.id !== id) {
        if (now && survey.isTogether) yield* finish(reader, survey, now, recordings);
        now = survey.isTogether ? undefined : waiting.get(id);
        now ??= {
          // A row of its own, which holds no block of the file.
          first: { row: row.row, cells: [...row.cells], isDamaged: row.isDamaged ?? false, table: row.table },
          ...{ id, channels: [], times: [], values: [], rows: [], tables: [] },
          broken: new Set(),
        };
        if (!survey.isTogether) waiting.set(id, now);
      }
      for (const problem of take(reader, channels, now, row)) yield { row: row.row, problem, isNoRow: true };
    }
  if (survey.isTogether && now) yield* finish(reader, survey, now, recordings);
  for (const part of waiting.values()) yield* finish(reader, survey, part, recordings);
  for (const { column, error } of recordings.notes())
    yield { row: 1, problem: asProblem(1, column, error), isNoRow: true };
}

/** Takes the value or values of a row, and answers what is wrong with them. */
function take(
  { names, columns, marks, nothing }: LongReader,
  {
    places,
    units,
    timeUnit,
  }: { readonly places: ReadonlyMap<string, number> } & Pick<Survey, 'units' | 'timeUnit'>,
  part: PartValues,
  row: ReadableRow,
): ImportProblem[] {
  const problems: ImportProblem[] = [];
  const list = (column: number, thrown: unknown) => {
    problems.push(inTable(asProblem(row.row, names[column]!, thrown), row.table));
  };
  const name = columns.channel < 0 ? '' : (row.cells[columns.channel] ?? '').trim();
  if (columns.channel >= 0 && !places.has(name)) {
    list(columns.channel, new FedReconError('long-channel', { id: part.id }));
    return problems;
  }
  for (const column of columns.same) {
    const [cell, first] = [row.cells[column] ?? '', part.first.cells[column] ?? ''];
    if (cell !== first && cell !== '')
      list(
        column,
        new FedReconError('long-varies', { value: cell.slice(0, 40), first: part.first.row, id: part.id }),
      );
  }
  const written = marksIn(marks, row.table);
  const unit = columns.unit < 0 || columns.channel < 0 ? '' : unitOf(row.cells[columns.unit], nothing);
  for (const [index, column] of columns.values.entries()) {
    const channel = columns.channel < 0 ? index : places.get(name)!;
    const own = units[channel]!;
    if (unit !== '' && !isSameUnit(unit, own.unit)) {
      part.broken.add(channel);
      const planned = own.unit;
      list(columns.unit, new FedReconError('long-unit', { channel: name, id: part.id, unit, planned }));
      continue;
    }
    let place = columns.time;
    try {
      const time = place < 0 ? noTime : timeOf(bare(row.cells[place] ?? '', timeUnit), written);
      place = column;
      const cell = row.cells[column] ?? '';
      const value = nothing.inReading(cell)
        ? Number.NaN
        : parseNumber(bare(cell, own), written.decimal, written.thousands);
      part.channels.push(channel);
      part.times.push(time);
      part.values.push(value);
      part.rows.push(row.row);
      part.tables.push(row.table);
    } catch (thrown) {
      part.broken.add(channel);
      list(place, thrown);
    }
  }
  return problems;
}

/** Time of a value that has none. */
const noTime: SeriesTime = { at: 0, isClock: false };

/** A number without its unit. @throws FedReconError `unit-cell` */
function bare(cell: string, unit: CellUnit): string {
  const number = withoutUnit(cell, unit);
  if (number !== undefined) return number;
  throw new FedReconError('unit-cell', { value: cell.slice(0, 40), unit: unit.unit });
}

/** Row of a part whose values are all there, and what is wrong with them together. */
function* finish(
  { columns, marks }: LongReader,
  survey: Survey,
  part: PartValues,
  recordings: RecordingNotes,
): Generator<ManifestRow> {
  const byChannel: number[][] = survey.channels.map(() => []);
  for (const [index, channel] of part.channels.entries()) byChannel[channel]!.push(index);
  const cells = [columns.id, ...columns.same].map((column) => part.first.cells[column] ?? '');
  const places: (readonly RowPlace[])[] = cells.map(() => []);
  const refuse = (index: number, name: string, error: FedReconError): ManifestRow => {
    const row = part.rows[index]!;
    return { row, problem: inTable(asProblem(row, name, error), part.tables[index]), isNoRow: true };
  };
  for (const [channel, all] of byChannel.entries()) {
    const name = survey.channels[channel]!;
    const times = comparable(all.map((index) => part.times[index]!));
    if (!times) yield refuse(all[0]!, name, new FedReconError('time-order', { id: part.id, channel: name }));
    const kept: number[] = [];
    let last = Number.NaN;
    for (const place of times ? orderOf(times) : []) {
      const index = all[place]!;
      const before = kept.at(-1);
      const isSame = times![place] === last;
      last = times![place]!;
      if (before === undefined || !isSame) kept.push(index);
      else
        yield refuse(
          ...([index, name] as const),
          new FedReconError('long-duplicate', { id: part.id, channel: name, first: part.rows[before]! }),
        );
    }
    const gap = kept.find((index) => Number.isNaN(part.values[index]));
    const isMissing = kept.every((index) => Number.isNaN(part.values[index]));
    if (gap !== undefined && !isMissing)
      yield refuse(gap, name, new FedReconError('long-gap', { id: part.id, channel: name }));
    if (kept.length > longestMeasured)
      yield refuse(
        ...([kept[0]!, name] as const),
        new FedReconError('signal-long', { column: name, actual: kept.length, limit: longestMeasured }),
      );
    const isWhole =
      times !== undefined && gap === undefined && !part.broken.has(channel) && kept.length <= longestMeasured;
    // As the table writes them that the first of them stands in.
    const { decimal } = marksIn(marks, part.tables[kept[0] ?? -1]);
    const text = (value: number) => String(value).replace('.', decimal);
    const measured = kept.map((index) => part.values[index]!);
    const series =
      isWhole && columns.time >= 0 && kept.length > 1 ? timed(part, kept, all, times, survey) : undefined;
    if (series) recordings.add(name, { name: part.id, count: kept.length, timing: series.timing });
    cells.push(isWhole ? (series?.values ?? measured).map(text).join(' ') : '');
    places.push(isWhole ? kept.map((index) => ({ row: part.rows[index]!, table: part.tables[index] })) : []);
  }
  const { row, table } = part.first;
  yield {
    row,
    cells,
    isDamaged: part.first.isDamaged ?? false,
    table,
    placeOf: (column, number = 0) => places[column]?.[number],
  };
}

/** Values of a series taken evenly, and how long it lasts. @param kept places of the values in the part @param all those of `times` */
function timed(
  part: PartValues,
  kept: readonly number[],
  all: readonly number[],
  times: readonly number[],
  { timeUnit }: Survey,
): { readonly values: readonly number[]; readonly timing: SeriesTiming } {
  const at = new Map(all.map((index, place) => [index, times[place]!]));
  const own = kept.map((index) => at.get(index)!);
  const { values, isUneven } = evened(
    kept.map((index) => part.values[index]!),
    own,
  );
  return { values, timing: timingOf(own, part.times[kept[0]!]!, timeUnit.unit, isUneven) };
}
