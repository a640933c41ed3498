import { unscaleSignal } from '../../protocol/kinds/scaling.ts';
import { type Modality, modalityOf } from '../../protocol/plan.ts';
import { wordsOf } from '../cells/words.ts';
import { has, heldModalities, partsWith } from '../learning/dataset.ts';
import { row } from '../learning/table.ts';
import { mean, quantile } from '../measures/statistics.ts';
import type { Inventory, InventoryEntry } from './facts.ts';
import { type PlantParts, shownPart, spread } from './show.ts';

const examplesShown = 6;
const wordsShown = 12;
/** A profile is drawn a few hundred pixels wide, from a sample of the parts. */
const profileParts = 400;

/** Counts what a plant's parts have and lack, by modality, by pair and as a whole, with examples to look at. */
export function takeInventory(given: PlantParts): Inventory {
  const { plan, dataset } = given;
  const held = heldModalities(plan, dataset);
  const pairs = held.flatMap((one, index) =>
    held.slice(index + 1).map((other) => ({ one, other, parts: partsWith(dataset, one, other).length })),
  );
  return {
    parts: dataset.count,
    complete: held.length === 0 ? 0 : partsWith(dataset, ...held).length,
    paired: partsWith(dataset).filter((part) => held.filter((name) => has(dataset, name, part)).length > 1)
      .length,
    modalities: plan.modalities.map((modality) => entryOf(given, modality)),
    pairs,
  };
}

function entryOf(given: PlantParts, { name, kind }: Modality): InventoryEntry {
  const { dataset } = given;
  const parts = dataset.modalities[name] ? partsWith(dataset, name) : new Uint32Array(0);
  return {
    name,
    present: parts.length,
    missing: dataset.count - parts.length,
    shown: spread(parts, examplesShown).map((part) => shownPart(given, name, part)),
    ...(kind === 'signal' && parts.length > 0 && { profile: profileOf(given, name, parts) }),
    ...(kind === 'text' && parts.length > 0 && { words: frequentWords(given, name, parts) }),
  };
}

function profileOf({ plan, dataset }: PlantParts, name: string, parts: Uint32Array) {
  const modality = modalityOf(plan, name);
  if (modality.kind !== 'signal') return [];
  const rows = spread(parts, profileParts).map((part) =>
    unscaleSignal(modality, row(dataset.modalities[name]!.values, part)),
  );
  return Array.from({ length: modality.length }, (_, place) => {
    const values = rows.map((values) => values[place]!);
    const [low, high] = [quantile(values, 0.05), quantile(values, 0.95)];
    return { low: rounded(low), mean: rounded(mean(values)), high: rounded(high) };
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

function frequentWords({ plan, records }: PlantParts, name: string, parts: Uint32Array) {
  const modality = modalityOf(plan, name);
  const counts = new Map<string, number>();
  for (const part of parts) {
    const text = records[part]?.values[name];
    if (typeof text !== 'string' || modality.kind !== 'text') continue;
    for (const word of new Set(wordsOf(text, modality.maxWords)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, wordsShown)
    .map(([word, count]) => ({ word, parts: count }));
}
