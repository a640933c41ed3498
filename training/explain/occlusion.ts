import type { Recipe } from '../model/recipe.ts';
import type { Inputs } from './baseline.ts';
import { type Direction, measureAt } from './direction.ts';
import type { ExplainedModel } from './explained-model.ts';
import { reconstructRows } from './run.ts';
import { keepUnits, type Unit } from './units.ts';

/**
 * Occlusion of each unit: how much the measure falls when the baseline takes its place. It uses no gradient, so it is a
 * check of the attributions. Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV
 * 2014, §4.2.
 */
export async function occlude(
  model: ExplainedModel,
  recipe: Recipe,
  part: number,
  {
    units,
    at,
    baseline,
    direction,
  }: { units: readonly Unit[]; at: Inputs; baseline: Inputs; direction: Direction },
): Promise<number[]> {
  const rows = units.map((_, taken) => keepUnits(units, at, baseline, (unit) => unit !== taken));
  const [whole, ...others] = await reconstructRows(model, recipe, part, [at, ...rows]);
  return others.map((values) => measureAt(direction, whole!) - measureAt(direction, values));
}
