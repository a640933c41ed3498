import { type Garment, garmentTypes } from '../../../main/demo/garments.ts';
import type { Plan } from '../../../protocol/plan.ts';
import type { Setting } from '../reconstruction/setting.ts';
import { type BenchPlant, type HeldOutPart, makeWorld, type World } from '../reconstruction/world.ts';

/** The garment type that is taken from every plant in the world with a novelty. */
export const noveltyType = garmentTypes.indexOf('bag');
/** A plant without a camera that takes no part in learning and calibration. */
export const outsidePlant = 7;
/** Every so many of a plant's parts calibrate: no method learns from them. */
const calibrating = 5;

/** Ten plants of which one is outside the federation, with parts set aside to calibrate on. */
export interface TrustWorld extends World {
  /** The plants that learn. */
  readonly plants: readonly BenchPlant[];
  /** What the plants learn from, and what they calibrate on, with what each has measured. */
  readonly learning: readonly HeldOutPart[];
  readonly calibration: readonly HeldOutPart[];
}

/** @param novelty whether a garment type is kept from learning and calibration, to be met in the test alone */
export function makeTrustWorld(
  plan: Plan,
  setting: Setting,
  garments: readonly Garment[],
  novelty: boolean,
): TrustWorld {
  const learning: HeldOutPart[] = [];
  const calibration: HeldOutPart[] = [];
  const world = makeWorld(plan, setting, garments, {
    own(parts, plant) {
      const known = novelty ? parts.filter(({ type }) => type !== noveltyType) : parts;
      const sets = (place: number) => (place % calibrating === 0 ? calibration : learning);
      if (plant !== outsidePlant)
        for (const [place, part] of known.entries()) sets(place).push({ ...part, plant });
      return known.filter((_, place) => place % calibrating !== 0);
    },
  });
  return {
    ...world,
    plants: world.plants.filter((_, plant) => plant !== outsidePlant),
    learning,
    calibration,
  };
}
