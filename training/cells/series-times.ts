import { FedReconError } from '../../protocol/errors.ts';
import { type NumberMarks, parseNumber } from './numbers.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const zone = /(z|[+-]\d{2}:?\d{2})$/i;
const day = 24 * 3600;
const [halfDay, quarterDay] = [day / 2, day / 4];
const clock = /^(\d{1,3}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?$/;

/** Time of a value of a series. */
export interface SeriesTime {
  /** It rises with the time: a number in whatever unit, seconds of a time of day, or milliseconds of a date with one. */
  readonly at: number;
  /** What comes to it beyond thousandths of a second, of which a date keeps too few digits; 0 where that is nothing. */
  readonly beyond?: number;
  /** True of a date, whose `at` counts milliseconds. */
  readonly isDate?: true;
  /** True of a time of day without a date, so that midnight may lie between two of them. */
  readonly isClock: boolean;
}

/**
 * Reads a number in whatever unit, a time of day, or a date with a time of day (year, month, day).
 * @throws FedReconError `time-invalid`
 */
export function timeOf(cell: string, { decimal, thousands }: NumberMarks): SeriesTime {
  try {
    return { at: parseNumber(cell, decimal, thousands), isClock: false };
  } catch {
    const parts = clock.exec(cell.trim());
    if (parts) {
      const [, hours, minutes, seconds = '0'] = parts;
      const at = 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds.replace(',', '.'));
      return { at, isClock: true };
    }
    const text = cell
      .trim()
      .replaceAll('/', '-')
      .replace(' ', 'T')
      .replace(/(?<=:\d\d),(?=\d)/, '.');
    // Of other orders of day and month nobody knows which is meant.
    const date = isoDate.test(text) ? Date.parse(zone.test(text) ? text : `${text}Z`) : Number.NaN;
    if (Number.isNaN(date)) throw new FedReconError('time-invalid', { value: cell.slice(0, 40) });
    const digits = /\.\d{3}(\d+)/.exec(text)?.[1];
    return { at: date, isDate: true, ...(digits && { beyond: Number(`0.${digits}`) }), isClock: false };
  }
}

/**
 * Times of a series that can be compared with each other: of times of day, midnights that lie between them are counted.
 * @param times in the order in which they are written
 * @returns undefined where nothing tells which of them come after midnight: they are spread over more than a few hours and do not follow
 *   one another; or where only some are times of day
 */
export function comparable(times: readonly SeriesTime[]): number[] | undefined {
  const own = times.some(({ beyond }) => beyond)
    ? times.map(({ at, beyond = 0 }) => at - times[0]!.at + beyond)
    : times.map(({ at }) => at);
  const clocks = times.filter(({ isClock }) => isClock).length;
  // More than 24 hours are a duration, which passes no midnight.
  if (clocks === 0 || (clocks === times.length && own.some((at) => at >= day))) return own;
  if (clocks < times.length) return undefined;
  const first = own[0]!;
  const near = own.map((at) => first + ((((at - first + halfDay) % day) + day) % day) - halfDay);
  const [least, most] = near.reduce(
    ([low, high], at) => [Math.min(low, at), Math.max(high, at)],
    [first, first],
  );
  if (most - least < quarterDay) return near;
  return following(own);
}

/** Times of day that follow one another, each that falls back by more than half a day on the next day; undefined where they do not. */
function following(clocks: readonly number[]): number[] | undefined {
  let last = clocks[0]!;
  let nights = 0;
  const found: number[] = [];
  for (const at of clocks) {
    if (at < last && last - at <= halfDay) return undefined;
    // Behind midnight a long step forward may as well be a row of the day before that comes late.
    if (at - last > halfDay && nights > 0) return undefined;
    if (at < last) nights++;
    last = at;
    found.push(at + day * nights);
  }
  return found;
}

/** Places of values in the order of their times; those of one time stay as they are. */
export function orderOf(times: readonly number[]): number[] {
  return times.map((_, place) => place).sort((a, b) => times[a]! - times[b]!);
}
