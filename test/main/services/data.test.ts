import { expect, it } from 'vitest';
import { dataInUse } from '../../../main/services/data-view.ts';
import { openStore } from '../../../main/store/store.ts';
import { readDatasets } from '../../../training/learning/datasets.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writePlant } from '../support/plants.ts';
import { promisedFolder } from '../support/promised.ts';
import { planWith } from '../support/reviewed.ts';
import { importFolder, openWorkstation } from '../support/workstation.ts';

/** What the store holds of the parts of an import, by their names: what is listed, and what models read. */
async function heldIn(folder: string, prefix: string) {
  const store = await openStore(folder);
  const held = new Map<string, { measured: unknown; present: string[]; gauge: number[] }>();
  const { datasets, parts } = await dataInUse(store);
  const { modalities } = await readDatasets(planWith(), datasets);
  for (const [row, id] of parts.entries()) {
    const { name } = store.parts.get(id)!;
    if (!name.startsWith(prefix)) continue;
    const present = ['camera', 'gauge', 'note'].filter((one) => modalities[one]?.present[row] === 1);
    const gauge = Array.from(modalities.gauge!.values.data.subarray(row * 4, row * 4 + 4));
    held.set(name, { measured: Object.fromEntries(store.parts.measurements(id)), present, gauge });
  }
  store.close();
  return held;
}

it('of a part that is imported again, what the new file leaves out stays', async () => {
  const folder = await promisedFolder(temporaryFolder(), 4);
  const first = await openWorkstation(folder);
  await importFolder(first, await writePlant(temporaryFolder(), ['gauge', 'note'], 12, 'Q'));
  await first.close();
  const before = await heldIn(folder, 'Q');

  // The camera comes later, for two of three parts, and for a new one.
  const later = await openWorkstation(folder);
  const images = await writePlant(temporaryFolder(), ['camera'], 14, 'Q', 3);
  const { data } = await importFolder(later, images);
  expect(data.parts).toBe(4 + 13);
  await later.close();

  const after = await heldIn(folder, 'Q');
  expect(after.size).toBe(13);
  for (const [name, { measured, present, gauge }] of after) {
    const old = before.get(name);
    const hasCamera = Number(name.slice(1)) % 3 !== 0;
    expect(present).toEqual([...(hasCamera ? ['camera'] : []), ...(old ? ['gauge', 'note'] : [])]);
    expect(Object.keys(measured as object).sort()).toEqual(present);
    if (old)
      expect({ measured, gauge }).toMatchObject({ measured: old.measured as object, gauge: old.gauge });
  }
});
