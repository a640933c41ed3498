import { isShares } from '../../protocol/kinds/index.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { type Dataset, has, heldModalities, partsWith } from '../learning/datasets.ts';
import { estimateBy, type LearnedBridges, pathsTo, type SourceEstimate } from '../learning/estimates.ts';
import { decodeParts, type FrozenModel, mappingInputs } from '../learning/inference.ts';
import { row, type Table } from '../learning/row-table.ts';
import { meanSquaredError } from '../measures/psnr.ts';
import { type Fused, fuseParts } from './fuse-parts.ts';
import { drawReconstructions, type Reconstructed } from './part-draws.ts';

/** Reconstruction of one modality for some parts. */
export interface ModalityReconstruction extends Pick<Reconstructed, 'mean' | 'sigma'> {
  /** Numbers of the parts; rows of `mean` and `sigma` and places in `confidence` and `shares` are part numbers. */
  readonly parts: Uint32Array;
  /** Provisional confidence, 0…1; see {@link confidenceOf}. */
  readonly confidence: Float32Array;
  readonly shares: Fused['shares'];
  /**
   * Modality through which a bridge leads, composed or learned, by source: of those that no plant measured together
   * with this modality.
   */
  readonly bridges: Readonly<Record<string, string>>;
}

export interface ReconstructionOptions {
  readonly draws: number;
  /** True: also reconstruct what a part has, from its other modalities. */
  readonly includeMeasured: boolean;
  /** Modules that came from the federation. Mappings nobody has trained are used only where there is no other. */
  readonly fetched: ReadonlySet<string>;
  /** Fetched mappings that are bridges by the model's record. */
  readonly learned?: LearnedBridges;
  /** Targets to reconstruct; all modalities of the plan if not given. */
  readonly targets?: readonly string[];
  progress(fraction: number): void;
}

/**
 * Reconstructs each modality of the plan for the parts that lack it and have another: read the sources, map
 * each to the target's latent, fuse them, decode the mean and repeated draws.
 */
export async function reconstruct(
  frozen: FrozenModel,
  dataset: Dataset,
  options: ReconstructionOptions,
): Promise<Record<string, ModalityReconstruction>> {
  const inputs: Record<string, Table> = {};
  for (const name of heldModalities(frozen.plan, dataset))
    inputs[name] = await mappingInputs(
      frozen,
      name,
      dataset.modalities[name]!.values,
      partsWith(dataset, name),
    );
  const results: Record<string, ModalityReconstruction> = {};
  const targets = options.targets ?? frozen.plan.modalities.map(({ name }) => name);
  for (const [index, target] of targets.entries()) {
    const result = await reconstructOne(frozen, dataset, inputs, target, options);
    if (result) results[target] = result;
    options.progress((index + 1) / targets.length);
  }
  return results;
}

async function reconstructOne(
  frozen: FrozenModel,
  dataset: Dataset,
  inputs: Readonly<Record<string, Table>>,
  target: string,
  { draws, includeMeasured, fetched, learned }: ReconstructionOptions,
): Promise<ModalityReconstruction | undefined> {
  const paths = pathsTo(frozen, Object.keys(inputs), target, fetched, learned);
  const parts = partsWith(dataset).filter(
    (part) =>
      (includeMeasured || !has(dataset, target, part)) &&
      paths.some(({ source }) => has(dataset, source, part)),
  );
  if (parts.length === 0) return undefined;
  const estimates: SourceEstimate[] = [];
  for (const path of paths) estimates.push(await estimateBy(frozen, dataset, inputs, target, path, parts));
  const fused = await fuseParts(frozen, target, estimates, parts);
  const drawn = await drawReconstructions(frozen, target, fused, parts, draws);
  const disagreement = await sourceDisagreement(frozen, target, estimates, fused, drawn, parts);
  const { mean, sigma, spread, noise } = drawn;
  const confidence = new Float32Array(dataset.count);
  const areShares = isShares(modalityOf(frozen.plan, target));
  for (const part of parts) {
    const agreed = confidenceOf(spread.data[part]!, disagreement[part]!, noise.data[part]!);
    // Draws may well agree on even shares: of shares the likeliest is the most that can be said.
    confidence[part] = areShares ? Math.min(agreed, Math.max(...row(mean, part))) : agreed;
  }
  const bridges = Object.fromEntries(
    estimates.flatMap(({ source, through }) => (through === undefined ? [] : [[source, through] as const])),
  );
  return { parts, mean, sigma, confidence, shares: fused.shares, bridges };
}

/**
 * Provisional confidence of a reconstruction: the share of a measurement's own noise in all the variance around it,
 * noise / (noise + spread of the draws + disagreement of the sources). 1 when the draws agree, falling towards 0 as
 * they part; it orders parts, and is not a calibrated frequency.
 */
function confidenceOf(spread: number, disagreement: number, noise: number): number {
  const floor = 1e-12;
  return (noise + floor) / (noise + floor + spread + disagreement);
}

/**
 * Disagreement of a part's sources: mean squared distance of each source's own reconstruction from the fused one,
 * weighted by its share; by part number.
 */
async function sourceDisagreement(
  frozen: FrozenModel,
  target: string,
  estimates: readonly SourceEstimate[],
  fused: Fused,
  drawn: Reconstructed,
  parts: Uint32Array,
): Promise<Float32Array> {
  const disagreement = new Float32Array(parts.length === 0 ? 0 : drawn.spread.data.length);
  const several = parts.filter((part) => estimates.filter((estimate) => estimate.has(part)).length > 1);
  for (const estimate of estimates) {
    const own = several.filter((part) => estimate.has(part));
    const decoded = await decodeParts(frozen, target, estimate.mean, own, estimate.residual);
    for (const part of own) {
      const share = fused.shares[estimate.source]![part]!;
      disagreement[part]! += share * meanSquaredError(row(decoded, part), row(drawn.mean, part));
    }
  }
  return disagreement;
}
