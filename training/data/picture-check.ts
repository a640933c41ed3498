import { setImmediate as turn } from 'node:timers/promises';
import { hasPlaces } from '../../protocol/kinds/index.ts';
import { openManifestFolder } from '../cells/folder.ts';
import type { ImportRequest } from './import.ts';
import type { ManifestRow, ReadableRow } from './manifest/rows.ts';
import { encodePart, identify, readPart } from './part.ts';
import { openPartTable } from './part-table.ts';
import { lookAtPictures } from './picture-looks.ts';
import type { ImportProblem } from './problems.ts';

/** What opening some of a table's images showed. */
export interface PictureCheck {
  /** Parts whose images were opened, and parts that name some. */
  readonly opened: number;
  readonly of: number;
  readonly problems: readonly ImportProblem[];
}

/**
 * Opens the images of some parts, spread evenly over the whole table, and says which an import could not use.
 * @param most parts whose images are opened
 * @param isOver asked between two parts; true: what was found so far is enough
 * @throws FedReconError as `importParts` does of the folder, the manifest and its columns
 */
export async function checkPictures(
  { plan, folder: path, pictures = {}, pictureCache, ...table }: Omit<ImportRequest, 'output'>,
  most: number,
  isOver: () => boolean,
): Promise<PictureCheck> {
  const folder = await openManifestFolder(path);
  const { manifest, source } = await openPartTable(plan, folder.path, table);
  const columns = source.binding.modalities.flatMap((bound) =>
    hasPlaces(bound.modality) ? bound.columns : [],
  );
  if (columns.length === 0) return { opened: 0, of: 0, problems: [] };
  const { rows, of } = await evenSample(manifest.rows(), columns, most);
  const { looks } = await lookAtPictures(
    ...([manifest.rows(), source.binding, folder] as const),
    { columns: manifest.columns, header: 1 },
    pictures,
  );
  const context = { folder, nothing: manifest.nothing, pictures: { looks, cache: pictureCache } };
  const problems: ImportProblem[] = [];
  let opened = 0;
  for (const row of rows) {
    if (isOver()) break;
    const part = identify(source, row, context);
    if ('problem' in part) continue;
    const readings = await readPart(source, part.id, row, context);
    // Only decoding finds these; the others are found by reading the table.
    problems.push(...(await encodePart(source, readings)).problems.slice(readings.problems.length));
    opened++;
    await turn();
  }
  return { opened, of, problems };
}

/** Rows that name an image, thinned while they pass by. */
async function evenSample(
  rows: AsyncIterable<ManifestRow>,
  columns: readonly number[],
  most: number,
): Promise<{ rows: readonly ReadableRow[]; of: number }> {
  let kept: ReadableRow[] = [];
  let [of, step] = [0, 1];
  for await (const row of rows) {
    if ('problem' in row || columns.every((column) => (row.cells[column] ?? '') === '')) continue;
    if (of++ % step !== 0) continue;
    kept.push(row);
    if (kept.length <= most) continue;
    kept = kept.filter((_, index) => index % 2 === 0);
    step *= 2;
  }
  return { rows: kept, of };
}
