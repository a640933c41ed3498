import { type Dataset, has, heldModalities } from '../learning/datasets.ts';
import { type LearnedBridges, pathsTo } from '../learning/estimates.ts';
import type { FrozenModel } from '../learning/inference.ts';
import type { ChosenPath, Recipe } from '../model/recipe.ts';

/** Model whose reconstructions are explained: the frozen model, and the plant's own parts. */
export interface ExplainedModel extends FrozenModel {
  readonly dataset: Dataset;
  /** Modules that came from the federation. */
  readonly fetched: ReadonlySet<string>;
  /** Fetched mappings that are bridges by the model's record. */
  readonly learned?: LearnedBridges;
  /** Words of a part's text; without them a text is explained by its positions. */
  words?(modality: string, part: number): readonly string[] | undefined;
}

/**
 * Recipe of one part, as `reconstruct` follows it; undefined where the part has no source.
 * @param through composed bridges that `reconstruct` chose, by source; elsewhere the first possible one is taken
 */
export function recipeOf(
  model: ExplainedModel,
  target: string,
  part: number,
  through: Readonly<Record<string, string>> = {},
): Recipe | undefined {
  const { plan, dataset, fetched, learned } = model;
  const paths = pathsTo(model, heldModalities(plan, dataset), target, fetched, learned)
    .filter(({ source }) => has(dataset, source, part))
    .map(({ source, through: middles }): ChosenPath => {
      const middle = middles.find((name) => name === through[source]) ?? middles[0];
      return middle === undefined ? { source } : { source, through: middle };
    });
  return paths.length > 0 ? { target, paths } : undefined;
}
