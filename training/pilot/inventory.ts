import type { Modality } from '../../protocol/plan.ts';
import { trainingKind } from '../kinds/index.ts';
import { has, heldModalities, partsWith } from '../learning/datasets.ts';
import { spread } from '../measures/spread.ts';
import type { Inventory, InventoryEntry } from './pilot-facts.ts';
import { measuredParts, type PlantParts, shownPart } from './show.ts';

const examplesShown = 6;

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

function entryOf(given: PlantParts, modality: Modality): InventoryEntry {
  const { name } = modality;
  const measured = measuredParts(given, modality);
  const parts = measured?.parts ?? [];
  return {
    name,
    present: parts.length,
    missing: given.dataset.count - parts.length,
    shown: spread(parts, examplesShown).map((part) => shownPart(given, name, part)),
    ...(measured && parts.length > 0 && trainingKind(modality).summary(measured)),
  };
}
