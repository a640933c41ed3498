import { modalityOf } from '../../protocol/plan.ts';
import { hasResidual, valueSize } from '../../protocol/shapes.ts';
import { mean as average, meanOf, variance } from '../measures/statistics.ts';
import { type Dataset, has, partsWith } from './datasets.ts';
import { estimateBy, type SourceEstimate, trainedPaths } from './estimates.ts';
import { decodeParts, type EncodedTables, type FrozenModel, type MappedTables } from './inference.ts';
import { emptyTable, row, type Table } from './row-table.ts';

/** Targets of mappings: one modality of all parts, measured where a part has it, else completed. */
export interface Targets {
  readonly values: Table;
  /** Latent means: by the encoder where it was measured, by the teacher where it was completed. */
  readonly latent: Table;
  /** Log-variances of the latent, from the same. */
  readonly logvar: Table;
  /** Weight: 1 for a measured part, the teacher's certainty for a completed one, 0 for the rest. */
  readonly weight: Float32Array;
  /** Source that completed a part; undefined where it was measured or could not be completed. */
  readonly teacher: readonly (string | undefined)[];
}

/** Targets from measured parts alone, for `target`. */
export function measuredTargets(dataset: Dataset, target: string, encoded: EncodedTables): Targets {
  const { values, present } = dataset.modalities[target]!;
  const { mean: latent, logvar } = encoded;
  return { values, latent, logvar, weight: present, teacher: new Array(dataset.count) };
}

/** Estimates of a modality by each part's surest source; rows and places are part numbers. */
interface Estimates extends MappedTables {
  /** Certainty, 0…1, see {@link certaintyOf}; 0 where the part has no source. */
  readonly certainty: Float32Array;
  /** Name of that source. */
  readonly teacher: readonly (string | undefined)[];
}

/**
 * Re-encodes the listed parts as `target` with the frozen global mappings, each from the source whose variance head is
 * surest of that part. Only fetched mappings are used, for nobody has trained the others yet; where the plan allows
 * bridges, a source without a mapping leads through another modality.
 */
export async function surestEstimates(
  frozen: FrozenModel,
  dataset: Dataset,
  encodings: Readonly<Record<string, EncodedTables>>,
  target: string,
  fetched: ReadonlySet<string>,
  wanted: Uint32Array,
): Promise<Estimates> {
  const modality = modalityOf(frozen.plan, target);
  const width = modality.latent;
  const mean = emptyTable(dataset.count, width);
  const logvar = emptyTable(dataset.count, width);
  const residual = hasResidual(frozen.plan, modality)
    ? emptyTable(dataset.count, valueSize(modality))
    : undefined;
  const surest = new Float32Array(dataset.count);
  const teacher = new Array<string | undefined>(dataset.count);
  const inputs = Object.fromEntries(Object.entries(encodings).map(([name, { input }]) => [name, input]));
  const estimates: SourceEstimate[] = [];
  for (const path of trainedPaths(frozen, Object.keys(encodings), target, fetched))
    estimates.push(await estimateBy(frozen, dataset, inputs, target, path, wanted));
  const spread = latentSpread(estimates, wanted);
  for (const { source, ...mapped } of estimates) {
    for (const part of wanted.filter((part) => mapped.has(part))) {
      const certainty = certaintyOf(row(mapped.logvar, part), spread);
      if (teacher[part] !== undefined && certainty <= surest[part]!) continue;
      surest[part] = certainty;
      teacher[part] = source;
      row(mean, part).set(row(mapped.mean, part));
      row(logvar, part).set(row(mapped.logvar, part));
      if (residual) row(residual, part).set(row(mapped.residual!, part));
    }
  }
  return { mean, logvar, residual, certainty: surest, teacher };
}

/**
 * Completes `target` where a part lacks it: the surest source re-encodes and decodes it with the frozen global
 * modules, for the part's other sources to learn from.
 */
export async function completedTargets(
  frozen: FrozenModel,
  dataset: Dataset,
  encodings: Readonly<Record<string, EncodedTables>>,
  target: string,
  fetched: ReadonlySet<string>,
): Promise<Targets> {
  const lacking = partsWith(dataset).filter((part) => !has(dataset, target, part));
  const estimates = await surestEstimates(frozen, dataset, encodings, target, fetched, lacking);
  const completed = lacking.filter((part) => estimates.teacher[part] !== undefined);
  const decoded = await decodeParts(frozen, target, estimates.mean, completed, estimates.residual);
  const filled = (measured: Table | undefined, completion: Table) => {
    const table = copyOr(measured, dataset.count, completion.width);
    for (const part of completed) row(table, part).set(row(completion, part));
    return table;
  };
  const weight = dataset.modalities[target]?.present.slice() ?? new Float32Array(dataset.count);
  for (const part of completed) weight[part] = estimates.certainty[part]!;
  return {
    values: filled(dataset.modalities[target]?.values, decoded),
    latent: filled(encodings[target]?.mean, estimates.mean),
    logvar: filled(encodings[target]?.logvar, estimates.logvar),
    weight,
    teacher: estimates.teacher,
  };
}

/**
 * Variance of a target's latent over the parts, mean over its dimensions, from the source that shows most of it: by the
 * law of total variance, the variance of its means plus the mean of its variances. A KL term of little weight lets
 * latents spread far beyond the prior's 1, and few parts may show less than that.
 */
function latentSpread(estimates: readonly SourceEstimate[], wanted: Uint32Array): number {
  const spreads = estimates.map(({ mean, logvar, has: hasSource }) => {
    const parts = wanted.filter((part) => hasSource(part));
    const cells = Array.from({ length: mean.width }, (_, dimension) => {
      const at = (table: Table) => Array.from(parts, (part) => table.data[part * table.width + dimension]!);
      const means = at(mean);
      return variance(means) + meanOf(at(logvar), Math.exp);
    });
    return parts.length === 0 ? 0 : average(cells);
  });
  return Math.max(1, ...spreads);
}

/** Certainty: the share of a latent's variance that a mapping explains, 0…1: 1 − mean σ² / `spread`. */
function certaintyOf(logvar: Float32Array, spread: number): number {
  return Math.max(0, 1 - meanOf(logvar, Math.exp) / spread);
}

function copyOr(table: Table | undefined, rows: number, width: number): Table {
  return table ? { data: table.data.slice(), width: table.width } : emptyTable(rows, width);
}
