import type { SignalReduction } from '../../protocol/kinds/reduction.ts';
import { longestSignal } from '../../protocol/kinds/signal.ts';
import { splitNumbers } from '../cells/numbers.ts';
import { readSignalFile, signalEnding } from '../cells/signal-file.ts';
import { broughtToLength } from '../cells/signal-length.ts';
import { commonest } from '../measures/commonest.ts';
import { spread } from '../measures/spread.ts';
import { numberIn } from './columns.ts';
import type { ColumnCells } from './looking.ts';
import { signalScales } from './signal-scales.ts';

/** Files that are looked at before there is a plan. */
const filesLooked = 24;
/** Share of them that must be signals before the column is one. */
const leastReadable = 0.5;
/** Share of the parts whose signals may be shorter than the standard plan's: they are refused one by one. */
const mostShorter = 0.05;
/** Windows of a signal that is longer than a plan may have. */
const standardWindows = 128;

/** Signals of these cells' parts, in the numbers that were measured; NaN where nothing was. */
type Series = readonly (readonly number[] | Float64Array)[];

/** Signals from which one that is shorter than all others is an exception. */
const leastToPass = 5;

/**
 * Length that a standard plan gives to signals of these lengths: one that nearly all of them have.
 * @param lengths at least one
 */
export function usualLength(lengths: readonly number[]): number {
  const ordered = [...lengths].sort((one, other) => one - other);
  // Of a few, one that is cut short is passed over too.
  const shorter = ordered.length < leastToPass ? 0 : Math.max(1, Math.floor(mostShorter * ordered.length));
  return ordered[shorter]!;
}

/** Length of the signals in the files that cells name; undefined where too few of those are signals. */
export async function lengthInFiles(column: FileCells): Promise<number | undefined> {
  const { looked, series } = await seriesInFiles(column);
  if (series.length < Math.max(1, leastReadable * looked)) return undefined;
  return usualLength(series.map(({ length }) => length));
}

type FileCells = Pick<ColumnCells, 'rows' | 'tables' | 'folder' | 'marks' | 'nothing'>;

async function seriesInFiles({ rows, tables, folder, marks, nothing }: FileCells) {
  const cells = rows.flatMap(([cell = ''], index) =>
    nothing.inReading(cell) ? [] : [{ cell, table: tables[index] }],
  );
  const sample = spread(cells, filesLooked);
  const read = await Promise.all(
    sample.map(({ cell, table }) =>
      readSignalFile(folder.beside(table), cell, marks).catch((): undefined => undefined),
    ),
  );
  const signals = read.filter((signal) => signal !== undefined);
  // The plan takes the unit that most files name; the others are refused one by one.
  const unit = commonest(signals.flatMap((signal) => signal.unit ?? []));
  return { looked: sample.length, series: signals.map(({ values }) => values), unit };
}

/**
 * Fields of a signal in a standard plan. More values than a plan may have become figures of windows: a mean of so many would lose what
 * vibrates.
 */
export async function standardSignal(column: ColumnCells): Promise<object> {
  const { length, columns, isNamed } = column;
  const { series, units } = await seriesOf(column);
  if (length <= longestSignal) {
    return { kind: 'signal', length, ...signalScales(ofLength(series, length), columns, isNamed, units) };
  }
  const reduction: SignalReduction = { by: 'windows', figures: ['mean', 'rms', 'peak'] };
  const planned = { length: standardWindows * reduction.figures.length, reduction };
  const whole = series.filter((values) => values.length >= standardWindows && !values.some(Number.isNaN));
  const reduced = whole.map((values) => [...broughtToLength(planned, { values: Float64Array.from(values) })]);
  const { unit, range } = oneScale(reduced, units);
  return { kind: 'signal', ...planned, unit, range };
}

/** One unit and range for figures of one signal. */
function oneScale(reduced: readonly (readonly number[])[], units: readonly string[]) {
  const scales = signalScales(
    reduced.flatMap((values) => values.map((value) => [value])),
    [''],
    false,
    units.slice(0, 1),
  );
  return 'range' in scales ? scales : { unit: units[0] ?? '', range: [0, 1] as [number, number] };
}

function ofLength(series: Series, length: number): number[][] {
  return series.flatMap((values) => {
    if (values.length < length) return [];
    return [
      values.length === length
        ? [...values]
        : [...broughtToLength({ length }, { values: Float64Array.from(values) })],
    ];
  });
}

/** Series of a column, and their units: of its heading, or of the files' own. */
async function seriesOf(column: ColumnCells): Promise<{ series: Series; units: readonly string[] }> {
  const { rows, length, marks, nothing, isSeries, units } = column;
  if (rows.some(([cell = '', other]) => other === undefined && signalEnding.test(cell))) {
    const { series, unit = '' } = await seriesInFiles(column);
    return { series, units: units.map((said) => said || unit) };
  }
  const several = length > 1 && marks.decimal !== ',';
  const series = rows
    .map((cells) => (cells.length === 1 && length > 1 ? splitNumbers(cells[0]!, several) : cells))
    .filter((tokens) => tokens.length === length || (isSeries && tokens.length > length))
    .map((tokens) => tokens.map((token) => (nothing.inReading(token) ? Number.NaN : numberIn(token, marks))));
  return { series, units };
}
