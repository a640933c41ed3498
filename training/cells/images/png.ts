import { type DecodedPng, decode } from 'fast-png';
import { checkSize, type Raster, raster, unpackBits } from './raster.ts';

/** Offsets of width and height in the IHDR chunk, which is always first. */
const header = { width: 16, height: 20, end: 24 };

/** Decodes a PNG of any colour type and depth, interlaced or not. @throws Error if it is damaged */
export function decodePng(bytes: Uint8Array): Raster {
  if (bytes.length < header.end) throw new RangeError('it is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  checkSize(view.getUint32(header.width), view.getUint32(header.height));
  const png = decode(bytes, { checkCrc: true });
  if (png.palette) return indexed(png, png.palette);
  if (png.depth >= 8) return raster(png.width, png.height, png.channels, 2 ** png.depth - 1, png.data);
  const scale = 255 / (2 ** png.depth - 1);
  const grey = samples(png).map((sample) => sample * scale);
  return raster(png.width, png.height, 1, 255, grey);
}

function indexed(png: DecodedPng, palette: readonly (readonly number[])[]): Raster {
  const indices = samples(png);
  const data = new Uint8Array(indices.length * 4);
  indices.forEach((index, pixel) => {
    const colour = palette[index];
    if (!colour) throw new RangeError(`it has no palette colour ${index}`);
    data.set([colour[0]!, colour[1]!, colour[2]!, colour[3] ?? 255], pixel * 4);
  });
  return raster(png.width, png.height, 4, 255, data);
}

function samples({ data, width, height, depth }: DecodedPng): Uint8Array {
  return unpackBits(data as Uint8Array, width, height, depth, Math.ceil((width * depth) / 8));
}
