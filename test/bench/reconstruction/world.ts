import { existsSync } from 'node:fs';
import { type Garment, readGarments } from '../../../main/demo/garments.ts';
import { measureProfile } from '../../../main/demo/gauge.ts';
import { createNoteWriter } from '../../../main/demo/note.ts';
import { seededRandom } from '../../../main/demo/random.ts';
import { dealOut } from '../../../main/demo/split.ts';
import { type TruePart, trueValues } from '../../../main/demo/true-parts.ts';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { valueSize } from '../../../protocol/shapes.ts';
import type { Dataset, Measurements } from '../../../training/learning/datasets.ts';
import { emptyTable, row } from '../../../training/learning/row-table.ts';
import type { SimulatedPlant } from '../simulate.ts';
import { completePlants, plantCount, type Setting } from './setting.ts';

/** Every eighth part of a plant is held out: no method sees it, in no modality. */
const heldOut = 8;
const modalities = ['camera', 'gauge', 'note'] as const;

export interface BenchPlant extends SimulatedPlant {
  readonly held: readonly string[];
  /** Garment types of the data set's parts. Only the label-aligned rival learns from them. */
  readonly types: readonly number[];
}

export interface HeldOutPart extends TruePart {
  /** Index of the plant it belongs to. */
  readonly plant: number;
}

/** The plants of one setting, and what judges them. */
export interface World {
  readonly plan: Plan;
  readonly plants: readonly BenchPlant[];
  /** The same parts, with the same gaps, in one place. */
  readonly pooled: BenchPlant;
  readonly test: readonly HeldOutPart[];
  /** Real images that no plant has. */
  readonly judgeGarments: readonly Garment[];
}

/** What is other in a world than the benchmark has it. */
export interface WorldChange {
  /** The instruments of each plant; those of {@link instruments} without it. */
  readonly instruments?: readonly (readonly string[])[];
  /** The parts that a plant trains on, made from those it would have; the held-out ones stay as they are. */
  own?(parts: readonly TruePart[], plant: number): readonly TruePart[];
}

const debianFolder = '/usr/share/datasets/fashion-mnist';

/** All 60,000 garments of Debian's `dataset-fashion-mnist` where it is installed, else the 10,000 bundled ones. */
export function readAllGarments(): Promise<Garment[]> {
  return existsSync(debianFolder) ? readGarments(debianFolder, 'train') : readGarments();
}

/** What each plant holds: three have everything, `missing` of the ten no camera, the rest no gauge or no note in turn. */
export function instruments(missing: number): string[][] {
  const withoutCamera = Math.round(missing * plantCount);
  return Array.from({ length: plantCount }, (_, plant) => {
    if (plant < completePlants) return [...modalities];
    const place = plant - completePlants;
    const lacking = place < withoutCamera ? 'camera' : place % 2 === withoutCamera % 2 ? 'gauge' : 'note';
    return modalities.filter((name) => name !== lacking);
  });
}

/** Deals the garments out and measures them; the same setting and change give the same world. */
export function makeWorld(
  plan: Plan,
  setting: Setting,
  garments: readonly Garment[],
  change: WorldChange = {},
): World {
  const { alpha, missing, seed, budget } = setting;
  const { judged, rest } = setAside(setting, garments);
  const inspect = createNoteWriter(garments, seed);
  const measure = (garment: Garment): TruePart => ({
    id: `${garment.number}`,
    garment: garment.number,
    type: garment.type,
    gauge: measureProfile(garment.pixels, seededRandom(`${seed}/gauge/${garment.number}`)),
    note: inspect(garment),
    measured: modalities,
    pixels: garment.pixels,
  });
  const perPlant = Math.floor(Math.min(budget.parts, rest.length) / plantCount);
  const random = seededRandom(`${seed}/bench/split`);
  const dealt = dealOut(rest, plantCount, perPlant, random, alpha).map((list) => list.map(measure));
  const own = dealt.map((parts) => parts.filter((_, place) => place % heldOut !== 0));
  const held = change.instruments ?? instruments(missing);
  const gapped = own
    .map((parts, plant) => parts.map((part) => ({ ...part, measured: held[plant]! })))
    .map((parts, plant) => change.own?.(parts, plant) ?? parts);
  return {
    plan,
    plants: gapped.map((parts, plant) => plantOf(plan, `plant ${plant + 1}`, parts)),
    pooled: plantOf(plan, 'pooled', gapped.flat()),
    // Every source set is judged on the same parts, so each of them has a note.
    test: dealt.flatMap((parts, plant) =>
      parts
        .filter(({ note }, place) => place % heldOut === 0 && note !== '')
        .map((part) => ({ ...part, plant })),
    ),
    judgeGarments: judged,
  };
}

/** The garments that only the judge sees, the same for every alpha and share of missing cameras, and all others. */
export function setAside(
  { seed, budget }: Setting,
  garments: readonly Garment[],
): { judged: readonly Garment[]; rest: readonly Garment[] } {
  const shuffled = seededRandom(`${seed}/bench/judge`).shuffled(garments);
  const count = Math.min(budget.judgeParts, Math.floor(garments.length / 5));
  return { judged: shuffled.slice(0, count), rest: shuffled.slice(count) };
}

/** The held-out parts as a data set that holds the modalities `held` only. */
export function testDataset({ plan, test }: World, held: readonly string[]): Dataset {
  return tabulate(
    plan,
    test.map((part) => ({ ...part, measured: held })),
  );
}

function plantOf(plan: Plan, name: string, parts: readonly TruePart[]): BenchPlant {
  const dataset = tabulate(plan, parts);
  return { name, dataset, held: Object.keys(dataset.modalities), types: parts.map(({ type }) => type) };
}

/** Parts as the product's import would have encoded them. An empty note is a missing one. */
function tabulate(plan: Plan, parts: readonly TruePart[]): Dataset {
  const tables: Record<string, Measurements> = {};
  for (const name of modalities) {
    const present = Float32Array.from(parts, ({ measured, note }) =>
      measured.includes(name) && (name !== 'note' || note !== '') ? 1 : 0,
    );
    if (!present.includes(1)) continue;
    const values = emptyTable(parts.length, valueSize(modalityOf(plan, name)));
    for (const [place, part] of parts.entries())
      if (present[place] === 1) row(values, place).set(trueValues(plan, name, part));
    tables[name] = { values, present };
  }
  return { count: parts.length, modalities: tables };
}

/** The plants that hold the camera and all of `sources`: only they can learn one from the other by themselves. */
export function ableTo({ plants }: World, sources: readonly string[] = []): BenchPlant[] {
  return plants.filter(({ held }) => ['camera', ...sources].every((name) => held.includes(name)));
}
