import type { ImageModality } from '../../../protocol/plan.ts';
import type { Raster } from './raster.ts';

/** Share of each source position in one output position: sources `first`, `first + 1`, … */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Brings a decoded image into the plan's form: height × width × channels values in 0…1, row-major.
 * Colour becomes grey as Rec. 709 luma (0.2126 R + 0.7152 G + 0.0722 B); what is transparent is black. Each side is
 * stretched to the plan's: shrunk by averaging areas, enlarged by linear interpolation between pixel centres.
 */
export function fitImage(image: Raster, { width, height, channels }: ImageModality): Float32Array {
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

function readLine(image: Raster, y: number, channels: 1 | 3, line: Float32Array): void {
  const { width, channels: stored, max, data } = image;
  const colour = stored >= 3;
  const hasAlpha = stored === 2 || stored === 4;
  for (let x = 0; x < width; x++) {
    const at = (y * width + x) * stored;
    const scale = hasAlpha ? data[at + stored - 1]! / (max * max) : 1 / max;
    const red = data[at]! * scale;
    const green = colour ? data[at + 1]! * scale : red;
    const blue = colour ? data[at + 2]! * scale : red;
    if (channels === 1) line[x] = colour ? 0.2126 * red + 0.7152 * green + 0.0722 * blue : red;
    else {
      line[x * 3] = red;
      line[x * 3 + 1] = green;
      line[x * 3 + 2] = blue;
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
