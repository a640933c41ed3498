import { modalityOf } from '../../protocol/plan.ts';
import { trainingKind } from '../kinds/index.ts';
import { rootMeanSquare } from '../kinds/misfit.ts';
import type { Dataset } from '../learning/dataset.ts';
import {
  decodeParts,
  type EncodedTables,
  encodeParts,
  type FrozenModel,
  type MappedTables,
  mapParts,
  mappingInputs,
} from '../learning/inference.ts';
import { emptyTable, row, type Table } from '../learning/table.ts';
import { mean as average, meanOf } from '../measures/statistics.ts';
import type { Feature, FeatureName } from './feature-names.ts';
import { effectiveDraws, weighed } from './importance.ts';
import { roughness } from './roughness.ts';

/** What a reconstruction and its sources show of how good it may be; rows are part numbers. */
export interface FeatureTable {
  /** A row a part: the named features, then the embedding. */
  readonly table: Table;
  /** Widths of a row's blocks: of the named features and of the embedding. */
  readonly blocks: readonly number[];
  /** The named features, in order. */
  readonly features: readonly Feature[];
}

/** Reconstructions of one route: `target` from `sources`, which all the parts have. */
interface RouteReconstruction {
  readonly target: string;
  readonly sources: readonly string[];
  readonly parts: Uint32Array;
  /** Its expected measurement and the deviation of each value. */
  readonly mean: Table;
  readonly sigma: Table;
}

/** What a source says, by itself and of the others. */
interface Witness {
  readonly source: string;
  readonly encoded: EncodedTables;
  /** Of the target. */
  readonly mapped: MappedTables;
  /** What it expects the target to look like. */
  readonly own: Table;
  /** The source as its own latent, and as the reconstruction, would have it. */
  readonly again: Table;
  readonly back: Table;
  readonly backMapped: MappedTables;
  /** See {@link effectiveDraws}. */
  readonly effective: Float32Array;
}

type FeatureColumn = readonly [name: FeatureName, of: readonly string[], value: (part: number) => number];

/**
 * The features of a reconstruction:
 *
 * - of the reconstruction itself: its deviation, brightness, indecision and roughness;
 * - of each source: how sure its mapping is, how far its latent is from the prior's middle, how well it reconstructs
 *   itself, as a whole and where worst, and **consistency**: how well the reconstruction, mapped back, explains what the
 *   source measured, and how many of its draws do;
 * - of each pair of sources: how far one is from what the other expects of it, and how far apart they see the target;
 * - the embedding: the sources' own latents and what they say of the target's, where kinds of parts lie apart.
 */
export async function featuresOf(
  frozen: FrozenModel,
  dataset: Dataset,
  reconstructed: RouteReconstruction,
): Promise<FeatureTable> {
  const { target, sources, parts, mean, sigma } = reconstructed;
  const values = (source: string) => dataset.modalities[source]!.values;
  const read = await mappingInputs(frozen, target, mean, parts);
  const witnesses: Witness[] = [];
  for (const source of sources) {
    const encoded = await encodeParts(frozen, source, values(source), parts);
    const mapped = await mapParts(frozen, target, source, encoded.input, parts);
    const backMapped = await mapParts(frozen, source, target, read, parts);
    witnesses.push({
      ...{ source, encoded, mapped, backMapped },
      own: await decodeParts(frozen, target, mapped.mean, parts, mapped.residual),
      again: await decodeParts(frozen, source, encoded.mean, parts),
      back: await decodeParts(frozen, source, backMapped.mean, parts, backMapped.residual),
      effective: await effectiveDraws(frozen, { target, source }, values(source), mapped, parts),
    });
  }
  const modality = modalityOf(frozen.plan, target);
  const columns: FeatureColumn[] = [
    ['deviation', [], (part) => Math.log(meanOf(row(sigma, part), (value) => value ** 2))],
    ['brightness', [], (part) => average(row(mean, part))],
    ['indecision', [], (part) => meanOf(row(mean, part), (value) => value * (1 - value))],
    ['roughness', [], (part) => Math.log(roughness(modality, row(mean, part)))],
    ...witnesses.flatMap((witness) => ofWitness(frozen, witness, values(witness.source))),
  ];
  for (const [place, witness] of witnesses.entries())
    for (const other of witnesses.slice(place + 1))
      columns.push(...(await ofPair(frozen, dataset, reconstructed, witness, other)));
  const embedding = witnesses.flatMap(({ encoded, mapped }) => [encoded.mean, mapped.mean]);
  return joined(columns, embedding, parts, mean.data.length / mean.width);
}

function ofWitness(
  { plan }: FrozenModel,
  { source, encoded, mapped, again, back, backMapped, effective }: Witness,
  values: Table,
): FeatureColumn[] {
  const modality = modalityOf(plan, source);
  const { misfit, worstMisfit } = trainingKind(modality);
  const of = [source];
  return [
    ['mapping', of, (part) => average(row(mapped.logvar, part))],
    ['latent', of, (part) => Math.log(meanOf(row(encoded.mean, part), (value) => value ** 2) + 1e-6)],
    ['idle', of, (part) => Math.log(weighed / effective[part]! - 1 + 1e-6)],
    ['itself', of, (part) => Math.log(misfit(row(values, part), row(again, part)))],
    ['worst', of, (part) => Math.log(worstMisfit(row(values, part), row(again, part)))],
    ['consistency', of, (part) => Math.log(misfit(row(values, part), row(back, part)))],
    ['back', of, (part) => average(row(backMapped.logvar, part))],
  ];
}

async function ofPair(
  frozen: FrozenModel,
  dataset: Dataset,
  { parts }: RouteReconstruction,
  one: Witness,
  other: Witness,
): Promise<FeatureColumn[]> {
  const columns: FeatureColumn[] = [];
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const { misfit } = trainingKind(modalityOf(frozen.plan, to.source));
    const { values } = dataset.modalities[to.source]!;
    const crossed = await mapParts(frozen, to.source, from.source, from.encoded.input, parts);
    const expected = await decodeParts(frozen, to.source, crossed.mean, parts, crossed.residual);
    columns.push([
      'crossed',
      [to.source, from.source],
      (part) => Math.log(misfit(row(values, part), row(expected, part))),
    ]);
  }
  const of = [one.source, other.source];
  const apart = rootMeanSquare;
  return [
    ...columns,
    ['latents', of, (part) => Math.log(apart(row(one.mapped.mean, part), row(other.mapped.mean, part)))],
    ['apart', of, (part) => Math.log(apart(row(one.own, part), row(other.own, part)))],
  ];
}

function joined(
  columns: readonly FeatureColumn[],
  embedding: readonly Table[],
  parts: Uint32Array,
  rows: number,
): FeatureTable {
  const wide = embedding.reduce((sum, { width }) => sum + width, 0);
  const table = emptyTable(rows, columns.length + wide);
  for (const part of parts) {
    const target = row(table, part);
    for (const [place, [, , value]] of columns.entries()) target[place] = value(part);
    let place = columns.length;
    for (const latent of embedding) {
      target.set(row(latent, part), place);
      place += latent.width;
    }
  }
  return { table, blocks: [columns.length, wide], features: columns.map(([name, of]) => ({ name, of })) };
}
