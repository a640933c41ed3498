import { seededRandom } from '../../../main/demo/random.ts';
import { type Dataset, selectParts } from '../../../training/learning/datasets.ts';
import type { BenchPlant, HeldOutPart } from '../reconstruction/world.ts';

/** Garment types that the plants make at first: t-shirts, trousers, dresses, sandals and bags. The rest come later. */
const oldTypes = new Set([0, 1, 3, 5, 8]);

/** Whether a part is of the types that the plants made at first. */
export function isOld({ type }: Pick<HeldOutPart, 'type'>): boolean {
  return oldTypes.has(type);
}

/** Share of the new types in each arrival of parts. */
const newShares = [0, 0, 0, 0, 0.25, 0.75, 1, 1, 1, 1] as const;
export const arrivals = newShares.length;
/** Share of the old types' parts that a plant has before the first of these arrivals. */
const stockShare = 0.5;

/** A plant's parts as they come. */
export interface Stream {
  /** What the plant has once `arrival` has come, counted from 1; before it, its stock. */
  partsAt(arrival: number): Dataset;
}

/** Share of the new types in an arrival, counted from 1. */
export function newShareOf(arrival: number): number {
  return newShares[arrival - 1]!;
}

/** Deals a plant's parts out to its stock and the arrivals; every part comes once. */
export function openStream({ name, dataset, types }: BenchPlant, seed: number): Stream {
  const random = seededRandom(`${seed}/continual/${name}`);
  const places = random.shuffled([...types.keys()]);
  const old = places.filter((place) => oldTypes.has(types[place]!));
  const others = places.filter((place) => !oldTypes.has(types[place]!));
  const stock = Math.round(old.length * stockShare);
  const oldArrivals = shared(
    old.slice(stock),
    newShares.map((share) => 1 - share),
  );
  const newArrivals = shared(others, newShares);
  let here = old.slice(0, stock);
  const states = [selectParts(dataset, Uint32Array.from(here))];
  for (const index of newShares.keys()) {
    here = [...here, ...oldArrivals[index]!, ...newArrivals[index]!];
    states.push(selectParts(dataset, Uint32Array.from(here)));
  }
  return { partsAt: (arrival) => states[Math.max(0, arrival)]! };
}

/** A list cut into pieces as large as their weights say. */
function shared(list: readonly number[], weights: readonly number[]): number[][] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return weights.map((weight) => {
    const from = Math.round((before / total) * list.length);
    before += weight;
    return list.slice(from, Math.round((before / total) * list.length));
  });
}
