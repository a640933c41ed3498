import { type Route, routesTo } from '../../protocol/calibration/routes.ts';
import { modalityOf } from '../../protocol/plan.ts';
import { type Dataset, has, heldModalities, partsWith } from '../learning/datasets.ts';
import { type LearnedBridges, trainedPaths } from '../learning/estimates.ts';
import type { FrozenModel } from '../learning/inference.ts';
import { row, type Table } from '../learning/row-table.ts';
import { usualDraws } from '../reconstruction/part-draws.ts';
import { reconstruct } from '../reconstruction/reconstruct.ts';
import { type PartScores, scoreParts } from './part-scores.ts';

/** Model version to be evaluated. */
export interface ModelVersion {
  readonly frozen: FrozenModel;
  /** Modules that the federation has trained. */
  readonly fetched: ReadonlySet<string>;
  readonly learned: LearnedBridges;
}

/** Scores of a target that some parts have, hidden and reconstructed from some sources. */
export interface ScoredSet {
  readonly target: string;
  readonly sources: readonly string[];
  readonly bridges: Readonly<Record<string, string>>;
  readonly parts: Uint32Array;
  /** Scores by measure, the leading one first. */
  readonly scores: readonly [PartScores, ...PartScores[]];
  readonly confidence: Float64Array;
  /** Expected measurement and deviation of each value; rows are part numbers. */
  readonly mean: Table;
  readonly sigma: Table;
}

/** Routes to be scored: each trained target from all sources together, then from each alone. */
function setsOf({ frozen, fetched, learned }: ModelVersion, dataset: Dataset): Route[] {
  const held = heldModalities(frozen.plan, dataset);
  return held
    .filter((target) => fetched.has(`decoder/${target}`))
    .flatMap((target) => {
      const sources = trainedPaths(frozen, held, target, fetched, learned)
        .map(({ source }) => source)
        .filter((source) => fetched.has(`encoder/${source}`));
      return routesTo(target, sources);
    });
}

/**
 * Scores a model: hides each modality that the parts have, one after the other, and reconstructs it from the others.
 * @param dataset parts that the model was not trained on
 */
export async function scoreModel(
  candidate: ModelVersion,
  dataset: Dataset,
  progress: (fraction: number) => void,
): Promise<ScoredSet[]> {
  return scoreRoutes(candidate, dataset, setsOf(candidate, dataset), progress);
}

/** Scores a model as {@link scoreModel}, from all sources together only. */
export async function scoreTogether(candidate: ModelVersion, dataset: Dataset): Promise<ScoredSet[]> {
  const whole = new Map(
    setsOf(candidate, dataset)
      .toReversed()
      .map((route) => [route.target, route]),
  );
  return scoreRoutes(candidate, dataset, [...whole.values()].toReversed(), () => {});
}

async function scoreRoutes(
  candidate: ModelVersion,
  dataset: Dataset,
  routes: readonly Route[],
  progress: (fraction: number) => void,
): Promise<ScoredSet[]> {
  const scored: ScoredSet[] = [];
  for (const [index, route] of routes.entries()) {
    const result = await scoreRoute(candidate, dataset, route);
    if (result) scored.push(result);
    progress((index + 1) / routes.length);
  }
  return scored;
}

async function scoreRoute(
  { frozen, fetched, learned }: ModelVersion,
  dataset: Dataset,
  { target, sources }: Route,
): Promise<ScoredSet | undefined> {
  const parts = partsWith(dataset, target).filter((part) =>
    sources.some((source) => has(dataset, source, part)),
  );
  if (parts.length === 0) return undefined;
  const shown = Object.fromEntries(sources.map((source) => [source, dataset.modalities[source]!]));
  const results = await reconstruct(
    frozen,
    { count: dataset.count, modalities: shown },
    { draws: usualDraws, includeMeasured: false, fetched, learned, targets: [target], progress: () => {} },
  );
  const { mean, sigma, confidence, bridges } = results[target]!;
  const modality = modalityOf(frozen.plan, target);
  const truth = dataset.modalities[target]!.values;
  return {
    ...{ target, sources, bridges, parts, mean, sigma },
    confidence: Float64Array.from(parts, (part) => confidence[part]!),
    scores: scoreParts(
      modality,
      parts,
      (part) => row(truth, part),
      (part) => row(mean, part),
    ),
  };
}
