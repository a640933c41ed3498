import { type ModuleName, mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { mappingInputOf } from '../../protocol/shapes.ts';

/** Path that was chosen from a source to a target: by their own mapping, or composed over the modality `through`. */
export interface ChosenPath {
  readonly source: string;
  readonly through?: string;
}

/** Recipe: how the parts that have just these sources are reconstructed. */
export interface Recipe {
  readonly target: string;
  readonly paths: readonly ChosenPath[];
}

/** Composed bridge: T(target←through) after T(through←source). */
export type BridgePath = readonly [target: string, through: string, source: string];

/** Recipe without one of its sources; undefined if that was the only one. */
export function withoutSource({ target, paths }: Recipe, source: string): Recipe | undefined {
  const others = paths.filter((path) => path.source !== source);
  return others.length > 0 ? { target, paths: others } : undefined;
}

/** Name of a recipe, unique in its plan. */
export function recipeName({ target, paths }: Recipe): string {
  return `${target}←${paths.map(({ source, through }) => (through ? `${through}←${source}` : source)).join('+')}`;
}

/** Modules that a recipe runs. */
export function recipeModules(plan: Plan, { target, paths }: Recipe): ModuleName[] {
  const names = paths.flatMap(({ source, through }): ModuleName[] => [
    ...readingModules(plan, source),
    ...(through === undefined
      ? [mappingName(target, source)]
      : bridgeModules(plan, [target, through, source])),
  ]);
  return [...new Set<ModuleName>([...names, `decoder/${target}`])];
}

/** Modules that a composed bridge runs, from the input that mappings read of its source on. */
export function bridgeModules(plan: Plan, [target, through, source]: BridgePath): ModuleName[] {
  const again: ModuleName[] =
    plan.research.mappingInput === 'latent' ? [] : [`decoder/${through}`, ...readingModules(plan, through)];
  return [mappingName(through, source), ...again, mappingName(target, through)];
}

/** Encoder of a modality, where mappings cannot read it as it was measured; else none. */
export function readingModules(plan: Plan, name: string): ModuleName[] {
  return mappingInputOf(plan, modalityOf(plan, name)) === 'measurement' ? [] : [`encoder/${name}`];
}
