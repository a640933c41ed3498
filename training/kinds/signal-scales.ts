import type { SignalChannel } from '../../protocol/kinds/index.ts';
import { quantile } from '../measures/statistics.ts';
import { areUnlike } from '../measures/unlike.ts';

/** Scales of a signal in a plan: one for all values, or a channel for each. */
type Scales =
  | { readonly unit: string; readonly range: [number, number] }
  | { readonly channels: readonly SignalChannel[] };

/** Distance from most readings, in their whole spread, from which a reading is taken for a fault of the sensor. */
const farthest = 1;
/** Largest number of different counts; whole numbers this far from most of them are rare, and no faults. */
const fewSorts = 20;
/** Least spread of readings, as a share of the largest and by itself, that is no error of rounding. */
const [leastSpread, tiniest] = [1e-11, 1e-100];
/** Share of the readings on either side that ranges do not rest on. */
const tail = 0.005;

/**
 * Scales that values ask for: a channel for each where they are quantities of their own, by their names or by their
 * numbers; else a range for all.
 * @param rows values of each part; NaN where nothing was measured
 * @param columns names of the columns that hold one value each; one name where a cell holds them all
 * @param isNamed whether the columns' names differ by more than a number
 */
export function signalScales(
  rows: readonly (readonly number[])[],
  columns: readonly string[],
  isNamed: boolean,
): Scales {
  const length = rows[0]?.length ?? 0;
  const complete = rows.filter((row) => !row.some(Number.isNaN));
  if (length < 2 || !(isNamed || areUnlike(complete)))
    return { unit: '', range: rangeOf(rows.flat().filter((value) => !Number.isNaN(value))) };
  const names = Array.from({ length }, (_, place) => columns[place] ?? '');
  const own = columns.length === length ? names : names.map((_, place) => `${columns[0] ?? ''} ${place + 1}`);
  return {
    channels: own.map((name, place) => ({
      name: channelName(name, place, own),
      unit: '',
      range: rangeOf(rows.map((row) => row[place]!).filter((value) => !Number.isNaN(value))),
    })),
  };
}

/** Name of a channel after its column; its number where that is nothing, or another's name already. */
function channelName(name: string, place: number, names: readonly string[]): string {
  const plain = (text: string) =>
    text
      .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
      .trim()
      .slice(0, 72)
      .trim();
  const own = plain(name);
  const isTaken = names
    .slice(0, place)
    .some((other) => plain(other).normalize('NFKC') === own.normalize('NFKC'));
  return own === '' ? `${place + 1}` : isTaken ? `${own} (${place + 1})` : own;
}

/**
 * Range of values: nearly all of them and a tenth of their span around them; what is far outside is then listed by the import. Bounds are
 * rounded to steps of the span: as steps of the values they would swallow that of 100,000.0…100,001.0.
 * @param values at least one for a range that means something
 */
export function rangeOf(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [quantile(values, tail), quantile(values, 1 - tail)];
  const [least, most] = [quantile(values, 0), quantile(values, 1)];
  const isCount = values.every(Number.isInteger) && new Set(values).size <= fewSorts;
  const far = Math.max(farthest * (high - low), isCount ? fewSorts : 0);
  if (low - least <= far) low = least;
  if (most - high <= far) high = most;
  // Of a spread that double precision hardly tells from none, nothing would be left after rounding.
  const isStill = high - low <= leastSpread * Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE);
  const margin = isStill || high - low < tiniest ? Math.max(1, Math.abs(high) / 10) : (high - low) / 10;
  const span = high - low + 2 * margin;
  return [bound(low - margin, span, Math.floor), bound(high + margin, span, Math.ceil)];
}

/** Bound of a range, rounded outwards to three digits of the span. */
function bound(value: number, span: number, round: (value: number) => number): number {
  const step = 10 ** (Math.floor(Math.log10(span)) - 2);
  return Number((round(value / step) * step).toPrecision(15));
}
