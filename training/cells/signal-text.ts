import { FedReconError } from '../../protocol/errors.ts';
import { evened, timingOf } from './even-series.ts';
import { type NumberMarks, parseNumber } from './numbers.ts';
import { numberWithUnit } from './numbers-with-unit.ts';
import { isPlaceName, isTimeName } from './series-names.ts';
import { comparable, orderOf, type SeriesTime, timeOf } from './series-times.ts';
import type { MeasuredSignal } from './signal-length.ts';
import { isSameUnit, isUnit, unitIn } from './written-units.ts';

interface Line {
  /** In the file, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** Lines of a file cut into cells, and how their numbers are written. */
interface Cut {
  readonly lines: readonly Line[];
  readonly marks: NumberMarks;
  /** True if the comma that parts two cells may as well be the mark of one number. */
  readonly mayBeOne: boolean;
}

/** Share of a step by which the steps of an axis without a name may differ, as they do where they are rounded. */
const evenness = 0.02;
/** Steps from which even ones are no chance. */
const leastSteps = 2;

/**
 * Signal in a text: one number a line, or all of them in one line; beside it there may be what orders them, a time or a place. The file is read
 * as its own numbers are written, and as its table writes them where they leave that open. Rows come into the order of their times.
 * @param marks of the table that names the file
 * @returns undefined where it is not clear which of its columns is the signal
 * @throws FedReconError `signal-file-line`, `signal-file-unclear`, `signal-file-order`, `signal-file-times`
 */
export function signalInText(
  text: string,
  file: string,
  tableMarks: NumberMarks,
): MeasuredSignal | undefined {
  const { lines, marks, mayBeOne } = cutLines(text, file, tableMarks);
  const isNamed = lines[0]?.cells.every((cell) => /^[^\d\s+\-.,]/.test(cell)) ?? false;
  const names = isNamed ? lines[0]!.cells : undefined;
  const below = isNamed ? lines.slice(1) : lines;
  const units =
    isNamed && below[0]?.cells.every((cell) => isUnit(cell) || /^-?$/.test(cell)) ? below[0].cells : [];
  const rows = units.length > 0 ? below.slice(1) : below;
  const width = rows[0]?.cells.length ?? 0;
  const number = (cell: string, row: number) => {
    try {
      return parseNumber(cell, marks.decimal, marks.thousands);
    } catch (cause) {
      throw wrongLine(file, row, cell, cause);
    }
  };
  if (!names && mayBeOne && width === 2) return undefined;
  if (rows.length === 1 && !names) {
    const [{ cells, row }] = rows as [Line];
    return { values: Float64Array.from(cells, (cell) => number(cell, row)) };
  }
  const uneven = rows.find(({ cells }) => cells.length !== width);
  const columns = names ? namedColumns(names) : unnamedColumns(rows, width, marks);
  if (!columns || (names && width !== names.length && !uneven)) return undefined;
  if (uneven) throw wrongLine(file, uneven.row, uneven.cells.join(' '));
  const { time, value } = columns;
  const heading = units[value] || unitIn(names?.[value] ?? '');
  const [first] = rows;
  const unit = heading ?? numberWithUnit(first?.cells[value] ?? '')?.unit;
  const values = rows.map(({ cells, row }) =>
    number(withoutUnit(cells[value]!, unit, heading, file, row), row),
  );
  const order = time === undefined ? undefined : orderIn(rows, time, marks, file);
  const inUnit = unit === undefined ? {} : { unit };
  if (!order || time === undefined) return { values: Float64Array.from(values), ...inUnit };
  const own = order.places.map((place) => values[place]!);
  const { values: even, isUneven } = evened(own, order.times);
  const written = rows[0]!.cells[time]!;
  const timeUnit = units[time] || unitIn(names?.[time] ?? '') || (numberWithUnit(written)?.unit ?? '');
  const timing = timingOf(order.times, order.first, timeUnit, isUneven);
  return { values: Float64Array.from(even), ...inUnit, timing };
}

function wrongLine(file: string, row: number, text: string, cause?: unknown): FedReconError {
  return new FedReconError('signal-file-line', { file, row, value: text.slice(0, 40) }, { cause });
}

/** A number without its unit, which is that of the others. @throws FedReconError `signal-file-line` */
function withoutUnit(
  cell: string,
  unit: string | undefined,
  heading: string | undefined,
  file: string,
  row: number,
): string {
  const found = numberWithUnit(cell);
  if (found && unit !== undefined && isSameUnit(found.unit, unit)) return found.number;
  if (found || (unit !== undefined && heading === undefined)) throw wrongLine(file, row, cell);
  return cell;
}

/** Places of the time, if there is one, and of the signal. */
interface SignalColumns {
  readonly time?: number;
  readonly value: number;
}

/** A name that begins so is that of a time, or of what counts the values. */
const axis = /^(t|time|sec|seconds|ms|index|sample|no|nr)\b|^(時刻|時間|秒|番号)/i;

/** True if a column orders the values of another one. */
function isAxis(name: string): boolean {
  return isTimeName(name) || isPlaceName(name) || axis.test(name);
}

function namedColumns(names: readonly string[]): SignalColumns | undefined {
  if (names.length === 1) return { value: 0 };
  const axes = names.flatMap((name, column) => (isAxis(name) ? [column] : []));
  if (names.length !== 2 || axes.length !== 1) return undefined;
  return { time: axes[0]!, value: 1 - axes[0]! };
}

/** Of two columns without names the first orders the second where its steps are even, and those of the other are not. */
function unnamedColumns(rows: readonly Line[], width: number, marks: NumberMarks): SignalColumns | undefined {
  if (width === 1) return { value: 0 };
  const rises = (column: number) => {
    const times = rows.map(({ cells }) => {
      try {
        return timeOf(cells[column] ?? '', marks).at;
      } catch {
        return Number.NaN;
      }
    });
    const steps = times.slice(1).map((at, index) => at - times[index]!);
    const mean = (times.at(-1)! - times[0]!) / steps.length;
    return (
      steps.length >= leastSteps &&
      mean > 0 &&
      steps.every((step) => Math.abs(step - mean) <= evenness * mean)
    );
  };
  return width === 2 && rises(0) && !rises(1) ? { time: 0, value: 1 } : undefined;
}

/** Rows in the order of their times. */
interface RowOrder {
  readonly places: readonly number[];
  readonly times: readonly number[];
  /** Time of the first row in the file. */
  readonly first: SeriesTime;
}

/**
 * Order of the rows by their times; undefined where none of these can be read: then nothing says another than that of the file.
 * @throws FedReconError `signal-file-line`, `signal-file-order`, `signal-file-times`
 */
function orderIn(
  rows: readonly Line[],
  column: number,
  marks: NumberMarks,
  file: string,
): RowOrder | undefined {
  const times = rows.map(({ cells }): SeriesTime | undefined => {
    try {
      const cell = cells[column]!;
      return timeOf(numberWithUnit(cell)?.number ?? cell, marks);
    } catch {
      return undefined;
    }
  });
  const read = times.filter((time) => time !== undefined);
  if (read.length === 0) return undefined;
  const wrong = times.indexOf(undefined);
  if (wrong >= 0) throw wrongLine(file, rows[wrong]!.row, rows[wrong]!.cells[column]!);
  const own = comparable(read);
  if (!own) throw new FedReconError('signal-file-order', { file });
  const places = orderOf(own);
  const back = own.findIndex((at, place) => place > 0 && at < own[place - 1]!);
  const twice = places.findIndex((place, index) => index > 0 && own[place] === own[places[index - 1]!]);
  // A clock that counts coarsely gives several values one time, but it does not go back.
  if (back >= 0 && twice >= 0) {
    const [one, other] = [rows[places[twice - 1]!]!, rows[places[twice]!]!];
    throw new FedReconError('signal-file-times', {
      ...{ file, value: one.cells[column]!, first: one.row, row: other.row, back: rows[back]!.row },
    });
  }
  return { places, times: places.map((place) => own[place]!), first: read[0]! };
}

/** Separators that stand in no number, the surest first. */
const separators = ['\t', ';'] as const;
const decimals = { '.': /^[-+−]?\d*\.\d*(e[-+]?\d+)?$/i, ',': /^[-+−]?\d*,\d*(e[-+]?\d+)?$/i } as const;
/** `1.234`: one, or a thousand. */
const perhapsGroups = /^[-+−]?[1-9]\d{0,2}[.,]\d{3}$/;

/** A line of a file as it stands there. */
interface RawLine {
  readonly line: string;
  readonly row: number;
}

/** Lines above the names of a recording, at most: those of a logger, each of which begins with a word or a mark. */
const mostAbove = 200;

/** Lines from the names of the columns on, or from the first numbers where there are none: what a logger writes above is no value. */
function belowPreamble(lines: readonly RawLine[]): readonly RawLine[] {
  const first = lines.findIndex(({ line }) => /^"?[\d+\-.,]/.test(line));
  if (first < 2 || first > mostAbove) return lines;
  const mark = ['\t', ';', ','].find((one) => lines[first]!.line.includes(one)) ?? '\t';
  const cut = (place: number) => lines[place]?.line.split(mark).map((cell) => cell.trim()) ?? [];
  const width = cut(first).length;
  // A row of units may stand between the names and the numbers.
  const areUnits = width > 1 && cut(first - 1).every((cell) => isUnit(cell) || /^-?$/.test(cell));
  const names = areUnits ? first - 2 : first - 1;
  const isNames = cut(names).length === width && !/^[#;%!]/.test(lines[names]!.line);
  return lines.slice(isNames ? names : first);
}

/** Cuts a text into cells. @throws FedReconError `signal-file-unclear` */
function cutLines(text: string, file: string, table: NumberMarks): Cut {
  const filled = belowPreamble(
    text
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\n|\r/)
      .map((line, index) => ({ line: line.trim(), row: index + 1 }))
      .filter(({ line }) => /[^\s,;"]/.test(line)),
  );
  const cut = (mark: string | undefined): Line[] => {
    const isClosed = mark !== undefined && filled.every(({ line }) => line.endsWith(mark));
    // A separator at the end of each line makes no column.
    return filled.map(({ line, row }) => {
      const own = isClosed ? line.slice(0, -1) : line;
      const cells = mark === undefined ? [own] : own.split(mark);
      return {
        cells: cells.map((cell) =>
          cell
            .trim()
            .replace(/^"(.*)"$/, '$1')
            .trim(),
        ),
        row,
      };
    });
  };
  const separator = separators.find((mark) => filled.some(({ line }) => line.includes(mark)));
  const texts = filled.map(({ line }) => line);
  if (separator === undefined && isByCommas(texts, table)) {
    const marks = { decimal: '.', thousands: 'none' } as const;
    return { lines: cut(','), marks, mayBeOne: !hasPoints(texts) };
  }
  const lines = cut(separator);
  return { lines, marks: marksOf(lines, file, table), mayBeOne: false };
}

/** True if commas separate the cells of lines, and mark no decimals. */
function isByCommas(lines: readonly string[], { decimal }: NumberMarks): boolean {
  if (!lines.some((line) => line.includes(','))) return false;
  const [first] = lines as [string];
  const isNamed = /^[^\d\s+\-.,]/.test(first);
  if (isNamed) return first.includes(',');
  // Where a point marks the decimals of a number beside it, a comma does not.
  return decimal === '.' || hasPoints(lines);
}

/** True if a point marks the decimals of a number between commas. */
function hasPoints(lines: readonly string[]): boolean {
  return lines.some((line) =>
    line.split(',').some((cell) => decimals['.'].test(cell.trim()) && !perhapsGroups.test(cell.trim())),
  );
}

/** How the numbers of a file are written: as they say themselves, else as those of the table. */
function marksOf(lines: readonly Line[], file: string, table: NumberMarks): NumberMarks {
  const tokens = lines.flatMap(({ cells, row }) =>
    cells.map((cell) => ({ token: numberWithUnit(cell)?.number ?? cell, row })),
  );
  const has = (decimal: '.' | ',') =>
    tokens.some(({ token }) => decimals[decimal].test(token) && !perhapsGroups.test(token));
  const [point, comma] = [has('.'), has(',')];
  if (point !== comma) return point ? { decimal: '.', thousands: ',' } : { decimal: ',', thousands: '.' };
  const open = tokens.find(({ token }) => perhapsGroups.test(token) && !token.includes(table.decimal));
  if (point || !open) return table;
  const value = open.token;
  throw new FedReconError('signal-file-unclear', {
    ...{ file, row: open.row, value, decimal: table.decimal },
    ...{ one: value.replace(/[.,]/, ''), other: value.replace(',', '.') },
  });
}

/** Bytes as text: UTF-8, UTF-16 with its mark, or Japanese as older programs write it. @param isCut true if a letter may be cut off at the end */
export function textOf(bytes: Uint8Array, isCut = false): string {
  const [one, other] = bytes;
  if ((one === 0xff && other === 0xfe) || (one === 0xfe && other === 0xff))
    return new TextDecoder(one === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes, { stream: isCut });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}
