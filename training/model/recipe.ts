import { type ModuleName, mappingName } from '../../protocol/modules.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { mappingInputOf } from '../../protocol/shapes.ts';

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

/** A composed bridge: T(target←through) after T(through←source). */
export type BridgePath = readonly [target: string, through: string, source: string];

/** The recipe without one of its sources; undefined if that was the only one. */
export function withoutSource({ target, paths }: Recipe, source: string): Recipe | undefined {
  const others = paths.filter((path) => path.source !== source);
  return others.length > 0 ? { target, paths: others } : undefined;
}

/** A recipe's name, which no other of the same plan has. */
export function recipeName({ target, paths }: Recipe): string {
  return `${target}←${paths.map(({ source, through }) => (through ? `${through}←${source}` : source)).join('+')}`;
}

/** The modules that a recipe runs. */
export function recipeModules(plan: Plan, { target, paths }: Recipe): ModuleName[] {
  const names = paths.flatMap(({ source, through }): ModuleName[] => [
    ...readingModules(plan, source),
    ...(through === undefined
      ? [mappingName(target, source)]
      : bridgeModules(plan, [target, through, source])),
  ]);
  return [...new Set<ModuleName>([...names, `decoder/${target}`])];
}

/** The modules that a composed bridge runs from what mappings read of its source. */
export function bridgeModules(plan: Plan, [target, through, source]: BridgePath): ModuleName[] {
  const again: ModuleName[] =
    plan.research.mappingInput === 'latent' ? [] : [`decoder/${through}`, ...readingModules(plan, through)];
  return [mappingName(through, source), ...again, mappingName(target, through)];
}

/** The encoder, where mappings cannot read a modality as it was measured. */
export function readingModules(plan: Plan, name: string): ModuleName[] {
  return mappingInputOf(plan, modalityOf(plan, name)) === 'measurement' ? [] : [`encoder/${name}`];
}
