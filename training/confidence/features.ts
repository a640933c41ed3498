import {
  type Feature,
  type FeatureName,
  type FeatureOf,
  type FeatureSubject,
  routeEmbedding,
  routeFeatures,
} from '../../protocol/calibration/features.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { trainingKind } from '../kinds/index.ts';
import { rootMeanSquare } from '../kinds/misfit.ts';
import type { Dataset } from '../learning/datasets.ts';
import {
  decodeParts,
  type EncodedTables,
  encodeParts,
  type FrozenModel,
  type MappedTables,
  mapParts,
  mappingInputs,
} from '../learning/inference.ts';
import { emptyTable, row, type Table } from '../learning/row-table.ts';
import { mean as average, meanOf } from '../measures/statistics.ts';
import { effectiveDraws, weighed } from './importance.ts';
import { roughness } from './roughness.ts';

/** Features of reconstructions, from which their errors are predicted; rows are part numbers. */
export interface FeatureTable {
  /** Rows by part: the named features, then the embedding. */
  readonly table: Table;
  /** Widths of a row's blocks: of the named features and of the embedding. */
  readonly blocks: readonly number[];
  /** Named features, in order. */
  readonly features: readonly Feature[];
}

/** Reconstructions of one route: `target` from `sources`, which all the parts have. */
interface RouteReconstruction {
  readonly target: string;
  readonly sources: readonly string[];
  readonly parts: Uint32Array;
  /** Expected measurement and deviation of each value. */
  readonly mean: Table;
  readonly sigma: Table;
}

/** Tables of one source, from which its features are computed. */
interface Witness {
  readonly source: string;
  /** Measured values of the source. */
  readonly values: Table;
  readonly encoded: EncodedTables;
  /** Target's latent as mapped from the source. */
  readonly mapped: MappedTables;
  /** Target as decoded from that latent. */
  readonly own: Table;
  /** Source as decoded from its own latent (`again`), and from the reconstruction mapped back (`back`). */
  readonly again: Table;
  readonly back: Table;
  readonly backMapped: MappedTables;
  /** Effective number of draws, see {@link effectiveDraws}. */
  readonly effective: Float32Array;
}

/** Features with one subject, as functions of a part's number. */
type Computed<S extends FeatureSubject> = Readonly<Record<FeatureOf<S>, (part: number) => number>>;

/**
 * The features of a reconstruction:
 *
 * - of the reconstruction itself: its deviation, brightness, indecision and roughness;
 * - of each source: the variance of its mapping, how far its latent is from the prior's middle, how well it
 *   reconstructs itself, as a whole and where worst, and **consistency**: how well the reconstruction, mapped back,
 *   explains what the source measured, and how many of its draws do;
 * - of each pair of sources: how far one is from what the other predicts of it, and how far apart their predictions of
 *   the target are;
 * - the embedding: the sources' own latents and the target's as mapped from them, in which groups of parts lie apart.
 */
export async function featuresOf(
  frozen: FrozenModel,
  dataset: Dataset,
  reconstructed: RouteReconstruction,
): Promise<FeatureTable> {
  const { target, sources, parts, mean } = reconstructed;
  const read = await mappingInputs(frozen, target, mean, parts);
  const witnesses = new Map<string, Witness>();
  for (const source of sources) {
    const values = dataset.modalities[source]!.values;
    const encoded = await encodeParts(frozen, source, values, parts);
    const mapped = await mapParts(frozen, target, source, encoded.input, parts);
    const backMapped = await mapParts(frozen, source, target, read, parts);
    witnesses.set(source, {
      ...{ source, values, encoded, mapped, backMapped },
      own: await decodeParts(frozen, target, mapped.mean, parts, mapped.residual),
      again: await decodeParts(frozen, source, encoded.mean, parts),
      back: await decodeParts(frozen, source, backMapped.mean, parts, backMapped.residual),
      effective: await effectiveDraws(frozen, { target, source }, values, mapped, parts),
    });
  }
  const features = routeFeatures(reconstructed);
  const computed = await computedBySubject(frozen, reconstructed, [...witnesses.values()]);
  const values = features.map(({ name, of }) => computed.get(of.join())![name]!);
  const embedding = routeEmbedding(reconstructed).map(({ source, latentOf }) => {
    const { encoded, mapped } = witnesses.get(source)!;
    return (latentOf === source ? encoded : mapped).mean;
  });
  const { table, blocks } = joined(values, embedding, parts, mean.data.length / mean.width);
  return { table, blocks, features };
}

