import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePicture } from '../pictures/picture.ts';
import { type Garment, greyValues, readGarments, side } from './garments.ts';
import { gaugeLength, measureProfile } from './gauge.ts';
import { createNoteWriter } from './note.ts';
import { type Random, seededRandom } from './random.ts';
import { dealOut } from './split.ts';
import type { TruePartRecord, TruthFile } from './true-parts.ts';

/** Plant of the demonstration: a real folder of images and a CSV, and apart from it the truth. */
export interface DemoPlant {
  readonly name: string;
  /** Folder with `parts.csv` and, with a camera, `images/`. */
  readonly folder: string;
  /** Modalities of the demonstration plan that the plant measures. */
  readonly has: readonly string[];
  /** File with all modalities of every part (`truth.ts`); for judging only. */
  readonly truth: string;
}

interface DemoPlantOptions {
  /**
   * Seed of the data. The default is the first for which Osaka, the only plant with all three modalities, has at least
   * 20 garments of every type: what nobody measures together, nobody can learn.
   */
  readonly seed?: number;
  /** Number of parts a plant, about; all 10,000 garments by default. */
  readonly partsPerPlant?: number;
}

/** A plant's instruments and the habits of its spreadsheet. */
interface PlantProfile {
  readonly name: string;
  readonly has: readonly ('camera' | 'gauge' | 'note')[];
  /** Share of parts without an image although the plant has a camera: what a model of its own can be judged by. */
  readonly imagesLost: number;
  readonly delimiter: ',' | ';';
  readonly byteOrderMark: boolean;
  /** Form of the profile in the CSV: in one cell, or a column a value. */
  readonly gauge: 'cell' | 'columns';
}

const profiles: readonly PlantProfile[] = [
  {
    name: 'Osaka',
    has: ['camera', 'gauge', 'note'],
    imagesLost: 0.1,
    delimiter: ',',
    byteOrderMark: true,
    gauge: 'cell',
  },
  {
    name: 'Hanoi',
    has: ['gauge', 'note'],
    imagesLost: 0,
    delimiter: ',',
    byteOrderMark: false,
    gauge: 'columns',
  },
  {
    name: 'Porto',
    has: ['camera', 'note'],
    imagesLost: 0,
    delimiter: ';',
    byteOrderMark: false,
    gauge: 'cell',
  },
];

const defaults = { seed: 16, partsPerPlant: 3333 };
const writesAtOnce = 64;

/**
 * Writes the three apparel plants into `folder`: one folder each, and `truth/` beside them. Every garment belongs
 * to exactly one plant; types are dealt out unevenly (`split.ts`). The same options give the same bytes.
 */
export async function writeDemoPlants(folder: string, options: DemoPlantOptions = {}): Promise<DemoPlant[]> {
  const { seed, partsPerPlant } = { ...defaults, ...options };
  const garments = await readGarments();
  const inspect = createNoteWriter(garments, seed);
  const dealt = dealOut(garments, profiles.length, partsPerPlant, seededRandom(`${seed}/split`));
  await mkdir(join(folder, 'truth'), { recursive: true });
  return Promise.all(
    profiles.map(async (profile, index) => {
      const random = seededRandom(`${seed}/plant/${profile.name}`);
      const parts = dealt[index]!.map((garment, order) =>
        measurePart(profile, garment, order, inspect(garment), seed, random),
      );
      const plantFolder = join(folder, profile.name.toLowerCase());
      await mkdir(plantFolder, { recursive: true });
      await writeImages(plantFolder, parts, garments);
      await writeFile(join(plantFolder, 'parts.csv'), manifest(profile, parts));
      const truth = join(folder, 'truth', `${profile.name.toLowerCase()}.json`);
      const file: TruthFile = { plant: profile.name, has: profile.has, parts };
      await writeFile(truth, JSON.stringify(file));
      return { name: profile.name, folder: plantFolder, has: profile.has, truth };
    }),
  );
}

function measurePart(
  { name, has, imagesLost }: PlantProfile,
  { number, type, pixels }: Garment,
  order: number,
  note: string,
  seed: number,
  random: Random,
): TruePartRecord {
  const id = `${name.slice(0, 2).toUpperCase()}-${String(order + 1).padStart(5, '0')}`;
  const lost = random.chance(imagesLost);
  const measured = has.filter((modality) =>
    modality === 'camera' ? !lost : modality !== 'note' || note !== '',
  );
  const gauge = measureProfile(pixels, seededRandom(`${seed}/gauge/${number}`));
  return { id, garment: number, type, gauge, note, measured };
}

async function writeImages(
  folder: string,
  parts: readonly TruePartRecord[],
  garments: readonly Garment[],
): Promise<void> {
  const photographed = parts.filter(({ measured }) => measured.includes('camera'));
  if (photographed.length > 0) await mkdir(join(folder, 'images'), { recursive: true });
  for (let from = 0; from < photographed.length; from += writesAtOnce)
    await Promise.all(
      photographed.slice(from, from + writesAtOnce).map(({ id, garment }) => {
        const values = greyValues(garments[garment]!.pixels);
        const image = encodePicture({ width: side, height: side, channels: 1, values });
        return writeFile(join(folder, imageName(id)), image);
      }),
    );
}

function imageName(id: string): string {
  return `images/${id}.png`;
}

/** The plant's CSV in the style of its spreadsheet. */
function manifest(profile: PlantProfile, parts: readonly TruePartRecord[]): string {
  const { has, delimiter } = profile;
  const columns: readonly (readonly [string, (part: TruePartRecord) => string])[] = [
    ['id', ({ id }) => id],
    ...(has.includes('camera') ? ([['camera', cameraCell]] as const) : []),
    ...(has.includes('gauge') ? gaugeColumns(profile) : []),
    ...(has.includes('note') ? ([['note', ({ note }: TruePartRecord) => note]] as const) : []),
  ];
  const lines = [
    columns.map(([name]) => name),
    ...parts.map((part) => columns.map(([, cell]) => cell(part))),
  ];
  const text = lines
    .map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter))
    .join('\r\n');
  return `${profile.byteOrderMark ? '\uFEFF' : ''}${text}\r\n`;
}

function cameraCell({ id, measured }: TruePartRecord): string {
  return measured.includes('camera') ? imageName(id) : '';
}

function gaugeColumns({ gauge }: PlantProfile): [string, (part: TruePartRecord) => string][] {
  const write = (value: number) => value.toFixed(1);
  if (gauge === 'cell') return [['gauge', (part) => part.gauge.map(write).join(' ')]];
  return Array.from({ length: gaugeLength }, (_, index) => [
    `gauge_${index + 1}`,
    (part) => write(part.gauge[index]!),
  ]);
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
