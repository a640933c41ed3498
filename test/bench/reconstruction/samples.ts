import { encodePicture } from '../../../main/pictures/picture.ts';
import { modalityOf, type Plan } from '../../../protocol/plan.ts';
import { emptyTable, row, type Table } from '../../../training/learning/row-table.ts';
import { type SourceSet, target } from './setting.ts';
import type { World } from './world.ts';

/** Pictures of the same few held-out parts, side by side in one strip a kind: base64 of a PNG with 8 bits a channel. */
export type Samples = Readonly<Record<SourceSet | 'truth', string>>;

/** How many parts a strip shows. */
export const sampleCount = 8;

/** Parts evenly spaced over the held-out ones, so over all plants; nobody picks them. */
export function sampledParts({ test }: World): number[] {
  const count = Math.min(sampleCount, test.length);
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * test.length) / count));
}

/** The images of the sampled parts from a table of all held-out ones. */
export function stripOf(world: World, images: Table): string {
  return strip(world.plan, images, sampledParts(world));
}

function strip(plan: Plan, images: Table, parts: readonly number[]): string {
  const modality = modalityOf(plan, target);
  if (modality.kind !== 'image') throw new TypeError(`"${target}" is no image`);
  const { width, height, channels } = modality;
  const across = emptyTable(height, parts.length * width * channels);
  for (const [place, part] of parts.entries()) {
    const image = row(images, part);
    for (let line = 0; line < height; line++)
      row(across, line).set(
        image.subarray(line * width * channels, (line + 1) * width * channels),
        place * width * channels,
      );
  }
  const picture = { width: parts.length * width, height, channels, values: across.data };
  return Buffer.from(encodePicture(picture)).toString('base64');
}
