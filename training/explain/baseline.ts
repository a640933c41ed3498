import { modalityOf } from '../../protocol/plan.ts';
import { trainingKind } from '../kinds/index.ts';
import { type Dataset, partsWith } from '../learning/datasets.ts';
import { meanRow, row } from '../learning/row-table.ts';
import type { Recipe } from '../model/recipe.ts';
import type { ExplainedModel } from './explained-model.ts';

/** Inputs of a recipe, measured or put in place of what was: values of each source in the model's form. */
export type Inputs = Readonly<Record<string, Float32Array>>;

const known = new WeakMap<Dataset, Map<string, Float32Array>>();

/** Baseline of every source of a recipe, from the plant's own parts. */
export function baselineOf({ plan, dataset }: ExplainedModel, { paths }: Recipe): Inputs {
  const found = known.get(dataset) ?? new Map<string, Float32Array>();
  known.set(dataset, found);
  return Object.fromEntries(
    paths.map(({ source }) => {
      const { baseline } = trainingKind(modalityOf(plan, source));
      const { values: measured } = dataset.modalities[source]!;
      const values =
        found.get(source) ??
        (baseline === 'mean'
          ? meanRow(measured, partsWith(dataset, source))
          : new Float32Array(measured.width));
      found.set(source, values);
      return [source, values];
    }),
  );
}

/** Measured inputs of a part, for a recipe's sources. */
export function inputsOf({ dataset }: ExplainedModel, { paths }: Recipe, part: number): Inputs {
  return Object.fromEntries(
    paths.map(({ source }) => [source, row(dataset.modalities[source]!.values, part)]),
  );
}
