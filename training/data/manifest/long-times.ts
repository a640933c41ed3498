import { FedReconError } from '../../../protocol/errors.ts';
import { type NumberMarks, parseNumber } from '../../cells/numbers.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const zone = /(z|[+-]\d{2}:?\d{2})$/i;
const [halfDay, day] = [12 * 3600, 24 * 3600];
const clock = /^(\d{1,3}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?$/;

/** Where a series of times of day without a date has come to. */
export interface ClockDay {
  /** Seconds of the time before. */
  last: number;
  /** Midnights that were passed. */
  nights: number;
}

/**
 * Seconds of a time of day that stands behind others: where it falls back by more than half a day, midnight has passed.
 * More than 24 hours are a duration, which passes none.
 */
function clockSeconds(seconds: number, series: ClockDay): number {
  const { last } = series;
  series.last = seconds;
  if (Math.max(last, seconds) < day) {
    if (last - seconds > halfDay) series.nights++;
    else if (seconds - last > halfDay && series.nights > 0) series.nights--;
  }
  return seconds + day * series.nights;
}

/**
 * Time of a value as a number that rises with it: a number in whatever unit, a time of day in seconds, or a date with a time of
 * day (year, month, day) in milliseconds.
 * @param clockOf what the times of day before it have come to, in the order in which they are written
 * @throws FedReconError `time-invalid`
 */
export function timeOf(
  cell: string,
  { decimal, thousands }: NumberMarks,
  clockOf?: (seconds: number) => ClockDay,
): number {
  try {
    return parseNumber(cell, decimal, thousands);
  } catch {
    const parts = clock.exec(cell);
    if (parts) {
      const seconds =
        3600 * Number(parts[1]) + 60 * Number(parts[2]) + Number((parts[3] ?? '0').replace(',', '.'));
      return clockOf ? clockSeconds(seconds, clockOf(seconds)) : seconds;
    }
    const text = cell
      .trim()
      .replaceAll('/', '-')
      .replace(' ', 'T')
      .replace(/(?<=:\d\d),(?=\d)/, '.');
    // Of other orders of day and month nobody knows which is meant.
    const date = isoDate.test(text) ? Date.parse(zone.test(text) ? text : `${text}Z`) : Number.NaN;
    if (Number.isNaN(date)) throw new FedReconError('time-invalid', { value: cell.slice(0, 40) });
    return date;
  }
}
