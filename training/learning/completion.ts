import { mappingName } from '../../protocol/modules.ts';
import { type Dataset, has, partsWith } from './dataset.ts';
import { decodeParts, type EncodedTables, type Frozen, mapParts } from './inference.ts';
import { emptyTable, row, type Table } from './table.ts';

/** One modality of all parts as mappings learn it: measured where a part has it, else completed. */
export interface Targets {
  readonly values: Table;
  /** Latent means: the encoder's of what was measured, the teacher's of what was completed. */
  readonly latent: Table;
  /** Log-variances of the same. */
  readonly logvar: Table;
  /** 1 for a measured part, the teacher's certainty for a completed one, 0 for the rest. */
  readonly weight: Float32Array;
  /** The source that completed a part; undefined where it was measured or could not be completed. */
  readonly teacher: readonly (string | undefined)[];
}

/** `target` where it was measured, nothing elsewhere. */
export function measuredTargets(dataset: Dataset, target: string, encoded: EncodedTables): Targets {
  const { values, present } = dataset.modalities[target]!;
  const { mean: latent, logvar } = encoded;
  return { values, latent, logvar, weight: present, teacher: new Array(dataset.count) };
}

/**
 * Completes `target` where a part lacks it: the source whose variance head is surest of that part re-encodes
 * and decodes it with the frozen global modules, for the part's other sources to learn from. Only mappings
 * that were fetched may teach, for others nobody has trained yet.
 */
export async function completedTargets(
  frozen: Frozen,
  dataset: Dataset,
  encodings: Readonly<Record<string, EncodedTables>>,
  target: string,
  fetched: ReadonlySet<string>,
): Promise<Targets> {
  const teachers = Object.keys(encodings).filter((source) => fetched.has(mappingName(target, source)));
  const lacking = partsWith(dataset).filter((part) => !has(dataset, target, part));
  const weight = dataset.modalities[target]?.present.slice() ?? new Float32Array(dataset.count);
  const teacher = new Array<string | undefined>(dataset.count);
  const width = latentWidth(frozen, target);
  const latent = copyOr(encodings[target]?.mean, dataset.count, width);
  const logvar = copyOr(encodings[target]?.logvar, dataset.count, width);
  for (const source of teachers) {
    const parts = lacking.filter((part) => has(dataset, source, part));
    const mapped = await mapParts(frozen, target, source, encodings[source]!.input, parts);
    for (const part of parts) {
      const certainty = certaintyOf(row(mapped.logvar, part));
      if (teacher[part] !== undefined && certainty <= weight[part]!) continue;
      weight[part] = certainty;
      teacher[part] = source;
      row(latent, part).set(row(mapped.mean, part));
      row(logvar, part).set(row(mapped.logvar, part));
    }
  }
  const completed = lacking.filter((part) => teacher[part] !== undefined);
  const decoded = await decodeParts(frozen, target, latent, completed);
  const values = copyOr(dataset.modalities[target]?.values, dataset.count, decoded.width);
  for (const part of completed) row(values, part).set(row(decoded, part));
  return { values, latent, logvar, weight, teacher };
}

/** The share of the prior's variance that a mapping explains, 0…1: 1 − mean σ², as the prior has variance 1. */
function certaintyOf(logvar: Float32Array): number {
  const variance = logvar.reduce((sum, value) => sum + Math.exp(value), 0) / logvar.length;
  return Math.max(0, 1 - variance);
}

function copyOr(table: Table | undefined, rows: number, width: number): Table {
  return table ? { data: table.data.slice(), width: table.width } : emptyTable(rows, width);
}

function latentWidth({ plan }: Frozen, target: string): number {
  return plan.modalities.find(({ name }) => name === target)!.latent;
}
