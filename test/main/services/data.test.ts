import { expect, it } from 'vitest';
import { openStore } from '../../../main/store/store.ts';
import { openTensorFile } from '../../../main/store/tensor-file.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writePlant } from '../support/plants.ts';
import { promisedFolder } from '../support/promised.ts';
import { importFolder, openWorkstation } from '../support/workstation.ts';

/** What the store holds of the parts of an import, by their names: what is listed, and what models read. */
async function heldIn(folder: string, prefix: string) {
  const store = await openStore(folder);
  const held = new Map<string, { measured: unknown; present: string[]; gauge: number[] }>();
  for (const id of store.datasets.partsByRow()) {
    const part = id === undefined ? undefined : store.datasets.part(id);
    if (!part?.name.startsWith(prefix)) continue;
    const { file } = store.datasets.active().find((dataset) => dataset.id === part.dataset)!;
    const tensors = await openTensorFile(store.files.path(file));
    const read = async (name: string) => Array.from(await tensors.read(name, part.position, 1));
    const present: string[] = [];
    for (const name of ['camera', 'gauge', 'note'])
      if ((await read(`${name}/present`))[0] === 1) present.push(name);
    const measured = Object.fromEntries(store.datasets.measurements(part.id));
    held.set(part.name, { measured, present, gauge: await read('gauge/values') });
    await tensors.close();
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
