import { beforeAll, describe, expect, it } from 'vitest';
import { readGarments } from '../../../main/demo/garments.ts';
import { gaugeLength } from '../../../main/demo/gauge.ts';
import { type Random, seededRandom } from '../../../main/demo/random.ts';
import { budgets, planOf, type Setting } from '../reconstruction/setting.ts';
import { type HeldOutPart, makeWorld, type World } from '../reconstruction/world.ts';
import { type Fault, faults } from './faults.ts';
import { drifting, lost, spiking, stuck } from './gauge-faults.ts';
import { blurred, glaring, rotated } from './image-faults.ts';
import { swappedNotes } from './note-faults.ts';

const setting: Setting = {
  alpha: 1,
  missing: 0.3,
  seed: 1,
  budget: { ...budgets.quick, parts: 500, judgeParts: 50 },
};
const garments = (await readGarments()).slice(0, 600);
const plan = await planOf(setting);
let world: World;
beforeAll(() => {
  world = makeWorld(plan, setting, garments);
});

const named = (name: string): Fault => faults.find((fault) => fault.name === name)!;
const random = (name = 'test'): Random => seededRandom(name);
const trained = (name: string) => makeWorld(plan, setting, garments, named(name).train!(1));

describe('a faulty gauge', () => {
  const profile = Array.from({ length: gaugeLength }, (_, channel) => channel / 2);
  const changed = (read: readonly number[]) =>
    profile.flatMap((width, at) => (read[at] === width ? [] : [at]));

  it('that is stuck shows one value in neighbouring channels, whatever is measured', () => {
    const gauge = stuck(8, random());
    const [one, other] = [gauge(profile, 0), gauge([...profile].reverse(), 1)];
    const places = changed(one);
    expect(places.length).toBeGreaterThanOrEqual(7);
    expect(places.at(-1)! - places[0]!).toBeLessThan(8);
    expect(new Set(places.map((at) => one[at])).size).toBe(1);
    expect(places.map((at) => other[at])).toEqual(places.map((at) => one[at]));
  });

  it('that lost channels shows 0 there', () => {
    const full = new Array<number>(gaugeLength).fill(10);
    expect(lost(14, random())(full, 0).filter((width) => width === 0)).toHaveLength(14);
  });

  it('that drifts is right at first and reads too much in the end, inside its range', () => {
    const gauge = drifting(6, 0.3);
    expect(gauge(profile, 0)).toEqual(profile);
    expect(gauge(profile, 1)[10]).toBeCloseTo(5 * 1.3 + 6, 9);
    expect(gauge([56], 1)).toEqual([56]);
  });

  it('that spikes is wrong in about as many readings as it says', () => {
    const gauge = spiking(0.05, random());
    const wrong = Array.from({ length: 200 }, () => changed(gauge(profile, 0)).length);
    const share = wrong.reduce((a, b) => a + b) / (200 * gaugeLength);
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.06);
  });
});

describe('a faulty camera', () => {
  const dot = new Uint8Array(784);
  dot[10 * 28 + 14] = 255;
  const sum = (pixels: Uint8Array) => pixels.reduce((total, value) => total + value, 0);

  it('out of focus spreads light without making any', () => {
    const image = blurred(1.5)(dot, random());
    expect(image[10 * 28 + 14]).toBeLessThan(30);
    expect(image[10 * 28 + 15]).toBeGreaterThan(5);
    expect(sum(image)).toBeLessThanOrEqual(255);
    expect(sum(image)).toBeGreaterThan(190);
  });

  it('mounted askew turns the picture about its middle', () => {
    expect(rotated(0)(dot, random())).toEqual(dot);
    const quarter: Random = { ...random(), uniform: () => 1 };
    const image = rotated(90)(dot, quarter);
    // The dot lies 3.5 pixels above the middle and ½ to its right; turned, it lies as far to one side.
    expect([...image.entries()].filter(([, value]) => value > 100).map(([at]) => at)).toEqual([14 * 28 + 17]);
  });

  it('with a lamp in the picture shows a white spot and nothing darker', () => {
    const black = new Uint8Array(784);
    const middle: Random = { ...random(), uniform: () => 0.5 };
    const image = glaring(5)(black, middle);
    expect(image[14 * 28 + 14]).toBe(255);
    expect(image[14 * 28 + 19]).toBeGreaterThan(120);
    expect(image[14 * 28 + 19]).toBeLessThan(135);
    expect(glaring(5)(dot, middle)[10 * 28 + 14]).toBe(255);
  });
});

