import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { encode } from 'fast-png';
import { finishedPlant } from './finished-plant.ts';
import { tinyPlan } from './plants.ts';

/** Six quantities of a shape, each of a size of its own; nothing tells the last one. */
export const shapeChannels = [
  { name: 'area', unit: 'px', range: [0, 17_600] },
  { name: 'holes', unit: '', range: [0, 2] },
  { name: 'place', unit: 'mm', range: [0, 0.8] },
  { name: 'distance', unit: 'nm', range: [100_000, 100_001] },
  { name: 'constructor', unit: '%', range: [-50, 50] },
  { name: 'lot', unit: '', range: [0, 1000] },
] as const;

/** The tiny plan's camera with the quantities in place of gauge and note. */
export const shapePlan = {
  ...tinyPlan,
  modalities: [
    tinyPlan.modalities[0],
    {
      name: 'shape',
      label: { en: 'Shape', ja: '形状' },
      kind: 'signal',
      length: 6,
      channels: shapeChannels,
      latent: 8,
      hidden: [32],
    },
  ],
  mapping: { hidden: [32] },
  training: { batch: 16, localEpochs: 60 },
  rounds: { quorum: 1, deadlineSeconds: 300, opening: 'automatic' },
  policy: { exportBy: ['operator', 'engineer', 'administrator'], adoption: 'automatic-unjudged' },
} as const;

/** A number 0…1 that depends on the names only. */
function noise(...names: (string | number)[]): number {
  return createHash('sha256').update(names.join('/')).digest().readUInt32BE() / 2 ** 32;
}

/** What a part measures; the picture shows a bar as high and as far to the right, and as many dots. */
export function shapeOf(part: number): number[] {
  const [bar, height, dots] = [part % 5, 1 + ((part * 3) % 8), (part * 7) % 3];
  return [
    Math.round(2200 * height - 60 * noise('area', part)),
    dots,
    Number((0.1 * bar + 0.01 * noise('place', part)).toFixed(4)),
    Number((100_000 + 0.2 * bar + 0.05 * noise('distance', part)).toFixed(3)),
    Number((10 * (height - 4.5) + 3 * noise('slant', part)).toFixed(1)),
    Math.round(1000 * noise('lot', part)),
  ];
}

/**
 * A plant's folder with a picture and six quantities a part.
 * @param header names of their columns @param everyNth so many parts apart, one has no picture, and the next no quantities
 */
export async function writeShapePlant(
  folder: string,
  parts: number,
  header: readonly string[] = shapeChannels.map(({ name }) => name),
  everyNth = 0,
): Promise<string> {
  await mkdir(joinPath(folder, 'images'), { recursive: true });
  const rows = [['id', 'camera', ...header].join(',')];
  for (let part = 0; part < parts; part++) {
    const [bar, height, dots] = [part % 5, 1 + ((part * 3) % 8), (part * 7) % 3];
    const data = Uint8Array.from({ length: 64 }, (_, pixel) => {
      const [x, y] = [pixel % 8, Math.floor(pixel / 8)];
      const isLit = (x === bar && y >= 8 - height) || (x === 7 && y % 4 === 1 && y / 4 < dots);
      return Math.round((isLit ? 220 : 0) + 30 * noise('pixel', part, pixel));
    });
    const image = `images/${part}.png`;
    await writeFile(joinPath(folder, image), encode({ width: 8, height: 8, channels: 1, data }));
    const without = (place: number) => everyNth > 0 && part % everyNth === place;
    const values = shapeOf(part).map((value) => (without(1) ? '' : String(value)));
    rows.push([`S${part}`, without(0) ? '' : image, ...values].join(','));
  }
  await writeFile(joinPath(folder, 'parts.csv'), `${rows.join('\n')}\n`);
  return folder;
}

/** The data folder of a plant whose rounds are over, with all that it lacks reconstructed. */
export function shapeFolder(root: string, databaseUrl?: string): Promise<string> {
  const write = (folder: string) => writeShapePlant(folder, 360, undefined, 12);
  return finishedPlant(root, { plan: shapePlan, has: ['camera', 'shape'], write }, databaseUrl);
}
