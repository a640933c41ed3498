import { garmentTypes } from '../../../main/demo/garments.ts';
import type { Random } from '../../../main/demo/random.ts';
import { seededRandom } from '../../../main/demo/random.ts';
import type { TruePart } from '../../../main/demo/true-parts.ts';
import type { Plan } from '../../../protocol/plan.ts';
import { plantCount, type SourceSet, sourceSetNames } from '../reconstruction/setting.ts';
import type { HeldOutPart, WorldChange } from '../reconstruction/world.ts';
import { drifting, type FaultyGauge, lost, spiking, stuck } from './gauge-faults.ts';
import { blurred, type FaultyCamera, glaring, rotated } from './image-faults.ts';
import { swappedNotes } from './note-faults.ts';

/** Which held-out parts a fault is judged by. */
export interface Judged {
  readonly name: string;
  includes(part: HeldOutPart): boolean;
}

/** Something that goes wrong, in inspection or in training, and where it shows. */
export interface Fault {
  readonly name: string;
  /** One line for a reader of the table. */
  readonly about: string;
  /** The source sets whose reconstructions it touches. */
  readonly sources: readonly SourceSet[];
  readonly judged: Judged;
  /** In inspection: what is measured of the held-out parts. Every model is the clean world's. */
  readonly inspect?: (parts: readonly HeldOutPart[], random: Random) => readonly HeldOutPart[];
  /** In inspection: the source set that is left, where a measurement is missing altogether. */
  readonly left?: SourceSet;
  /** In training: another world, in which every method is trained anew. */
  readonly train?: (seed: number) => WorldChange;
  /** What the plan says in that world. */
  readonly plan?: (plan: Plan) => Plan;
}

const everyPart: Judged = { name: 'all', includes: () => true };
const withGauge: readonly SourceSet[] = ['gauge', 'both'];
const withNote: readonly SourceSet[] = ['note', 'both'];
const bag = garmentTypes.indexOf('bag');
/** The plant that has few parts: a complete one. */
const smallPlant = 0;
const fewParts = 20;

/** Every fault, in the order of the table. */
export const faults: readonly Fault[] = [
  gaugeFault('gauge stuck', '8 neighbouring channels of 56 show one value', (random) => stuck(8, random)),
  gaugeFault('gauge drifting', 'zero point +6 mm and gain +30 % by the end', () => drifting(6, 0.3)),
  gaugeFault('gauge spiking', '5 % of the readings are anything', (random) => spiking(0.05, random)),
  gaugeFault('gauge channels lost', '14 neighbouring channels of 56 show 0', (random) => lost(14, random)),
  missing('gauge missing', 'no gauge at all, the note is left', 'note'),
  ...[5, 20, 50].map((percent) =>
    noteFault(`note ${percent} % wrong`, percent / 100, 'of the notes are of a part of another type'),
  ),
  missing('note empty', 'no note at all, the gauge is left', 'gauge'),
  imageFault('images blurred', 'are out of focus (σ 1.5 pixels)', blurred(1.5)),
  imageFault('images rotated', 'are turned by up to 25°', rotated(25)),
  imageFault('images with glare', 'have a white spot of radius 5 pixels', glaring(5)),
  training('notes 20 % wrong in training', 'at every plant, 20 % are of a part of another type', {
    own: (parts, random) => swappedNotes(parts, 0.2, random),
  }),
  {
    ...training('a plant with 20 parts', 'a complete plant has 20 parts; judged on its own kind of parts', {
      own: (parts, _, plant) => (plant === smallPlant ? parts.slice(0, fewParts) : parts),
    }),
    judged: { name: 'of the plant with 20 parts', includes: ({ plant }) => plant === smallPlant },
  },
  training('one complete plant', 'one of ten plants is complete, nine lack one instrument each in turn', {
    instruments: lackingInTurn(1),
  }),
  training('no complete plant', 'every plant lacks one instrument, every pair is held somewhere', {
    instruments: lackingInTurn(0),
  }),
  {
    ...training(
      'no plant with camera and gauge',
      'five have camera and note, five gauge and note: a bridge',
      {
        instruments: everyPlant((plant) => (plant % 2 === 0 ? ['camera', 'note'] : ['gauge', 'note'])),
      },
    ),
    plan: (plan) => ({ ...plan, reconstruction: { ...plan.reconstruction, bridges: true } }),
  },
  {
    ...training('a type that no plant has seen', 'trained without bags, judged on bags', {
      own: (parts) => parts.filter(({ type }) => type !== bag),
    }),
    judged: { name: 'bags', includes: ({ type }) => type === bag },
  },
];

/** The parts that some fault is judged by, each once. */
export const judgedParts: readonly Judged[] = [
  ...new Map(faults.map(({ judged }) => [judged.name, judged])).values(),
];

/** A fault of the gauges of all plants, each with a fault of its own. */
function gaugeFault(name: string, about: string, break_: (random: Random) => FaultyGauge): Fault {
  return {
    name,
    about,
    sources: withGauge,
    judged: everyPart,
    inspect(parts, random) {
      const gauges = everyPlant(() => break_(random));
      const counts = everyPlant((plant) => parts.filter((part) => part.plant === plant).length);
      const seen = everyPlant(() => 0);
      return parts.map((part) => {
        const time = seen[part.plant]!++ / Math.max(1, counts[part.plant]! - 1);
        return { ...part, gauge: gauges[part.plant]!(part.gauge, time) };
      });
    },
  };
}

function noteFault(name: string, share: number, about: string): Fault {
  return {
    name,
    about: `${100 * share} % ${about}`,
    sources: withNote,
    judged: everyPart,
    inspect: (parts, random) => swappedNotes(parts, share, random),
  };
}

function missing(name: string, about: string, left: SourceSet): Fault {
  return { name, about, sources: ['both'], judged: everyPart, left };
}

/** A fault of the camera of every second plant while they learn. The camera is what is reconstructed: it is no source. */
function imageFault(name: string, about: string, camera: FaultyCamera): Fault {
  return training(name, `while learning, every second plant's images ${about}`, {
    own: (parts, random, plant) =>
      plant % 2 === 1 ? parts : parts.map((part) => ({ ...part, pixels: camera(part.pixels, random) })),
  });
}

interface TrainingChange {
  readonly instruments?: readonly (readonly string[])[];
  own?(parts: readonly TruePart[], random: Random, plant: number): readonly TruePart[];
}

function training(name: string, about: string, { instruments, own }: TrainingChange): Fault {
  return {
    name,
    about,
    sources: sourceSetNames,
    judged: everyPart,
    train: (seed) => ({
      ...(instruments && { instruments }),
      ...(own && {
        own: (parts, plant) => own(parts, seededRandom(`${seed}/robustness/${name}/${plant}`), plant),
      }),
    }),
  };
}

/** Instruments of ten plants of which the first `complete` have all and the rest lack one in turn. */
function lackingInTurn(complete: number): string[][] {
  const all = ['camera', 'gauge', 'note'];
  return everyPlant((plant) =>
    plant < complete ? all : all.filter((_, place) => place !== (plant - complete) % all.length),
  );
}

function everyPlant<T>(make: (plant: number) => T): T[] {
  return Array.from({ length: plantCount }, (_, plant) => make(plant));
}
