import type { ManifestContext, Reading } from '../kinds/reading.ts';
import type { Manifest } from './manifest/manifest.ts';
import type { ReadableRow } from './manifest/rows.ts';
import { identify, leftOut, type RowSource, readPart } from './part.ts';
import type { ImportProblem } from './problems.ts';
import { rowDigest, seenParts } from './seen-parts.ts';

/** Row as an import would read it, without opening its images. */
export interface PartRow {
  readonly row: number;
  /** Not there where the row is no part. */
  readonly id?: string;
  /** Not there beyond the rows of which the cells are read. */
  readonly readings?: Readonly<Record<string, Reading>>;
  /** It is no row of a part: one value of a part that has its own row, or what is to be said of a table. */
  readonly isNoRow?: true;
  /** Its part was there before, and the first row counts. */
  readonly isRepeated?: true;
  /** Problems that an import would list, but for those of the images themselves. */
  readonly found: readonly ImportProblem[];
}

/**
 * Reads the rows of a table as an import would.
 * @param mostRead rows of which the cells are read too
 */
export async function* partRows(
  manifest: Manifest,
  source: RowSource,
  context: Pick<ManifestContext, 'folder' | 'nothing'>,
  mostRead = Number.POSITIVE_INFINITY,
): AsyncGenerator<PartRow> {
  const seen = seenParts();
  let count = 0;
  for await (const whole of manifest.rows()) {
    const { row } = whole;
    const part = identify(source, whole, context);
    if ('problem' in part) {
      const isNoRow = 'isNoRow' in whole && whole.isNoRow;
      yield { row, found: [part.problem], ...(isNoRow && { isNoRow }) };
      continue;
    }
    const { id } = part;
    if (++count > mostRead) {
      yield { row, id, found: [] };
      continue;
    }
    const own = whole as ReadableRow;
    const { readings, problems } = await readPart(source, id, own, context);
    const refusal = leftOut({ id, row, table: own.table }, readings, rowDigest(own), seen);
    if (refusal === 'same') continue;
    const isRepeated = refusal !== undefined && refusal.code !== 'part-empty';
    const found = refusal ? [...problems, refusal] : problems;
    yield { row, id, readings, found, ...(isRepeated && { isRepeated }) };
  }
}
