import { modalityOf } from '../../protocol/plan.ts';
import type { Grain, Piece } from '../kinds/explaining.ts';
import { trainingKind } from '../kinds/index.ts';
import type { Recipe } from '../model/recipe.ts';
import type { Inputs } from './baseline.ts';
import type { ExplainedModel } from './explained-model.ts';

/** Unit: a piece of a source that can be taken away by itself. */
export interface Unit extends Piece {
  readonly modality: string;
}

/**
 * Units of a part's sources: channels, patches of pixels, the words of its text.
 * @param grain `groups` of neighbouring channels, as a person looks at them, or each of the `channels` as a unit
 */
export function unitsOf(
  model: ExplainedModel,
  { paths }: Recipe,
  part: number,
  at: Inputs,
  grain: Grain = 'groups',
): Unit[] {
  return paths.flatMap(({ source }) => {
    const entry = modalityOf(model.plan, source);
    const units = trainingKind(entry).pieces(entry, at[source]!, grain, model.words?.(source, part));
    return units.map((unit) => ({ modality: source, ...unit }));
  });
}

/**
 * Inputs with some units as measured and the baseline in the places of all others. A place that two words share is
 * replaced only when both are.
 * @param keeps true if a unit, by its number, stays as measured
 */
export function keepUnits(
  units: readonly Unit[],
  at: Inputs,
  baseline: Inputs,
  keeps: (unit: number) => boolean,
): Inputs {
  const kept = Object.fromEntries(Object.entries(at).map(([source, values]) => [source, values.slice()]));
  for (const [index, { modality, places }] of units.entries())
    if (!keeps(index)) for (const place of places) kept[modality]![place] = baseline[modality]![place]!;
  for (const [index, { modality, places }] of units.entries())
    if (keeps(index)) for (const place of places) kept[modality]![place] = at[modality]![place]!;
  return kept;
}

/** Attribution of each unit, the sum over its values; words that share a place share its attribution. */
export function attributionOf(units: readonly Unit[], attribution: Inputs): number[] {
  const users = new Map<string, number>();
  const key = (modality: string, place: number) => `${modality}/${place}`;
  for (const { modality, places } of units)
    for (const place of places) users.set(key(modality, place), (users.get(key(modality, place)) ?? 0) + 1);
  return units.map(({ modality, places }) =>
    places.reduce((sum, place) => sum + attribution[modality]![place]! / users.get(key(modality, place))!, 0),
  );
}
