import { trainingKind } from '../kinds/index.ts';
import type { EncodedValue, ManifestContext, Reading } from '../kinds/reading.ts';
import type { Binding } from './columns.ts';
import { asProblem, type ImportProblem } from './problems.ts';

/** Readings of a row of the manifest by modality, and the cells that could not be used. */
interface PartReadings {
  readonly row: number;
  readonly id: string;
  readonly readings: Readonly<Record<string, Reading>>;
  readonly problems: readonly ImportProblem[];
}

/** Part in the model's form, ready for the data set. */
export interface EncodedPart {
  readonly row: number;
  readonly id: string;
  readonly values: Readonly<Record<string, EncodedValue>>;
  readonly problems: readonly ImportProblem[];
}

/** Reads the cells of one row without opening image files. A wrong cell becomes a problem. */
export async function readPart(
  header: readonly string[],
  binding: Binding,
  row: number,
  cells: readonly string[],
  context: ManifestContext,
): Promise<PartReadings> {
  const readings: Record<string, Reading> = {};
  const problems: ImportProblem[] = [];
  for (const { modality, columns } of binding.modalities) {
    try {
      const own = columns.map((index) => cells[index] ?? '');
      const given = { ...context, column: header[columns[0]!]! };
      const reading = await trainingKind(modality).read(modality, own, given);
      if (reading) readings[modality.name] = reading;
    } catch (thrown) {
      problems.push(asProblem(row, header[columns[0]!]!, thrown));
    }
  }
  const id = (binding.id === undefined ? '' : cells[binding.id]) || `row-${row}`;
  return { row, id, readings, problems };
}

/** Brings the readings of a part into the model's form; decodes its images. */
export async function encodePart(
  header: readonly string[],
  binding: Binding,
  part: PartReadings,
): Promise<EncodedPart> {
  const values: Record<string, EncodedValue> = {};
  const problems = [...part.problems];
  for (const { modality, columns } of binding.modalities) {
    try {
      const encoded = await part.readings[modality.name]?.encode();
      if (encoded) values[modality.name] = encoded;
    } catch (thrown) {
      problems.push(asProblem(part.row, header[columns[0]!]!, thrown));
    }
  }
  return { row: part.row, id: part.id, values, problems };
}
