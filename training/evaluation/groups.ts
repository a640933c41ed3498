import { meanRow, row, type Table } from '../learning/row-table.ts';
import { meanSquaredError } from '../measures/psnr.ts';
import { uniformAt } from '../random/draws.ts';
import { keyOf } from '../random/threefry.ts';

/** Group of parts that look alike. */
export interface Group {
  readonly members: readonly number[];
  /** Member nearest to the middle. */
  readonly example: number;
}

const partsAGroup = 12;
const mostGroups = 8;
const passes = 50;

/**
 * Groups parts by rows of a table (latents, or values as measured), without labels: k-means (Lloyd, 1982) from the seeding
 * of Arthur and Vassilvitskii (k-means++, 2007). The largest group comes first.
 * @param table rows are part numbers
 * @returns nothing for too few parts to tell groups apart
 */
export function groupParts(table: Table, parts: readonly number[], seed: number): Group[] {
  const wanted = Math.min(mostGroups, Math.floor(parts.length / partsAGroup));
  if (wanted < 2) return [];
  const at = (part: number) => row(table, part);
  let centres = firstCentres(parts.map(at), wanted, seed);
  let members: number[][] = [];
  for (let pass = 0; pass < passes; pass++) {
    const next: number[][] = centres.map(() => []);
    for (const part of parts) next[nearest(at(part), centres)]!.push(part);
    if (JSON.stringify(next) === JSON.stringify(members)) break;
    members = next;
    centres = members.map((own, group) => (own.length > 0 ? meanRow(table, own) : centres[group]!));
  }
  return members
    .map((own, group) => ({ members: own, centre: centres[group]! }))
    .filter((group) => group.members.length > 0)
    .map(({ members: own, centre }) => ({ members: own, example: own[nearest(centre, own.map(at))]! }))
    .sort((a, b) => b.members.length - a.members.length);
}

/** Start centres, each drawn with a probability in proportion to its squared distance from those before. */
function firstCentres(rows: readonly Float32Array[], count: number, seed: number): Float32Array[] {
  const key = keyOf(seed, 'groups');
  const centres = [rows[Math.floor(uniformAt(key, 0) * rows.length)]!];
  const distances = rows.map(() => Number.POSITIVE_INFINITY);
  while (centres.length < count) {
    const newest = centres.at(-1)!;
    for (const [place, values] of rows.entries())
      distances[place] = Math.min(distances[place]!, meanSquaredError(values, newest));
    let left = uniformAt(key, centres.length) * distances.reduce((sum, distance) => sum + distance, 0);
    const chosen = distances.findIndex((distance) => {
      left -= distance;
      return left < 0;
    });
    centres.push(rows[Math.max(0, chosen)]!);
  }
  return centres;
}

/** Place of the candidate that is nearest to `point`. */
function nearest(point: Float32Array, candidates: readonly Float32Array[]): number {
  const distances = candidates.map((candidate) => meanSquaredError(point, candidate));
  return distances.indexOf(Math.min(...distances));
}
