import { basename } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FedReconError } from '../../../../protocol/errors.ts';
import { readingError } from '../../../cells/reading-error.ts';
import { isTextNumber, judgeTextNumbers, noTexts, type RowTexts } from '../numbers/text-numbers.ts';
import type { OpenTable } from '../open-table.ts';
import type { ReadingSettings } from '../reading-settings.ts';
import { oneByOne } from '../row-blocks.ts';
import type { ManifestRow } from '../rows.ts';
import { TypedRow } from '../typed-row.ts';
import { fileHash } from '../typed-table.ts';
import { type ParquetColumn, parquetColumns, timesInFull } from './parquet-columns.ts';

/** What a group of rows may unpack to: a column of it is read as a whole. */
const mostUnpacked = 1 << 28;
/** What the rows that are held at once unpack to, about, and as how many they are handed over. */
const [heldUnpacked, rowsTogether] = [1 << 25, 1000];

/** Rows by which it is seen whether texts of a column may be numbers. */
const rowsLooked = 1000;

/**
 * Parquet table, read one group of rows after the other, a large one in several pieces. Numbers that are stored as texts are judged as those of a
 * text table are, lengths of time become seconds, names in a column columns.
 * @throws FedReconError `table-unreadable`, `table-protected`, `parquet-unread`, `table-large`, `columns-alike`, `manifest-empty`
 */
