import { FedReconError } from '../../../protocol/errors.ts';
import { type NumberMarks, parseNumber } from '../../cells/numbers.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const zone = /(z|[+-]\d{2}:?\d{2})$/i;
const clock = /^(\d{1,3}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?$/;

/**
 * Time of a value as a number that rises with it: a number in whatever unit, a time of day in seconds, or a date with a time of
 * day (year, month, day) in milliseconds.
 * @throws FedReconError `time-invalid`
 */
export function timeOf(cell: string, { decimal, thousands }: NumberMarks): number {
  try {
    return parseNumber(cell, decimal, thousands);
  } catch {
    const parts = clock.exec(cell);
    if (parts)
      return 3600 * Number(parts[1]) + 60 * Number(parts[2]) + Number((parts[3] ?? '0').replace(',', '.'));
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
