import type { Raster } from './raster.ts';

/**
 * How a stored picture is to be turned so that it stands upright: the values 1…8 of EXIF's and TIFF's orientation
 * (TIFF 6.0, tag 274). Each says where the stored row and column 0 lie in the upright picture.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Left and right, above and below, and the sides changed places: what has to be done to the stored picture, in this order. */
const turns: Readonly<Record<Orientation, { swaps: boolean; mirrors: boolean; flips: boolean }>> = {
  1: { swaps: false, mirrors: false, flips: false },
  2: { swaps: false, mirrors: true, flips: false },
  3: { swaps: false, mirrors: true, flips: true },
  4: { swaps: false, mirrors: false, flips: true },
  5: { swaps: true, mirrors: false, flips: false },
  6: { swaps: true, mirrors: true, flips: false },
  7: { swaps: true, mirrors: true, flips: true },
  8: { swaps: true, mirrors: false, flips: true },
};

/** Whether the upright picture is as wide as the stored one is high. */
export function swapsSides(orientation: Orientation): boolean {
  return turns[orientation].swaps;
}

/** What a file says; anything that is no orientation is upright. */
export function orientationOf(value: number | undefined): Orientation {
  return value !== undefined && value in turns ? (value as Orientation) : 1;
}

/** The upright picture. */
export function upright(stored: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return stored;
  const { swaps, mirrors, flips } = turns[orientation];
  const { channels } = stored;
  const [width, height] = swaps ? [stored.height, stored.width] : [stored.width, stored.height];
  const values = new Float32Array(stored.values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = mirrors ? width - 1 - x : x;
      const down = flips ? height - 1 - y : y;
      const from = (swaps ? across * stored.width + down : down * stored.width + across) * channels;
      const to = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++)
        values[to + channel] = stored.values[from + channel]!;
    }
  return { width, height, channels, values };
}

/** A rectangle in fractions of a picture's sides. */
export interface Fractions {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a rectangle of the upright picture lies in the stored one. */
export function inStored({ left, top, width, height }: Fractions, orientation: Orientation): Fractions {
  const { swaps, mirrors, flips } = turns[orientation];
  const across = mirrors ? 1 - left - width : left;
  const down = flips ? 1 - top - height : top;
  return swaps
    ? { left: down, top: across, width: height, height: width }
    : { left: across, top: down, width, height };
}
