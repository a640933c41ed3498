import type { FileMetaData, ParquetParsers, SchemaElement } from 'hyparquet';
import { durationColumns } from './arrow-durations.ts';

/** Column of a Parquet table as it is read: a whole one, or what stands under one name in a column of such names (`gauge.left`). */
export interface ParquetColumn {
  readonly name: string;
  /** Column that it is read with. */
  readonly source: string;
  /** Names under which its values stand in those of the source; none where they are these. */
  readonly path: readonly string[];
  /** Unit of its numbers where its type has one; empty where it has none. */
  readonly unit: string;
  /** True if its values are texts. */
  readonly isText: boolean;
  /** What a value is, beyond what it is stored as; undefined where it is that. */
  readonly convert: ((value: unknown) => unknown) | undefined;
}

/** Columns of a table in their order, names in columns apart; lists and maps stay whole. */
export function parquetColumns({ schema, key_value_metadata: notes }: FileMetaData): ParquetColumn[] {
  const durations = durationColumns(notes?.find(({ key }) => key === 'ARROW:schema')?.value);
  const columns: ParquetColumn[] = [];
  let at = 1;
  const skip = () => {
    const children = schema[at++]?.num_children ?? 0;
    for (let child = 0; child < children; child++) skip();
  };
  const take = (source: string, path: readonly string[]) => {
    const element = schema[at];
    if (!element) return;
    if (!isOfNames(element)) {
      columns.push(columnOf(element, source, path, durations));
      skip();
      return;
    }
    at++;
    for (let child = 0; child < (element.num_children ?? 0); child++)
      take(source, [...path, schema[at]?.name ?? '']);
  };
  for (let column = 0; column < (schema[0]?.num_children ?? 0); column++) take(schema[at]?.name ?? '', []);
  return columns;
}

/** True of a column whose values have names of their own each: no list, map, or what a program stores in pieces. */
function isOfNames({
  num_children: children,
  repetition_type,
  converted_type,
  logical_type,
}: SchemaElement): boolean {
  return Boolean(children) && repetition_type !== 'REPEATED' && !converted_type && !logical_type;
}

function columnOf(
  element: SchemaElement,
  source: string,
  path: readonly string[],
  durations: ReadonlyMap<string, number>,
): ParquetColumn {
  const name = [source, ...path].map((one) => one.trim()).join('.');
  const { logical_type: logical, converted_type: converted } = element;
  const perSecond = path.length === 0 && element.type === 'INT64' ? durations.get(source) : undefined;
  const isText = converted === 'UTF8' || logical?.type === 'STRING';
  if (perSecond !== undefined)
    return { name, source, path, isText, unit: 's', convert: (value) => inSeconds(value, perSecond) };
  return { name, source, path, isText, unit: '', convert: converterOf(logical, converted) };
}

function converterOf(
  logical: SchemaElement['logical_type'],
  converted: SchemaElement['converted_type'],
): ParquetColumn['convert'] {
  if (logical?.type === 'TIME') {
    const perSecond = { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }[logical.unit];
    return (value) => clockText(value, perSecond);
  }
  if (converted === 'TIME_MILLIS') return (value) => clockText(value, 1e3);
  if (converted === 'TIME_MICROS') return (value) => clockText(value, 1e6);
  // Where a table says that its times are those of Greenwich, so do its cells.
  if (logical?.type === 'TIMESTAMP' && logical.isAdjustedToUTC)
    return (value) => (typeof value === 'string' && value.includes('T') ? `${value}Z` : value);
  return undefined;
}

function isCount(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function inSeconds(value: unknown, perSecond: number): unknown {
  return isCount(value) ? Number(value) / perSecond : value;
}

/** Parts of a second since midnight as a time of day: `08:15:00.5`. */
function clockText(value: unknown, perSecond: number): unknown {
  return isCount(value)
    ? stampText(BigInt(value), BigInt(perSecond)).replace(/^1970-01-01T?/, '') || '00:00:00'
    : value;
}

/** Parts of a second since 1970 as a day and a time, with all digits: two of one millisecond are not the same. */
function stampText(value: bigint, perSecond: bigint): string {
  const rest = ((value % perSecond) + perSecond) % perSecond;
  const milliseconds = Number((value - rest) / perSecond) * 1000;
  if (Math.abs(milliseconds) > latest) return String(value);
  const fraction = String(rest)
    .padStart(String(perSecond).length - 1, '0')
    .replace(/0+$/, '');
  const second = new Date(milliseconds).toISOString().slice(0, -5);
  return fraction === '' ? second.replace(/T00:00:00$/, '') : `${second}.${fraction}`;
}

/** Milliseconds since 1970 that a calendar reaches. */
const latest = 8.64e15;

/** How times are read, which by themselves would keep milliseconds alone. */
export const timesInFull: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => stampText(BigInt(value), 1_000n),
  timestampFromMicroseconds: (value) => stampText(BigInt(value), 1_000_000n),
  timestampFromNanoseconds: (value) => stampText(BigInt(value), 1_000_000_000n),
};
