import { modalityOf } from '../../protocol/plan.ts';
import type { Grain, Piece } from '../kinds/explaining.ts';
import { trainingKind } from '../kinds/index.ts';
import type { Recipe } from '../model/recipe.ts';
import type { Inputs } from './baseline.ts';
import type { ExplainedModel } from './explained-model.ts';

/** A piece of a source that can be taken away by itself. */
export interface Unit extends Piece {
  readonly modality: string;
}

/**
 * What a part's sources are made of: channels, patches of pixels, the words that are there.
 * @param grain whether neighbouring channels go together, as a person looks at them, or each is a unit
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
 * The values with only some units as measured and the baseline in all others' places. A place of two words goes
 * when both go.
 * @param keeps whether a unit, by its number, stays
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

/** What each unit was given of the values' attributions; words that share a place share what it was given. */
export function attributionOf(units: readonly Unit[], attribution: Inputs): number[] {
  const users = new Map<string, number>();
  const key = (modality: string, place: number) => `${modality}/${place}`;
  for (const { modality, places } of units)
    for (const place of places) users.set(key(modality, place), (users.get(key(modality, place)) ?? 0) + 1);
  return units.map(({ modality, places }) =>
    places.reduce((sum, place) => sum + attribution[modality]![place]! / users.get(key(modality, place))!, 0),
  );
}