describe('wrong notes', () => {
  it('are of parts of other types, in about as many parts as it says', () => {
    const wrong = swappedNotes(world.test, 0.5, random());
    const changed = world.test.flatMap((part, place) => (part.note === wrong[place]!.note ? [] : [place]));
    expect(changed.length / world.test.length).toBeGreaterThan(0.35);
    expect(changed.length / world.test.length).toBeLessThan(0.65);
    for (const place of changed) {
      const givers = world.test.filter(({ note }) => note === wrong[place]!.note);
      expect(givers.some(({ type }) => type !== world.test[place]!.type)).toBe(true);
    }
    expect(swappedNotes(world.test, 0, random())).toEqual(world.test);
  });
});

describe.each(faults.filter(({ inspect }) => inspect).map((fault) => [fault.name, fault] as const))(
  '%s',
  (_, { inspect, sources }) => {
    it('touches what it says and nothing else, the same way for the same seed', () => {
      const faulty = inspect!(world.test, random());
      expect(inspect!(world.test, random())).toEqual(faulty);
      const touched = sources[0] as 'gauge' | 'note';
      expect(faulty.some((part, place) => part[touched] !== world.test[place]![touched])).toBe(true);
      const rest = ({ gauge: _gauge, note: _note, ...others }: HeldOutPart) => others;
      expect(faulty.map(rest)).toEqual(world.test.map(rest));
      const other = touched === 'gauge' ? 'note' : 'gauge';
      expect(faulty.map((part) => part[other])).toEqual(world.test.map((part) => part[other]));
    });
  },
);

describe('a world with a fault in training', () => {
  it.each(faults.filter(({ train }) => train).map(({ name }) => name))(
    '%s: has the clean world’s held-out parts',
    (name) => {
      const faulty = trained(name);
      expect(faulty.test).toEqual(world.test);
      expect(faulty.pooled.dataset).not.toEqual(world.pooled.dataset);
    },
  );

  it('shows faulty images to every second plant alone', () => {
    const faulty = trained('images with glare');
    const same = world.plants.map(
      ({ dataset }, plant) =>
        `${dataset.modalities.camera?.values.data}` ===
        `${faulty.plants[plant]!.dataset.modalities.camera?.values.data}`,
    );
    expect(same.slice(0, 3)).toEqual([false, true, false]);
    expect(faulty.plants.map(({ dataset }) => dataset.modalities.gauge)).toEqual(
      world.plants.map(({ dataset }) => dataset.modalities.gauge),
    );
  });

  it('has as many complete plants, and as large ones, as it says', () => {
    const complete = (name: string) => trained(name).plants.filter(({ held }) => held.length === 3).length;
    expect(complete('one complete plant')).toBe(1);
    expect(complete('no complete plant')).toBe(0);
    expect(trained('a plant with 20 parts').plants.map(({ dataset }) => dataset.count === 20)).toEqual([
      true,
      ...new Array(9).fill(false),
    ]);
  });

  it('holds no camera beside a gauge where a bridge is needed, and the plan allows one', () => {
    const { plants } = trained('no plant with camera and gauge');
    expect(plants.some(({ held }) => held.includes('camera') && held.includes('gauge'))).toBe(false);
    expect(named('no plant with camera and gauge').plan!(plan).reconstruction.bridges).toBe(true);
  });

  it('has no part of a type that no plant has seen, and judges by nothing else', () => {
    const fault = named('a type that no plant has seen');
    const judged = world.test.filter((part) => fault.judged.includes(part));
    const types = new Set(judged.map(({ type }) => type));
    expect(types.size).toBe(1);
    expect(trained(fault.name).pooled.types.some((type) => types.has(type))).toBe(false);
  });
});
