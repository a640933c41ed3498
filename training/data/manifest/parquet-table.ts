import { basename } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FedReconError } from '../../../protocol/errors.ts';
import { readingError } from '../../cells/reading-error.ts';
import type { OpenTable } from './open-table.ts';
import type { ManifestRow } from './rows.ts';
import { cellText, fileHash, typedMarks } from './typed-table.ts';

/** What a group of rows may unpack to: it is read as a whole. */
const mostUnpacked = 1 << 28;

/**
 * Parquet table, read one group of rows after the other.
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
  const names = topColumns(metadata);
  // They are read by name, so that both would hold the values of one.
  const twice = names.find((name, column) => names.indexOf(name) < column);
  if (twice !== undefined) throw new FedReconError('columns-alike', { manifest, column: twice });
  if (!isWhole(metadata)) throw unreadable(new Error('its parts have other numbers of rows than it says'));
  if (names.length === 0 || groups.length === 0) throw new FedReconError('manifest-empty', { manifest });
  async function* rows(onBytes?: (bytes: number) => void): AsyncGenerator<ManifestRow> {
    let rowStart = 0;
    for (const { num_rows } of groups) {
      const rowEnd = rowStart + Number(num_rows);
      const read: unknown[][] = [];
      const onComplete = (own: unknown[][]) => {
        for (const cells of own) read.push(cells);
      };
      await parquetRead({ file, metadata, compressors, rowStart, rowEnd, onComplete }).catch(
        (cause: unknown) => {
          throw unreadable(cause);
        },
      );
      onBytes?.(file.byteLength / groups.length);
      for (const [index, values] of read.entries()) {
        const cells = values.map(cellText);
        const row = rowStart + index + 1;
        if (cells.some((cell) => cell !== '')) yield { row, cells };
      }
      rowStart = rowEnd;
    }
  }
  return { found: { format: 'parquet' }, names, sha256: await fileHash(path), marksOf: typedMarks, rows };
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
    names.push((schema[at]?.name ?? '').trim());
    skip();
  }
  return names;
}
