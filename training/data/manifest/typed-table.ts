import { createHash } from 'node:crypto';
import type { NumberMarks } from '../../cells/numbers.ts';
import { contentOf } from '../file-content.ts';
import type { OpenTable } from './open-table.ts';

const marks: NumberMarks = { decimal: '.', thousands: 'none' };

/** Marks of a table whose cells have types: there is no other way to write its numbers. */
export const typedMarks: OpenTable['marksOf'] = () => ({
  marks: { value: marks, confidence: 1, reason: 'typed' },
  unclear: [],
});

/** From here on a number may have lost its last digits, and must not look as if it had them all: spreadsheets keep fifteen. */
const mostDigits = 1e15;

/** A typed value as the cell of a text table: numbers with a point, times as ISO texts, lists with blanks between their values. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number')
    return Math.abs(value) >= mostDigits && Number.isFinite(value) ? value.toExponential() : String(value);
  if (value instanceof Date) return timeText(value);
  // The values of lists in a list would be one list.
  if (Array.isArray(value) && value.some(isList)) return JSON.stringify(value, plainly);
  if (isList(value)) return listText(Array.from(value, cellText));
  return typeof value === 'object' ? JSON.stringify(value, plainly) : String(value).trim();
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Whole numbers of 64 bits stand in JSON with all their digits, as texts: it has no other place for them. Numbers of one sort are a list as others. */
function plainly(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return isList(value) && !Array.isArray(value) ? Array.from(value) : value;
}

/** A list as a cell. A value that is not there keeps its place, since those behind it would move up. */
export function listText(entries: readonly string[]): string {
  return entries.every((entry) => entry === '') ? '' : entries.map((entry) => entry || 'null').join(' ');
}

/** A day without a time of day is written as a day, and a time of day without a day as that; spreadsheets put it before 1900. */
function timeText(time: Date): string {
  if (Number.isNaN(time.getTime())) return '';
  if (time.getUTCFullYear() === 1899)
    return time
      .toISOString()
      .slice(11, 23)
      .replace(/\.000$/, '');
  return time.toISOString().replace(/(T00:00:00)?\.000Z$|Z$/, '');
}

/** SHA-256 of a file, hexadecimal. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of contentOf(path)) hash.update(piece);
  return hash.digest('hex');
}
