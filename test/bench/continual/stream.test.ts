import { describe, expect, it } from 'vitest';
import { readGarments } from '../../../main/demo/garments.ts';
import { partIdentities } from '../../../training/learning/identity.ts';
import { budgets, planOf, type Setting } from '../reconstruction/setting.ts';
import { makeWorld } from '../reconstruction/world.ts';
import { isOld, newShares, openStream, roundsPerArrival, streamRounds } from './stream.ts';

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
  const typesAt = (round: number) =>
    partIdentities(partsAt(round)).map((identity) => ({ type: typeOf.get(identity)! }));

  it('are old ones at first, new ones alone in the end, and all of them then', () => {
    for (const round of [-5, 0, 1, roundsPerArrival * 4]) expect(typesAt(round).every(isOld)).toBe(true);
    const before = typesAt(roundsPerArrival * 6).length;
    expect(typesAt(streamRounds).slice(before).some(isOld)).toBe(false);
    expect(typesAt(streamRounds)).toHaveLength(plant.dataset.count);
  });

  it('keep coming: nothing that was there goes, and nothing changes between two arrivals', () => {
    for (let round = 1; round <= streamRounds; round++) {
      const [now, before] = [partIdentities(partsAt(round)), partIdentities(partsAt(round - 1))];
      expect(now.slice(0, before.length)).toEqual(before);
      if ((round - 1) % roundsPerArrival !== 0) expect(now).toHaveLength(before.length);
    }
  });
});

it('the stream has thirty rounds', () => {
  expect(newShares.length * roundsPerArrival).toBe(30);
});
