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
/** Numbers that instruments write in place of a reading: nines, and the last of the whole numbers of 16 and 32 bits. */
const stopgap = /^-?(99+(\.9+)?|32767|32768|65535|2147483647|2147483648|4294967295)$/;
/** Spans of all other readings by which such a number lies apart from them. */
const apart = 5;
/** Share of the readings on either side that ranges do not rest on. */
const tail = 0.005;

/**
 * Scales that values ask for: a channel for each where they are quantities of their own, by their names or by their
 * numbers; else a range for all.
 * @param measured values of each part; NaN where nothing was measured
 * @param columns names of the columns that hold one value each; one name where a cell holds them all
 * @param isNamed whether the columns' names differ by more than a number
 * @param units units of these columns, empty where nothing says one
 */
export function signalScales(
  measured: readonly (readonly number[])[],
  columns: readonly string[],
  isNamed: boolean,
  units: readonly string[] = [],
): Scales {
  const length = measured[0]?.length ?? 0;
  const isStopgap = Array.from({ length }, (_, place) => stopgapsIn(measured.map((row) => row[place]!)));
  const rows = measured.map((row) =>
    row.map((value, place) => (isStopgap[place]!(value) ? Number.NaN : value)),
  );
  const complete = rows.filter((row) => !row.some(Number.isNaN));
  const [first = ''] = units;
  const isOne = units.every((unit) => unit === first);
  if (length < 2 || !(isNamed || !isOne || areUnlike(complete)))
    return { unit: first, range: rangeOf(rows.flat().filter((value) => !Number.isNaN(value))) };
  const names = Array.from({ length }, (_, place) => columns[place] ?? '');
  const own = columns.length === length ? names : names.map((_, place) => `${columns[0] ?? ''} ${place + 1}`);
  return {
    channels: own.map((name, place) => ({
      name: channelName(name, place, own),
      unit: units[place] ?? first,
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
 * Numbers that stand for "not measured" are far outside too, however many there are.
 * @param readings at least one for a range that means something
 */
export function rangeOf(readings: readonly number[]): [number, number] {
  const isStopgap = stopgapsIn(readings);
  const values = readings.filter((value) => !isStopgap(value));
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

/**
 * Tells numbers that stand for none (`-999`, `9999`, `32767`) among some readings: they lie far from all others, which are at
 * least as many.
 */
function stopgapsIn(readings: readonly number[]): (value: number) => boolean {
  const isCandidate = (value: number) => stopgap.test(String(value));
  const others = readings.filter((value) => !Number.isNaN(value) && !isCandidate(value));
  const measured = readings.filter((value) => !Number.isNaN(value));
  if (others.length === measured.length || others.length < measured.length / 2) return () => false;
  const [least, most] = [quantile(others, 0), quantile(others, 1)];
  const reach = apart * (most - least);
  return (value) => isCandidate(value) && (value < least - reach || value > most + reach);
}

/** Bound of a range, rounded outwards to three digits of the span. */
function bound(value: number, span: number, round: (value: number) => number): number {
  const step = 10 ** (Math.floor(Math.log10(span)) - 2);
  return Number((round(value / step) * step).toPrecision(15));
}
