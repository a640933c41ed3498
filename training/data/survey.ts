import { openManifestFolder } from '../cells/folder.ts';
import type { ImportRequest } from './import.ts';
import { identify, readPart } from './part.ts';
import { openPartTable } from './part-table.ts';

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
}: Omit<ImportRequest, 'output'>): AsyncGenerator<SurveyedRow[]> {
  const folder = await openManifestFolder(path);
  const { manifest, source } = await openPartTable(plan, folder.path, table);
  const { binding } = source;
  const modalities = binding.modalities.map(({ modality }) => modality.name);
  const modalityOfColumn = new Map(
    binding.modalities.flatMap(({ modality, columns }) =>
      columns.map((index) => [manifest.columns[index]!, modality.name] as const),
    ),
  );
  const context = { folder, nothing: manifest.nothing };
  const seen = new Set<string>();
  let some: SurveyedRow[] = [];
  for await (const row of manifest.rows()) {
    if ('problem' in row) continue;
    const part = identify(source, row, context);
    if ('problem' in part || seen.has(part.id)) continue;
    const { id } = part;
    seen.add(id);
    const { readings, problems } = await readPart(source, id, row, context);
    const bad = new Set(problems.map(({ column }) => modalityOfColumn.get(column)));
    const without = modalities.filter((modality) => !(modality in readings));
    some.push({
      id,
      present: modalities.filter((modality) => modality in readings),
      blank: without.filter((modality) => !bad.has(modality)),
      unreadable: without.filter((modality) => bad.has(modality)),
    });
    if (some.length < rowsAtOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
