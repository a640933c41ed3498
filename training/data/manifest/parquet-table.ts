import { basename } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FedReconError } from '../../../protocol/errors.ts';
import { readingError } from '../../cells/reading-error.ts';
import type { OpenTable } from './open-table.ts';
import { oneByOne } from './row-blocks.ts';
import type { ManifestRow } from './rows.ts';
import { TypedRow } from './typed-row.ts';
import { fileHash, typedMarks } from './typed-table.ts';

/** What a group of rows may unpack to: a column of it is read as a whole. */
const mostUnpacked = 1 << 28;
/** What the rows that are held at once unpack to, about, and as how many they are handed over. */
const [heldUnpacked, rowsTogether] = [1 << 25, 1000];

/**
 * Parquet table, read one group of rows after the other, a large one in several pieces.
 * @throws FedReconError `table-unreadable`, `table-large`, `columns-alike`, `manifest-empty`
 */
export async function openParquet(path: string): Promise<OpenTable> {
  const manifest = basename(path);
  const unreadable = (cause: unknown) => new FedReconError('table-unreadable', { manifest }, { cause });
  const file = await asyncBufferFromFile(path).catch((thrown: unknown) => {
    throw readingError(thrown, path);
  });
  const metadata: FileMetaData = await parquetMetadataAsync(file).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  const groups = metadata.row_groups;
  const largest = Math.max(0, ...groups.map(({ total_byte_size }) => Number(total_byte_size)));
  if (largest > mostUnpacked) {
    const megabytes = (count: number) => Math.ceil(count / 2 ** 20);
    throw new FedReconError('table-large', {
      ...{ manifest, actual: megabytes(largest), limit: megabytes(mostUnpacked) },
    });
  }
  const topNames = topColumns(metadata);
  const names = topNames.map((name) => name.trim());
  // They are read by name, so that both would hold the values of one.
  const twice = names.find((name, column) => names.indexOf(name) < column);
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
    await parquetRead({ file, metadata, compressors, ...range }).catch((cause: unknown) => {
      throw unreadable(cause);
    });
    return mixed ?? numbers.subarray(0, count);
  }

  async function* blocks(onBytes?: (bytes: number) => void): AsyncGenerator<readonly ManifestRow[]> {
    let groupStart = 0;
    for (const { num_rows, total_byte_size } of groups) {
      const count = Number(num_rows);
      const pieces = Math.ceil(Number(total_byte_size) / heldUnpacked) || 1;
      for (let piece = 0; piece < pieces; piece++) {
        const first = groupStart + Math.floor((count * piece) / pieces);
        const end = groupStart + Math.floor((count * (piece + 1)) / pieces);
        const columns: ArrayLike<unknown>[] = [];
        for (const column of topNames) columns.push(await valuesOf(column, first, end));
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
    ...{ found: { format: 'parquet' }, names, sha256: await fileHash(path), marksOf: typedMarks },
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

/** Names of the columns, each with all that is nested in it. */
function topColumns({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  let at = 1;
  const skip = () => {
    const children = schema[at++]?.num_children ?? 0;
    for (let child = 0; child < children; child++) skip();
  };
  for (let column = 0; column < (schema[0]?.num_children ?? 0); column++) {
    names.push(schema[at]?.name ?? '');
    skip();
  }
  return names;
}
