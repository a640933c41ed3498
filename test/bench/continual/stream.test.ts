import { describe, expect, it } from 'vitest';
import { readGarments } from '../../../main/demo/garments.ts';
import { partIdentities } from '../../../training/learning/identity.ts';
import { budgets, planOf, type Setting } from '../reconstruction/setting.ts';
import { makeWorld } from '../reconstruction/world.ts';
import { arrivals, isOld, newShareOf, openStream } from './stream.ts';

const setting: Setting = {
  alpha: 1,
  missing: 0.3,
  seed: 1,
  budget: { ...budgets.quick, parts: 1000, judgeParts: 100 },
};
const { plants } = makeWorld(await planOf(setting), setting, (await readGarments()).slice(0, 1200));

describe.each(plants.map((plant) => [plant.name, plant] as const))('the parts of %s', (_, plant) => {
  const { partsAt } = openStream(plant, 1);
  const typeOf = new Map(
    partIdentities(plant.dataset).map((identity, part) => [identity, plant.types[part]!]),
  );
  const typesAt = (arrival: number) =>
    partIdentities(partsAt(arrival)).map((identity) => ({ type: typeOf.get(identity)! }));

  it('are old ones at first, new ones alone in the end, and all of them then', () => {
    for (const arrival of [-5, 0, 1, 4]) expect(typesAt(arrival).every(isOld)).toBe(true);
    const before = typesAt(6).length;
    expect(typesAt(arrivals).slice(before).some(isOld)).toBe(false);
    expect(typesAt(arrivals)).toHaveLength(plant.dataset.count);
  });

  it('keep coming: nothing that was there goes', () => {
    for (let arrival = 1; arrival <= arrivals; arrival++) {
      const [now, before] = [arrival, arrival - 1].map((at) => partIdentities(partsAt(at)));
      expect(now!.slice(0, before!.length)).toEqual(before);
    }
  });
});

it('the old types are all there is in the first arrivals, and gone in the last', () => {
  expect(newShareOf(1)).toBe(0);
  expect(newShareOf(arrivals)).toBe(1);
});
