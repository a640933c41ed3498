import { seededRandom } from '../../../main/demo/random.ts';
import type { Suspicion } from '../../../training/confidence/suspicion.ts';
import type { SourceSet } from '../reconstruction/setting.ts';
import type { HeldOutPart } from '../reconstruction/world.ts';
import { faults } from '../robustness/faults.ts';
import { noveltyType, outsidePlant, type TrustWorld } from './world.ts';

/** Parts to judge, and which of them no method can know. */
export interface Population {
  readonly name: string;
  /** Source sets that it is asked of. */
  readonly sources: readonly SourceSet[];
  readonly parts: readonly HeldOutPart[];
  readonly strange: readonly boolean[];
  /** Whether a suspicion names the fault, where there is one. */
  names?(suspicion: Suspicion): boolean;
}

/** A faulty gauge measures what it never did; a wrong note is a good note, of another part. */
const namedBy: Readonly<Record<string, (suspicion: Suspicion) => boolean>> = {
  gauge: (one) => one.kind === 'strange' && one.source === 'gauge',
  note: (one) => one.kind === 'contradiction' || one.source === 'note',
};

const everySource: readonly SourceSet[] = ['gauge', 'note', 'both'];

/** Faults in inspection; of the shares of wrong notes one. */
const inspected = faults.filter(({ inspect, name }) => inspect && !/^note (5|50) %/.test(name));

/** All tests of a world. With a novelty: its test, in which a garment type is new. Without: by plants, and with faults. */
export function populationsOf(world: TrustWorld, novelty: boolean, seed: number): Population[] {
  const { test } = world;
  if (novelty)
    return [
      {
        name: 'with a garment type that no plant has learned',
        sources: everySource,
        parts: test,
        strange: test.map(({ type }) => type === noveltyType),
      },
    ];
  const cameras = new Set(
    world.learning.filter(({ measured }) => measured.includes('camera')).map((part) => part.plant),
  );
  const byPlant = (name: string, isIn: (plant: number) => boolean): Population => {
    const parts = test.filter(({ plant }) => isIn(plant));
    return { name, sources: everySource, parts, strange: parts.map(() => false) };
  };
  return [
    byPlant('all', () => true),
    byPlant('of plants with a camera', (plant) => cameras.has(plant)),
    byPlant('of plants without one', (plant) => !cameras.has(plant) && plant !== outsidePlant),
    byPlant('of a plant outside the federation', (plant) => plant === outsidePlant),
    ...inspected.map(({ name, sources, inspect }): Population => {
      const half = test.filter((_, place) => place % 2 === 0);
      const faulty = inspect!(half, seededRandom(`${seed}/trust/${name}`));
      const clean = test.filter((_, place) => place % 2 === 1);
      return {
        ...{ name: `half with ${name}`, sources, parts: [...faulty, ...clean] },
        names: namedBy[name.split(' ')[0]!]!,
        strange: [...faulty.map((part, place) => part !== half[place]), ...clean.map(() => false)],
      };
    }),
  ];
}
