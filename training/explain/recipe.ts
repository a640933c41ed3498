import { type ModuleName, mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { mappingInputOf } from '../../protocol/shapes.ts';
import { type Dataset, has, heldModalities } from '../learning/dataset.ts';
import { type LearnedBridges, pathsTo } from '../learning/estimates.ts';
import type { FrozenModel } from '../learning/inference.ts';

/** What explains reconstructions: the frozen model, and the plant's own parts. */
export interface ExplainedModel extends FrozenModel {
  readonly dataset: Dataset;
  /** Modules that came from the federation. */
  readonly fetched: ReadonlySet<string>;
  /** Those of them that are bridges by the model's record. */
  readonly learned?: LearnedBridges;
  /** The words of a part's text; without them a text is explained by its positions. */
  words?(modality: string, part: number): readonly string[] | undefined;
}

/** How a source leads to a target: by their own mapping, or composed over the modality `through`. */
export interface ChosenPath {
  readonly source: string;
  readonly through?: string;
}

/** How the parts that have just these sources are reconstructed. */
export interface Recipe {
  readonly target: string;
  readonly paths: readonly ChosenPath[];
}

/**
 * The recipe of one part, as `reconstruct` follows it; undefined where the part has no source.
 * @param through the composed bridges that `reconstruct` chose, by source; elsewhere the first possible one is taken
 */
export function recipeOf(
  model: ExplainedModel,
  target: string,
  part: number,
  through: Readonly<Record<string, string>> = {},
): Recipe | undefined {
  const { plan, dataset, fetched, learned } = model;
  const paths = pathsTo(model, heldModalities(plan, dataset), target, fetched, learned);
  const routes = paths
    .filter(({ source }) => has(dataset, source, part))
    .map(({ source, through: middles }): ChosenPath => {
      const middle = middles.find((name) => name === through[source]) ?? middles[0];
      return middle === undefined ? { source } : { source, through: middle };
    });
  return routes.length > 0 ? { target, paths: routes } : undefined;
}

/** The recipe without one of its sources; undefined if that was the only one. */
export function withoutSource({ target, paths: routes }: Recipe, source: string): Recipe | undefined {
  const others = routes.filter((route) => route.source !== source);
  return others.length > 0 ? { target, paths: others } : undefined;
}

/** A recipe's name, which no other of the same plan has. */
export function recipeName({ target, paths: routes }: Recipe): string {
  return `${target}←${routes.map(({ source, through }) => (through ? `${through}←${source}` : source)).join('+')}`;
}

/** The modules that a recipe runs. */
export function recipeModules(plan: Plan, { target, paths: routes }: Recipe): ModuleName[] {
  const reads = (name: string): ModuleName[] =>
    mappingInputOf(plan, modalityOf(plan, name)) === 'measurement' ? [] : [`encoder/${name}`];
  const names = routes.flatMap(({ source, through }): ModuleName[] => {
    if (through === undefined) return [...reads(source), mappingName(target, source)];
    const again: ModuleName[] =
      plan.mapping.input === 'latent' ? [] : [`decoder/${through}`, ...reads(through)];
    return [...reads(source), mappingName(through, source), ...again, mappingName(target, through)];
  });
  return [...new Set<ModuleName>([...names, `decoder/${target}`])];
}
