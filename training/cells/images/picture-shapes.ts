import type { PictureSettings } from './picture-settings.ts';

/** Proportions that some of the pictures have that were looked at, with the size of the first of them. */
export interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

/** By how much of itself a picture may be wider than another of the same proportions: cameras round to whole blocks. */
const tolerance = 0.03;

/**
 * The proportions of pictures that are brought to one size, the commonest first. More than one: the same part looks
 * stretched in some of them. A region that is found by the object has the plan's proportions, whatever the picture's are.
 */
export function pictureShapes(
  sizes: readonly { readonly width: number; readonly height: number }[],
  { region }: PictureSettings,
): PictureShape[] {
  if (region === 'object') return [];
  const shapes: { width: number; height: number; count: number }[] = [];
  for (const { width, height } of sizes) {
    const alike = shapes.find(
      (shape) => Math.abs((width * shape.height) / (height * shape.width) - 1) <= tolerance,
    );
    if (alike) alike.count++;
    else shapes.push({ width, height, count: 1 });
  }
  return shapes.sort((one, other) => other.count - one.count);
}
