import type { ManifestContext, PartValue } from '../kinds/reading.ts';
import type { ManifestRow } from './manifest/rows.ts';
import { encodePart, identify, type RowSource, readPart } from './part.ts';
import type { ImportProblem } from './problems.ts';

/** A part as an import would read it, its pictures decoded. */
export interface PartSample {
  readonly row: number;
  readonly id: string;
  /** By modality; a picture is named with its view: the side that is up, its scale, its region. */
  readonly values: Readonly<Record<string, PartValue>>;
}

/**
 * Reads some of these rows as an import would, spread evenly over them; rows that are no parts are passed over.
 * @returns the parts, and what only decoding shows to be wrong
 */
export async function samplesOf(
  source: RowSource,
  rows: readonly ManifestRow[],
  context: ManifestContext,
  wanted: number,
): Promise<{ samples: PartSample[]; problems: ImportProblem[] }> {
  const parts = rows.flatMap((row) => {
    const part = identify(source, row, context);
    return 'id' in part && 'cells' in row ? [{ row, id: part.id }] : [];
  });
  const count = Math.min(wanted, parts.length);
  const samples: PartSample[] = [];
  const problems: ImportProblem[] = [];
  for (let index = 0; index < count; index++) {
    const { row, id } = parts[Math.floor((index * parts.length) / count)]!;
    const readings = await readPart(source, id, row, context);
    const { values, problems: all } = await encodePart(source, readings);
    const records = Object.entries(values).map(([name, { record }]) => [name, record] as const);
    samples.push({ row: row.row, id, values: Object.fromEntries(records) });
    problems.push(...all.slice(readings.problems.length));
  }
  return { samples, problems };
}
