import { beforeAll, describe, expect, it } from 'vitest';
import { type Garment, readGarments } from '../../../main/demo/garments.ts';
import { budgets, planOf, type Setting } from './setting.ts';
import { instruments, makeWorld, testDataset, type World } from './world.ts';

const setting: Setting = {
  alpha: 0.1,
  missing: 0.3,
  seed: 1,
  budget: { ...budgets.quick, parts: 600, judgeParts: 100 },
};
let garments: Garment[];
let world: World;

beforeAll(async () => {
  garments = (await readGarments()).slice(0, 1000);
  world = makeWorld(await planOf(setting), setting, garments);
});

describe('the instruments of ten plants', () => {
  const lacking = (missing: number, name: string) =>
    instruments(missing).filter((held) => !held.includes(name)).length;

  it('leave three complete, three without the camera, two without the gauge, two without the note', () => {
    expect(instruments(0.3).filter((held) => held.length === 3)).toHaveLength(3);
    expect(['camera', 'gauge', 'note'].map((name) => lacking(0.3, name))).toEqual([3, 2, 2]);
  });

  it.each([0.3, 0.5, 0.7])('leave a share of %d without a camera', (missing) => {
    expect(lacking(missing, 'camera')).toBe(10 * missing);
    expect(instruments(missing).every((held) => held.length >= 2)).toBe(true);
  });
});

describe('the world of a setting', () => {
  it('holds the test images and the judge’s back from all plants', () => {
    const key = (values: ArrayLike<number>) => Array.from(values, (value) => value.toFixed(4)).join();
    const seen = new Set<string>();
    for (const { dataset } of [...world.plants, world.pooled]) {
      const camera = dataset.modalities.camera;
      for (let part = 0; camera && part < dataset.count; part++)
        if (camera.present[part] === 1)
          seen.add(key(camera.values.data.subarray(part * 784, (part + 1) * 784)));
    }
    expect(seen.size).toBeGreaterThan(300);
    const held = [...world.test, ...world.judgeGarments].map(({ pixels }) =>
      key(Float32Array.from(pixels, (value) => value / 255)),
    );
    expect(held.filter((image) => seen.has(image))).toEqual([]);
    const judged = new Set(world.judgeGarments.map(({ number }) => number));
    expect(world.test.filter(({ garment }) => judged.has(garment))).toEqual([]);
  });

  it('gives no plant a value of an instrument that it lacks', () => {
    expect(world.plants.map(({ held }) => [...held])).toEqual(instruments(0.3));
  });

  it('pools the plants’ parts with their gaps', () => {
    const count = (name: string) =>
      world.plants.reduce(
        (sum, { dataset }) => sum + (dataset.modalities[name]?.present.reduce((a, b) => a + b) ?? 0),
        0,
      );
    for (const name of ['camera', 'gauge', 'note'])
      expect(world.pooled.dataset.modalities[name]!.present.reduce((a, b) => a + b)).toBe(count(name));
  });

  it('asks about the same parts from every source', () => {
    for (const name of ['gauge', 'note', 'camera'])
      expect(testDataset(world, [name]).modalities[name]!.present).toEqual(
        new Float32Array(world.test.length).fill(1),
      );
    expect(Object.keys(testDataset(world, ['gauge']).modalities)).toEqual(['gauge']);
  });

  it('is the same for the same seed and another for another', async () => {
    const again = makeWorld(world.plan, setting, garments);
    expect(again.pooled.dataset).toEqual(world.pooled.dataset);
    const other = makeWorld(world.plan, { ...setting, seed: 2 }, garments);
    expect(other.test.map(({ id }) => id)).not.toEqual(world.test.map(({ id }) => id));
  });

  it('deals types out less evenly the smaller alpha is', () => {
    const unevenness = (alpha: number) => {
      const { plants } = makeWorld(world.plan, { ...setting, alpha }, garments);
      const shares = plants.map(({ types }) =>
        Math.max(
          ...[...new Set(types)].map((type) => types.filter((one) => one === type).length / types.length),
        ),
      );
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    };
    expect(unevenness(0.1)).toBeGreaterThan(unevenness(100) + 0.2);
  });
});
