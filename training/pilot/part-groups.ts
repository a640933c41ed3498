import { hasPlaces } from '../../protocol/kinds/index.ts';
import { groupParts } from '../evaluation/groups.ts';
import { type Dataset, has, heldModalities, partsWith } from '../learning/datasets.ts';
import { spread } from '../measures/spread.ts';
import type { FoundGroups } from './pilot-facts.ts';
import { type PlantParts, shownPart } from './show.ts';

/** Largest number of parts that are grouped; of more, an even sample. */
const mostParts = 1500;
/** Least number of parts that are grouped. */
const leastParts = 40;

/**
 * Sorts a plant's parts into alike ones, by the values of the modality that most parts have. A group of which no part has
 * two measurements cannot be learned from.
 * @returns null for too few parts
 */
export function findGroups(given: PlantParts): FoundGroups | null {
  const { plan, dataset } = given;
  const names = heldModalities(plan, dataset);
  const counts = names.map((name) => partsWith(dataset, name).length);
  const by = names[counts.indexOf(Math.max(...counts))];
  if (by === undefined) return null;
  const all = partsWith(dataset, by);
  const parts = spread(all, mostParts);
  if (parts.length < leastParts) return null;
  const scale = all.length / parts.length;
  const groups = groupParts(dataset.modalities[by]!.values, parts, plan.training.seed);
  return {
    by,
    list: groups.map(({ members, example }) => ({
      parts: Math.round(members.length * scale),
      paired: Math.round(members.filter((part) => isPaired(dataset, names, part)).length * scale),
      shown: shownPart(given, pictured(given, example, by), example),
    })),
  };
}

function isPaired(dataset: Dataset, names: readonly string[], part: number): boolean {
  return names.filter((name) => has(dataset, name, part)).length > 1;
}

/** Modality by which a part is shown: an image if it has one, which says most to a person, else the given one. */
function pictured({ plan, dataset }: PlantParts, part: number, otherwise: string): string {
  return (
    plan.modalities.find((entry) => hasPlaces(entry) && has(dataset, entry.name, part))?.name ?? otherwise
  );
}
