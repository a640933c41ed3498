import { type ModalityKind, modalityOf } from '../../protocol/plan.ts';
import { type Dataset, partsWith } from '../learning/dataset.ts';
import { row, type Table } from '../learning/table.ts';
import type { Recipe } from '../model/recipe.ts';
import type { ExplainedModel } from './explained-model.ts';

/** What was measured, or is put in its place: values of each source in the model's form. */
export type Inputs = Readonly<Record<string, Float32Array>>;

/**
 * What stands for "nothing in particular was measured", by kind. A signal or an image: the plant's own mean, because a
 * zero would itself be a measurement, of a part that no plant has seen. A text: no word at all, so that every difference
 * belongs to a word that is there, and a word that is not explains nothing.
 */
const baselines: Readonly<Record<ModalityKind, (values: Table, parts: Uint32Array) => Float32Array>> = {
  image: meanRow,
  signal: meanRow,
  text: ({ width }) => new Float32Array(width),
};

const known = new WeakMap<Dataset, Map<string, Float32Array>>();

/** The baseline of every source of a recipe, from the plant's own parts. */
export function baselineOf({ plan, dataset }: ExplainedModel, { paths }: Recipe): Inputs {
  const found = known.get(dataset) ?? new Map<string, Float32Array>();
  known.set(dataset, found);
  return Object.fromEntries(
    paths.map(({ source }) => {
      const { kind } = modalityOf(plan, source);
      const values =
        found.get(source) ?? baselines[kind](dataset.modalities[source]!.values, partsWith(dataset, source));
      found.set(source, values);
      return [source, values];
    }),
  );
}

/** What was measured of a part, for a recipe's sources. */
export function inputsOf({ dataset }: ExplainedModel, { paths }: Recipe, part: number): Inputs {
  return Object.fromEntries(
    paths.map(({ source }) => [source, row(dataset.modalities[source]!.values, part)]),
  );
}

function meanRow(values: Table, parts: Uint32Array): Float32Array {
  const sums = new Float64Array(values.width);
  for (const part of parts) for (const [place, value] of row(values, part).entries()) sums[place]! += value;
  return Float32Array.from(sums, (sum) => sum / parts.length);
}
