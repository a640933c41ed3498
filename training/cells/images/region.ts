import type { Fractions } from './orientation.ts';
import type { Raster } from './raster.ts';

/** The longer side of the copy that a picture's object is looked for in. */
export const lookedSide = 256;
/** Share of the shorter side that is taken for background along each edge. */
const edge = 0.04;
/** How many robust deviations from the background, and at least how much of full brightness, an object differs. */
const outstanding = { sigmas: 6, least: 0.04 };
/** A row or a column belongs to the object where this share of it stands out; less is dust. */
const leastShare = 0.01;
/** Room around the object, as a share of its sides. */
const margin = 0.05;

/**
 * The rectangle of what stands out from a picture's background, the level that most of its edge has, widened to the
 * plan's proportions as far as the picture goes; the whole picture where nothing stands out.
 * @param aspect width by height of what is wanted, in pixels of the picture
 */
export function objectRegion(picture: Raster, aspect: number): Fractions {
  const { width, height } = picture;
  const levels = greyOf(picture);
  const frame = Math.max(1, Math.round(Math.min(width, height) * edge));
  const border = levels.filter((_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return Math.min(x, y, width - 1 - x, height - 1 - y) < frame;
  });
  const background = medianOf(border);
  // The factor makes a median deviation of Gaussian noise its standard deviation.
  const noise = 1.4826 * medianOf(border.map((level) => Math.abs(level - background)));
  const limit = Math.max(outstanding.least, outstanding.sigmas * noise);
  const columns = new Uint32Array(width);
  const rows = new Uint32Array(height);
  levels.forEach((level, pixel) => {
    if (Math.abs(level - background) <= limit) return;
    columns[pixel % width]!++;
    rows[Math.floor(pixel / width)]!++;
  });
  const [left, right] = span(columns, height);
  const [top, bottom] = span(rows, width);
  if (left < 0 || top < 0) return { left: 0, top: 0, width: 1, height: 1 };
  let wide = (right - left) * (1 + 2 * margin);
  let high = (bottom - top) * (1 + 2 * margin);
  if (wide < high * aspect) wide = high * aspect;
  else high = wide / aspect;
  const across = within((left + right) / 2, wide, width);
  const down = within((top + bottom) / 2, high, height);
  return { left: across.start, top: down.start, width: across.length, height: down.length };
}

function greyOf({ channels, values, width, height }: Raster): Float32Array {
  if (channels === 1) return values;
  const grey = new Float32Array(width * height);
  for (let pixel = 0; pixel < grey.length; pixel++)
    grey[pixel] =
      0.2126 * values[pixel * 3]! + 0.7152 * values[pixel * 3 + 1]! + 0.0722 * values[pixel * 3 + 2]!;
  return grey;
}

function medianOf(values: Float32Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? 0;
}

/** From the first to behind the last line that stands out. */
function span(counts: Uint32Array, across: number): [first: number, end: number] {
  const stands = (count: number) => count >= Math.max(1, leastShare * across);
  return [counts.findIndex(stands), counts.findLastIndex(stands) + 1];
}

/** A stretch around `centre`, moved and cut so that it lies within 0…`size`; as fractions of `size`. */
function within(centre: number, length: number, size: number): { start: number; length: number } {
  const cut = Math.min(length, size);
  const start = Math.min(Math.max(0, centre - cut / 2), size - cut);
  return { start: start / size, length: cut / size };
}
