import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';

/** Plan that trains in a blink: an 8 × 8 camera, a gauge of four values, a short note. */
export const tinyPlan = {
  format: 'fedrecon-plan/2',
  name: 'Tiny',
  purpose: 'Tests.',
  modalities: [
    {
      name: 'camera',
      label: { en: 'Camera', ja: 'カメラ' },
      kind: 'image',
      width: 8,
      height: 8,
      channels: 1,
      latent: 4,
      hidden: [16],
    },
    {
      name: 'gauge',
      label: { en: 'Gauge', ja: 'ゲージ' },
      kind: 'signal',
      length: 4,
      unit: 'mm',
      range: [0, 10],
      latent: 4,
      hidden: [16],
    },
    {
      name: 'note',
      label: { en: 'Note', ja: 'メモ' },
      kind: 'text',
      buckets: 64,
      latent: 4,
      hidden: [16],
    },
  ],
  mapping: { hidden: [16] },
  training: { batch: 16, localEpochs: 2 },
  stages: [
    { stage: 'generators', rounds: 1 },
    { stage: 'mappings', rounds: 1 },
  ],
  rounds: { quorum: 2, deadlineSeconds: 300, opening: 'automatic' },
  // Plants without a camera, which cannot judge one, go through it without a person.
  policy: { adoption: 'automatic-unjudged' },
} as const;

/** Number 0…1 that depends on the names only. */
function noise(...names: (string | number)[]): number {
  return createHash('sha256').update(names.join('/')).digest().readUInt32BE() / 2 ** 32;
}

/**
 * Writes a plant's folder: parts with one bright bar each, whose place the camera shows, the gauge measures and the
 * note names.
 * @param has columns to write
 * @param everyNth so many parts apart, one has an empty camera cell
 */
export async function writePlant(
  folder: string,
  has: readonly string[],
  parts: number,
  prefix = 'P',
  everyNth = 0,
): Promise<string> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const rows: string[] = [['id', ...has].join(',')];
  for (let part = 0; part < parts; part++) {
    const bar = part % 8;
    const data = Uint8Array.from({ length: 64 }, (_, pixel) =>
      Math.round(pixel % 8 === bar ? 200 + 55 * noise(prefix, part, pixel) : 30 * noise(prefix, part, pixel)),
    );
    const cells: Record<string, string> = {
      camera: everyNth > 0 && part % everyNth === 0 ? '' : `images/${part}.png`,
      gauge: Array.from({ length: 4 }, (_, index) =>
        (bar + index * 0.5 + noise(prefix, part, index) * 0.2).toFixed(2),
      ).join(' '),
      note: `bar at place ${'abcdefgh'[bar]}${'abcdefgh'[bar]}`,
    };
    if (has.includes('camera'))
      await writeFile(
        join(folder, 'images', `${part}.png`),
        encode({ width: 8, height: 8, channels: 1, data }),
      );
    rows.push([`${prefix}${part}`, ...has.map((name) => cells[name]!)].join(','));
  }
  await writeFile(join(folder, 'parts.csv'), `${rows.join('\n')}\n`);
  return folder;
}