export async function openParquet(path: string, given: ReadingSettings = {}): Promise<OpenTable> {
  const manifest = basename(path);
  const unreadable = (cause: unknown, column = '') => {
    const way = wayIn(String(cause));
    return way === undefined
      ? new FedReconError('table-unreadable', { manifest }, { cause })
      : new FedReconError('parquet-unread', { manifest, column, way }, { cause });
  };
  const file = await asyncBufferFromFile(path).catch((thrown: unknown) => {
    throw readingError(thrown, path);
  });
  const metadata: FileMetaData = await parquetMetadataAsync(file).catch(async (cause: unknown) => {
    const end =
      file.byteLength < 4 ? '' : Buffer.from(await file.slice(file.byteLength - 4)).toString('latin1');
    throw end === 'PARE' ? new FedReconError('table-protected', { manifest }, { cause }) : unreadable(cause);
  });
  const groups = metadata.row_groups;
  if (groups.some(({ columns }) => columns.some(({ crypto_metadata }) => crypto_metadata)))
    throw new FedReconError('table-protected', { manifest });
  const largest = Math.max(0, ...groups.map(({ total_byte_size }) => Number(total_byte_size)));
  if (largest > mostUnpacked) {
    const megabytes = (count: number) => Math.ceil(count / 2 ** 20);
    throw new FedReconError('table-large', {
      ...{ manifest, actual: megabytes(largest), limit: megabytes(mostUnpacked) },
    });
  }
  const all = parquetColumns(metadata);
  const names = all.map(({ name }) => name);
  // They are read by name, so that both would hold the values of one.
  const known = new Set<string>();
  const twice = names.find((name) => known.size === known.add(name).size);
  if (twice !== undefined) throw new FedReconError('columns-alike', { manifest, column: twice });
  if (!isWhole(metadata)) throw unreadable(new Error('its parts have other numbers of rows than it says'));
  if (names.length === 0 || groups.length === 0) throw new FedReconError('manifest-empty', { manifest });
  /** Values of some rows of a column. */
  async function valuesOf(column: string, rowStart: number, rowEnd: number): Promise<ArrayLike<unknown>> {
    // Numbers by themselves take a third of what they take among other values.
    const numbers = new Float64Array(rowEnd - rowStart);
    let count = 0;
    let mixed: unknown[] | undefined;
    const take = (value: unknown) => {
      if (!mixed && typeof value === 'number') numbers[count++] = value;
      else {
        mixed ??= Array.from(numbers.subarray(0, count));
        mixed.push(value);
      }
    };
    // A page may begin before these rows and end behind them.
    const onChunk = ({
      columnData,
      rowStart: first,
    }: {
      columnData: ArrayLike<unknown>;
      rowStart: number;
    }) => {
      const last = Math.min(rowEnd, first + columnData.length);
      for (let row = Math.max(rowStart, first); row < last; row++) take(columnData[row - first]);
    };
    const range = { rowStart, rowEnd, columns: [column], onChunk };
    await parquetRead({ file, metadata, compressors, parsers: timesInFull, ...range }).catch(
      (cause: unknown) => {
        throw unreadable(cause, column);
      },
    );
    return mixed ?? numbers.subarray(0, count);
  }

  /** Values of some rows of all columns, those of one source read once. */
  async function valuesOfAll(
    columns: readonly ParquetColumn[],
    rowStart: number,
    rowEnd: number,
  ): Promise<ArrayLike<unknown>[]> {
    const values: ArrayLike<unknown>[] = [];
    let source: string | undefined;
    let own: ArrayLike<unknown> = [];
    for (const column of columns) {
      if (column.source !== source) own = await valuesOf(column.source, rowStart, rowEnd);
      source = column.source;
      values.push(
        column.path.length === 0 && !column.convert
          ? own
          : Array.from(own, (value) => valueIn(column, value)),
      );
    }
    return values;
  }

  /** Rows with numbers that are stored as texts, of the columns whose first rows have some. */
  async function* textsIn(): AsyncGenerator<RowTexts> {
    const texts = all.flatMap((column, place) => (column.isText ? [{ column, place }] : []));
    const rowsInFile = Number(metadata.num_rows);
    const looked = await valuesOfAll(
      texts.map(({ column }) => column),
      ...([0, Math.min(rowsLooked, rowsInFile)] as const),
    );
    const perhaps = texts.filter((_, index) => Array.from(looked[index]!).some(isTextNumber));
    if (perhaps.length === 0) return;
    let groupStart = 0;
    for (const { num_rows } of groups) {
      const end = groupStart + Number(num_rows);
      const columns = await valuesOfAll(
        perhaps.map(({ column }) => column),
        ...([groupStart, end] as const),
      );
      for (let row = groupStart; row < end; row++) {
        const found = new Map<number, string>();
        for (const [index, { place }] of perhaps.entries()) {
          const value = columns[index]![row - groupStart];
          if (isTextNumber(value)) found.set(place, value.trim());
        }
        if (found.size > 0) yield { row: row + 1, texts: found };
      }
      groupStart = end;
    }
  }

  const numbers = await judgeTextNumbers(
    all.some(({ isText }) => isText) ? textsIn() : noTexts(),
    ...([names, given] as const),
  );

  async function* blocks(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]> {
    let groupStart = 0;
    for (const { num_rows, total_byte_size } of groups) {
      const count = Number(num_rows);
      const pieces = Math.ceil(Number(total_byte_size) / heldUnpacked) || 1;
      for (let piece = 0; piece < pieces; piece++) {
        const first = groupStart + Math.floor((count * piece) / pieces);
        const end = groupStart + Math.floor((count * (piece + 1)) / pieces);
        const values = await valuesOfAll(all, first, end);
        const columns = numbers.isAny
          ? values.map((own, column) =>
              all[column]!.isText
                ? Array.from(own, (value) =>
                    isTextNumber(value) ? numbers.inPoints(column, value.trim()) : value,
                  )
                : own,
            )
          : values;
        onBytes?.(file.byteLength / groups.length / pieces);
        for (let at = 0; at < end - first; at += rowsTogether) {
          const rows = Array.from(
            { length: Math.min(rowsTogether, end - first - at) },
            (_, place) => new TypedRow(first + at + place + 1, columns, at + place),
          );
          yield rows.filter((row) => !row.isBlank);
        }
      }
      groupStart += count;
    }
  }
  return {
    ...{ found: { format: 'parquet' }, names, sha256: await fileHash(path) },
    ...{ units: all.map(({ unit }) => unit), marksOf: numbers.marksOf, hasTextNumbers: numbers.isAny },
    ...{ blocks, rows: (onBytes) => oneByOne(blocks(onBytes)) },
  };
}

/** Whether the numbers of rows of a file, its groups and their columns agree; what is not there would be left out in silence. */
function isWhole({ num_rows: all, row_groups: groups }: FileMetaData): boolean {
  const rows = groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
  return (
    rows === all &&
    groups.every(({ columns, num_rows }) =>
      columns.every(({ meta_data }) => !meta_data || meta_data.num_values >= num_rows),
    )
  );
}

function valueIn({ path, convert }: ParquetColumn, value: unknown): unknown {
  let own = value;
  for (const name of path) own = (own as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return convert ? convert(own) : own;
}

/** Ways to store a column that are not read, as the library names them. */
const unreadWays = /(?:compression codec|encoding): (\S+)|\b(interval|bson) not supported/;

function wayIn(message: string): string | undefined {
  const [, named, type] = unreadWays.exec(message) ?? [];
  return named ?? type?.toUpperCase();
}
