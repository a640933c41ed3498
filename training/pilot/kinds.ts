import { type Dataset, has, heldModalities, partsWith } from '../learning/dataset.ts';
import { row, type Table } from '../learning/table.ts';
import { uniformAt } from '../random/draws.ts';
import { type Key, keyOf } from '../random/threefry.ts';
import type { Kinds } from './facts.ts';
import { type PlantParts, shownPart, spread } from './show.ts';

const groups = 8;
const iterations = 12;
/** Parts that are grouped; of more, an even sample. */
const mostParts = 1500;
/** Fewer parts are no groups. */
const leastParts = 40;

/**
 * Sorts a plant's parts into alike ones without labels: k-means (k-means++ starts, seeded) on the values of the modality
 * that most parts have. A group of which no part has two measurements cannot be learned from.
 * @returns null for too few parts
 */
export function findKinds(given: PlantParts): Kinds | null {
  const { plan, dataset } = given;
  const names = heldModalities(plan, dataset);
  const counts = names.map((name) => partsWith(dataset, name).length);
  const modality = names[counts.indexOf(Math.max(...counts))];
  if (modality === undefined) return null;
  const parts = spread(partsWith(dataset, modality), mostParts);
  if (parts.length < leastParts) return null;
  const { values } = dataset.modalities[modality]!;
  const { of, centres } = cluster(values, parts, keyOf(plan.training.seed, 'kinds'));
  const scale = partsWith(dataset, modality).length / parts.length;
  const found = centres.flatMap((centre, group) => {
    const members = parts.filter((_, place) => of[place] === group);
    if (members.length === 0) return [];
    const distances = members.map((part) => squaredDistance(row(values, part), centre));
    const middle = members[distances.indexOf(Math.min(...distances))]!;
    return [
      {
        parts: Math.round(members.length * scale),
        paired: Math.round(members.filter((part) => isPaired(dataset, names, part)).length * scale),
        shown: shownPart(given, pictured(given, middle, modality), middle),
      },
    ];
  });
  return { modality, groups: found.sort((a, b) => b.parts - a.parts) };
}

function isPaired(dataset: Dataset, names: readonly string[], part: number): boolean {
  return names.filter((name) => has(dataset, name, part)).length > 1;
}

/** A picture says more than what the parts were told apart by. */
function pictured({ plan, dataset }: PlantParts, part: number, otherwise: string): string {
  return (
    plan.modalities.find(({ name, kind }) => kind === 'image' && has(dataset, name, part))?.name ?? otherwise
  );
}

function cluster(values: Table, parts: readonly number[], key: Key) {
  let centres = startingCentres(values, parts, key);
  let of = new Int32Array(parts.length);
  for (let iteration = 0; iteration < iterations; iteration++) {
    of = Int32Array.from(parts, (part) => nearest(row(values, part), centres).index);
    centres = centres.map((centre, group) => {
      const sums = new Float64Array(values.width);
      let members = 0;
      parts.forEach((part, place) => {
        if (of[place] !== group) return;
        members++;
        row(values, part).forEach((value, index) => {
          sums[index]! += value;
        });
      });
      return members === 0 ? centre : Float32Array.from(sums, (sum) => sum / members);
    });
  }
  return { of, centres };
}

/** k-means++: each further centre is drawn by its squared distance from those there are. */
function startingCentres(values: Table, parts: readonly number[], key: Key): Float32Array[] {
  const centres = [row(values, parts[Math.floor(uniformAt(key, 0) * parts.length)]!)];
  const distances = Float64Array.from(parts, (part) => squaredDistance(row(values, part), centres[0]!));
  while (centres.length < groups) {
    let reached = 0;
    const sums = distances.map((distance) => {
      reached += distance;
      return reached;
    });
    const drawn = uniformAt(key, centres.length) * reached;
    const place = sums.findIndex((sum) => sum > drawn);
    if (place < 0) break;
    const centre = row(values, parts[place]!);
    centres.push(centre);
    parts.forEach((part, index) => {
      distances[index] = Math.min(distances[index]!, squaredDistance(row(values, part), centre));
    });
  }
  return centres;
}

function nearest(values: Float32Array, centres: readonly Float32Array[]) {
  return centres.reduce(
    (best, centre, index) => {
      const distance = squaredDistance(values, centre);
      return distance < best.distance ? { index, distance } : best;
    },
    { index: 0, distance: Number.POSITIVE_INFINITY },
  );
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index]! - b[index]!) ** 2;
  return sum;
}
