import type { OpenTable } from './open-table.ts';
import type { ManifestRow } from './rows.ts';

/** Rows one by one of rows that come many at a time. */
export async function* oneByOne(blocks: AsyncIterable<readonly ManifestRow[]>): AsyncGenerator<ManifestRow> {
  for await (const rows of blocks) for (const row of rows) yield row;
}

/** Rows of a table, many at a time where its format is read so, else each as a block of its own. @param onBytes called with the number of bytes read */
export function blocksOf(
  table: Pick<OpenTable, 'rows' | 'blocks'>,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<readonly ManifestRow[]> {
  return table.blocks?.(onBytes) ?? inBlocks(table.rows(onBytes));
}

/** Rows that come one by one, each as a block of its own. */
export async function* inBlocks(rows: AsyncIterable<ManifestRow>): AsyncGenerator<readonly ManifestRow[]> {
  for await (const row of rows) yield [row];
}
