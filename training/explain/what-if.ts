import { FedReconError } from '../../protocol/errors.ts';
import { namedInErrors } from '../../protocol/kinds/named-in-errors.ts';
import { modalityOf, type Plan } from '../../protocol/plan.ts';
import { misfitting, type ValueChange } from '../kinds/explaining.ts';
import { trainingKind } from '../kinds/index.ts';
import { partsWith } from '../learning/datasets.ts';
import { row, type Table } from '../learning/row-table.ts';
import { type Inputs, inputsOf } from './baseline.ts';
import { type ExplainedModel, recipeOf } from './explained-model.ts';
import { reconstructRows } from './run.ts';

/** Change of a source's values. */
type InputChange = { readonly modality: string } & ValueChange;

export interface WhatIf {
  /** Expected values of the target. */
  readonly values: Float32Array;
  /** Root mean squared change of the target against its reconstruction from what was really measured. */
  readonly change: number;
  /** Sources with values beyond all that this plant has measured, for which the model guesses. */
  readonly beyond: readonly string[];
}

/**
 * Reconstruction as it would be with other measured values.
 * @throws FedReconError `explain-source`; `request-invalid` for a change that does not fit the source
 */
export async function whatIf(
  model: ExplainedModel,
  target: string,
  part: number,
  changes: readonly InputChange[],
  through?: Readonly<Record<string, string>>,
): Promise<WhatIf> {
  const recipe = recipeOf(model, target, part, through);
  if (!recipe) throw new FedReconError('explain-source', namedInErrors(modalityOf(model.plan, target)));
  const at = inputsOf(model, recipe, part);
  const changed = changes.reduce((inputs, change) => apply(model.plan, inputs, change), at);
  const [before, values] = await reconstructRows(model, recipe, part, [at, changed]);
  const squares = values!.reduce((sum, value, place) => sum + (value - before![place]!) ** 2, 0);
  return {
    values: values!,
    change: Math.sqrt(squares / values!.length),
    beyond: Object.keys(changed).filter(
      (source) => changed[source] !== at[source] && isBeyond(model, source, changed[source]!),
    ),
  };
}

function apply(plan: Plan, inputs: Inputs, change: InputChange): Inputs {
  const before = inputs[change.modality];
  const entry = modalityOf(plan, change.modality);
  if (!before) throw misfitting(`${change.modality} is no source of this part`);
  return { ...inputs, [change.modality]: trainingKind(entry).changed(entry, before, change) };
}

/** True if some value is outside the range that this plant has measured in its place. */
function isBeyond({ plan, dataset }: ExplainedModel, source: string, values: Float32Array): boolean {
  if (!trainingKind(modalityOf(plan, source)).hasExtremes) return false;
  const { lowest, highest } = extremesOf(dataset.modalities[source]!.values, partsWith(dataset, source));
  return values.some((value, place) => value < lowest[place]! || value > highest[place]!);
}

interface Extremes {
  readonly lowest: Float32Array;
  readonly highest: Float32Array;
}

const known = new WeakMap<Table, Extremes>();

/** Extremes of each value over the parts, computed once for each table. */
function extremesOf(values: Table, parts: Uint32Array): Extremes {
  const found = known.get(values);
  if (found) return found;
  const lowest = new Float32Array(values.width).fill(Number.POSITIVE_INFINITY);
  const highest = new Float32Array(values.width).fill(Number.NEGATIVE_INFINITY);
  for (const part of parts)
    for (const [place, value] of row(values, part).entries()) {
      lowest[place] = Math.min(lowest[place]!, value);
      highest[place] = Math.max(highest[place]!, value);
    }
  known.set(values, { lowest, highest });
  return { lowest, highest };
}
