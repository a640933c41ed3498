import { openManifestFolder } from '../cells/folder.ts';
import type { ImportRequest } from './import.ts';
import { partRows } from './part-rows.ts';
import { openPartTable } from './part-table.ts';
import type { ImportProblem } from './problems.ts';

/** What a row of a manifest says of a part, as far as that is seen without opening an image. */
export interface SurveyedRow {
  readonly id: string;
  /** Modalities with a value. */
  readonly present: readonly string[];
  /** Modalities whose cells are empty. */
  readonly blank: readonly string[];
  /** Modalities whose cells hold something that cannot be used. */
  readonly unreadable: readonly string[];
}

/** Some rows of a survey. */
interface Surveyed {
  /** Rows that were read, those that are no part included. */
  readonly read: number;
  readonly parts: readonly SurveyedRow[];
  /** Problems that an import would list of them, but for those of the images themselves. */
  readonly problems: readonly ImportProblem[];
}

/** Rows that are handed over at once. */
const rowsAtOnce = 500;

/**
 * Reads a whole manifest as an import would and says what it holds, some rows at a time; of an id that is repeated the first
 * counts. Opens no image and writes nothing.
 * @throws FedReconError as `importParts` does of the folder, the manifest and its columns
 */
export async function* surveyManifest({
  plan,
  folder: path,
  ...table
}: Omit<ImportRequest, 'output'>): AsyncGenerator<Surveyed> {
  const folder = await openManifestFolder(path);
  const { manifest, source } = await openPartTable(plan, folder.path, table);
  const { binding } = source;
  const modalities = binding.modalities.map(({ modality }) => modality.name);
  const modalityOfColumn = new Map(
    binding.modalities.flatMap(({ modality, columns }) =>
      columns.map((index) => [manifest.columns[index]!, modality.name] as const),
    ),
  );
  let [read, parts, problems]: [number, SurveyedRow[], ImportProblem[]] = [0, [], []];
  const empty = new Set<string>();
  for await (const row of partRows(manifest, source, { folder, nothing: manifest.nothing })) {
    const { id, readings, found } = row;
    if (!row.isNoRow) read++;
    problems.push(...found);
    // A row that says nothing leaves its part to a later one; of two that say nothing one is enough.
    const saysNothing = readings !== undefined && Object.keys(readings).length === 0;
    if (id !== undefined && readings && !row.isRepeated && !(saysNothing && empty.has(id))) {
      if (saysNothing) empty.add(id);
      const bad = new Set(found.map(({ column }) => modalityOfColumn.get(column)));
      const without = modalities.filter((modality) => !(modality in readings));
      parts.push({
        id,
        present: modalities.filter((modality) => modality in readings),
        blank: without.filter((modality) => !bad.has(modality)),
        unreadable: without.filter((modality) => bad.has(modality)),
      });
    }
    if (read < rowsAtOnce) continue;
    yield { read, parts, problems };
    [read, parts, problems] = [0, [], []];
  }
  if (read > 0 || problems.length > 0) yield { read, parts, problems };
}
