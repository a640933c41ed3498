import { FedReconError } from '../../protocol/errors.ts';
import { namedInErrors } from '../../protocol/kinds/named-in-errors.ts';
import { modalityOf } from '../../protocol/plan.ts';
import type { Rectangle } from '../kinds/places.ts';
import { rankCorrelation } from '../measures/rank-correlation.ts';
import type { Recipe } from '../model/recipe.ts';
import { baselineOf, type Inputs, inputsOf } from './baseline.ts';
import { type Contribution, contributions } from './contribution.ts';
import { measureAt, regionDirection, wholeDirection } from './direction.ts';
import { type ExplainedModel, recipeOf } from './explained-model.ts';
import { integratedGradients } from './gradients.ts';
import { occlude } from './occlusion.ts';
import { reconstructRows } from './run.ts';
import { attributionOf, type Unit, unitsOf } from './units.ts';

/** Explanation of a part's reconstruction. */
export interface Explanation {
  readonly recipe: Recipe;
  /** Measure at the part and at the baseline. Whole: 1 and 0. Region: its mean value, 0…1. */
  readonly value: number;
  readonly baselineValue: number;
  /** Attribution of each value of each source; they sum to the difference of the two, but for `residue`. */
  readonly attribution: Inputs;
  /** Residue that the steps of the integral leave. */
  readonly residue: number;
  /**
   * Units that can be taken away one by one, with their attribution and the real effect of taking each away
   * (occlusion).
   */
  readonly units: readonly (Unit & { readonly attribution: number; readonly occlusion: number })[];
  /** Rank correlation of the units' two figures, −1…1; undefined where there is nothing to rank. */
  readonly agreement: number | undefined;
  readonly contributions: readonly Contribution[];
}

/**
 * Explains the reconstruction of one part, as a whole or in a region that was pointed at.
 * @param through see `recipeOf`
 * @throws FedReconError `explain-source` where nothing that was measured leads to the target
 */
export async function explain(
  model: ExplainedModel,
  target: string,
  part: number,
  options: { region?: Rectangle | undefined; through?: Readonly<Record<string, string>> } = {},
): Promise<Explanation> {
  const recipe = recipeOf(model, target, part, options.through);
  if (!recipe) throw new FedReconError('explain-source', namedInErrors(modalityOf(model.plan, target)));
  const at = inputsOf(model, recipe, part);
  const baseline = baselineOf(model, recipe);
  const [whole, empty] = (await reconstructRows(model, recipe, part, [at, baseline])) as [
    Float32Array,
    Float32Array,
  ];
  const direction = options.region
    ? regionDirection(model.plan, target, options.region)
    : wholeDirection(empty, whole);
  const [value, baselineValue] = [whole, empty].map((values) => measureAt(direction, values)) as [
    number,
    number,
  ];
  const difference = value - baselineValue;
  const found = await integratedGradients(model, recipe, part, { at, baseline, direction, difference });
  const units = unitsOf(model, recipe, part, at);
  const attributions = attributionOf(units, found.values);
  const occlusions = await occlude(model, recipe, part, { units, at, baseline, direction });
  // The projection starts where it starts; only the way from there counts.
  const start = options.region ? baselineValue : 0;
  return {
    recipe,
    value: start + difference,
    baselineValue: start,
    attribution: found.values,
    residue: found.residue,
    units: units.map((unit, index) => ({
      ...unit,
      attribution: attributions[index]!,
      occlusion: occlusions[index]!,
    })),
    agreement: rankCorrelation(attributions, occlusions),
    contributions: await contributions(model, recipe, part, { at, whole, empty }),
  };
}
