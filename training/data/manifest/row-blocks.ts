import type { ManifestRow } from './rows.ts';

/** Rows one by one of rows that come many at a time. */
export async function* oneByOne(blocks: AsyncIterable<readonly ManifestRow[]>): AsyncGenerator<ManifestRow> {
  for await (const rows of blocks) for (const row of rows) yield row;
}

/** Rows that come one by one, each as a block of its own. */
export async function* inBlocks(rows: AsyncIterable<ManifestRow>): AsyncGenerator<readonly ManifestRow[]> {
  for await (const row of rows) yield [row];
}