/** Functions of all features, by the sources that they are about. */
async function computedBySubject(
  frozen: FrozenModel,
  reconstructed: RouteReconstruction,
  witnesses: readonly Witness[],
): Promise<Map<string, { readonly [Name in FeatureName]?: (part: number) => number }>> {
  const { parts } = reconstructed;
  const found: Awaited<ReturnType<typeof computedBySubject>> = new Map();
  found.set('', ofReconstruction(frozen, reconstructed));
  for (const witness of witnesses) found.set(witness.source, ofWitness(frozen, witness));
  for (const [place, one] of witnesses.entries())
    for (const other of witnesses.slice(place + 1)) {
      found.set([other.source, one.source].join(), await ofDirection(frozen, parts, other, one));
      found.set([one.source, other.source].join(), {
        ...(await ofDirection(frozen, parts, one, other)),
        ...ofPair(one, other),
      });
    }
  return found;
}

function ofReconstruction(
  { plan }: FrozenModel,
  { target, mean, sigma }: RouteReconstruction,
): Computed<'reconstruction'> {
  const modality = modalityOf(plan, target);
  return {
    deviation: (part) => Math.log(meanOf(row(sigma, part), (value) => value ** 2)),
    brightness: (part) => average(row(mean, part)),
    indecision: (part) => meanOf(row(mean, part), (value) => value * (1 - value)),
    roughness: (part) => Math.log(roughness(modality, row(mean, part))),
  };
}

function ofWitness(
  { plan }: FrozenModel,
  { source, values, encoded, mapped, again, back, backMapped, effective }: Witness,
): Computed<'source'> {
  const { misfit, worstMisfit } = trainingKind(modalityOf(plan, source));
  return {
    mapping: (part) => average(row(mapped.logvar, part)),
    latent: (part) => Math.log(meanOf(row(encoded.mean, part), (value) => value ** 2) + 1e-6),
    idle: (part) => Math.log(weighed / effective[part]! - 1 + 1e-6),
    itself: (part) => Math.log(misfit(row(values, part), row(again, part))),
    worst: (part) => Math.log(worstMisfit(row(values, part), row(again, part))),
    consistency: (part) => Math.log(misfit(row(values, part), row(back, part))),
    back: (part) => average(row(backMapped.logvar, part)),
  };
}

/** Features of a source compared with what another one predicts of it. */
async function ofDirection(
  frozen: FrozenModel,
  parts: Uint32Array,
  { source, values }: Witness,
  other: Witness,
): Promise<Computed<'direction'>> {
  const { misfit } = trainingKind(modalityOf(frozen.plan, source));
  const crossed = await mapParts(frozen, source, other.source, other.encoded.input, parts);
  const expected = await decodeParts(frozen, source, crossed.mean, parts, crossed.residual);
  return { crossed: (part) => Math.log(misfit(row(values, part), row(expected, part))) };
}

function ofPair(one: Witness, other: Witness): Computed<'pair'> {
  const apart = rootMeanSquare;
  return {
    latents: (part) => Math.log(apart(row(one.mapped.mean, part), row(other.mapped.mean, part))),
    apart: (part) => Math.log(apart(row(one.own, part), row(other.own, part))),
  };
}

function joined(
  features: readonly ((part: number) => number)[],
  embedding: readonly Table[],
  parts: Uint32Array,
  rows: number,
): Pick<FeatureTable, 'table' | 'blocks'> {
  const wide = embedding.reduce((sum, { width }) => sum + width, 0);
  const table = emptyTable(rows, features.length + wide);
  for (const part of parts) {
    const target = row(table, part);
    for (const [place, value] of features.entries()) target[place] = value(part);
    let place = features.length;
    for (const latent of embedding) {
      target.set(row(latent, part), place);
      place += latent.width;
    }
  }
  return { table, blocks: [features.length, wide] };
}
