import { meanSquaredError } from '../measures/psnr.ts';
import { type Recipe, withoutSource } from '../model/recipe.ts';
import type { Inputs } from './baseline.ts';
import type { ExplainedModel } from './explained-model.ts';
import { reconstructRows } from './run.ts';

/** Contribution of a source to a part's reconstruction. */
export interface Contribution {
  readonly source: string;
  /** Root mean squared change of the target's values without it, in fractions of full scale. */
  readonly change: number;
  /** Its share in the changes of all sources, 0…1; equal where nothing changes. */
  readonly share: number;
}

/**
 * Contributions of all sources: how much the reconstruction changes when a source is really gone. The others alone
 * reconstruct, as they would for a part that lacks it. Without its only source a part would look like the baseline's
 * reconstruction.
 * @param whole reconstruction from all sources
 * @param empty reconstruction from the baseline
 */
export async function contributions(
  model: ExplainedModel,
  recipe: Recipe,
  part: number,
  { at, whole, empty }: { at: Inputs; whole: Float32Array; empty: Float32Array },
): Promise<Contribution[]> {
  const changes: { source: string; change: number }[] = [];
  for (const { source } of recipe.paths) {
    const others = withoutSource(recipe, source);
    const [without] = others ? await reconstructRows(model, others, part, [at]) : [empty];
    changes.push({ source, change: Math.sqrt(meanSquaredError(whole, without!)) });
  }
  const total = changes.reduce((sum, { change }) => sum + change, 0);
  return changes.map(({ source, change }) => ({
    source,
    change,
    share: total > 0 ? change / total : 1 / changes.length,
  }));
}
