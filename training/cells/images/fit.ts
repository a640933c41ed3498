import type { PictureFields } from '../../../protocol/kinds/kind.ts';
import type { Raster } from './raster.ts';

/** Share of each source position in one output position: sources `first`, `first + 1`, … */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Brings a picture into the plan's form: height × width × channels values, row-major.
 * Colour becomes grey as Rec. 709 luma (0.2126 R + 0.7152 G + 0.0722 B). Each side is stretched to the plan's: shrunk by
 * averaging areas, which lets no pattern in that is finer than the result, and enlarged by linear interpolation between
 * pixel centres.
 */
export function fitImage(image: Raster, { width, height, channels }: PictureFields): Float32Array {
  if (image.width === width && image.height === height && image.channels === channels) return image.values;
  const columns = axisTaps(image.width, width);
  const rows = axisTaps(image.height, height);
  const line = new Float32Array(image.width * channels);
  const values = new Float32Array(height * width * channels);
  // Rows are asked for in rising order and neighbouring output rows share at most two of them: two are kept.
  const squeezed = [new Float32Array(width * channels), new Float32Array(width * channels)] as const;
  const held = [-1, -1];
  const squeeze = (y: number): Float32Array => {
    const slot = y % 2 === 0 ? 0 : 1;
    if (held[slot] !== y) {
      readLine(image, y, channels, line);
      squeezeLine(line, columns, channels, squeezed[slot]);
      held[slot] = y;
    }
    return squeezed[slot];
  };
  rows.forEach(({ first, weights }, y) => {
    const target = y * width * channels;
    weights.forEach((weight, tap) => {
      const source = squeeze(first + tap);
      for (let index = 0; index < source.length; index++) values[target + index]! += weight * source[index]!;
    });
  });
  return values;
}

function axisTaps(from: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, index) => (from > to ? areaTaps : linearTaps)(from, to, index));
}

function areaTaps(from: number, to: number, index: number): Taps {
  const start = (index * from) / to;
  const end = ((index + 1) * from) / to;
  const first = Math.floor(start);
  const last = Math.min(Math.ceil(end), from);
  const weights = Array.from({ length: last - first }, (_, tap) => {
    const overlap = Math.min(end, first + tap + 1) - Math.max(start, first + tap);
    return overlap / (end - start);
  });
  return { first, weights };
}

function linearTaps(from: number, to: number, index: number): Taps {
  const centre = Math.min(Math.max(((index + 0.5) * from) / to - 0.5, 0), from - 1);
  const first = Math.floor(centre);
  const share = centre - first;
  return share === 0 ? { first, weights: [1] } : { first, weights: [1 - share, share] };
}

function readLine(
  { width, channels: stored, values }: Raster,
  y: number,
  channels: 1 | 3,
  line: Float32Array,
): void {
  const start = y * width * stored;
  if (stored === channels) {
    line.set(values.subarray(start, start + width * stored));
    return;
  }
  for (let x = 0; x < width; x++) {
    if (channels === 3) line.fill(values[start + x]!, x * 3, x * 3 + 3);
    else {
      const at = start + x * 3;
      line[x] = 0.2126 * values[at]! + 0.7152 * values[at + 1]! + 0.0722 * values[at + 2]!;
    }
  }
}

function squeezeLine(
  line: Float32Array,
  columns: readonly Taps[],
  channels: number,
  result: Float32Array,
): void {
  result.fill(0);
  columns.forEach(({ first, weights }, x) => {
    weights.forEach((weight, tap) => {
      for (let channel = 0; channel < channels; channel++)
        result[x * channels + channel]! += weight * line[(first + tap) * channels + channel]!;
    });
  });
}
