import { decode } from 'tiff';
import { checkSize, type Raster, raster } from './raster.ts';

/** Decodes the first page of a TIFF: grey, RGB or palette, 1, 8 or 16 bits. @throws Error naming what it cannot read */
export function decodeTiff(bytes: Uint8Array): Raster {
  const [layout] = decode(bytes, { pages: [0], ignoreImageData: true });
  if (!layout) throw new Error('it has no page');
  checkSize(layout.width, layout.height);
  // The decoder would read these two without an error, but wrongly.
  const samples = layout.samplesPerPixel;
  if (samples > 1 && layout.planarConfiguration === 2) throw new Error('its channels lie in separate planes');
  if (samples > 1 && layout.tiled) throw new Error('it has tiles with several channels');

  const [page] = decode(bytes, { pages: [0] });
  const { width, height, bitsPerSample, data } = page!;
  if (data instanceof Float32Array || data instanceof Float64Array)
    throw new Error('its pixels are floating-point numbers without a known full brightness');
  if (page!.palette) return indexed(width, height, page!.palette, data);
  // The decoder spreads 1-bit pixels to one a byte.
  return raster(width, height, samples, 2 ** bitsPerSample - 1, data);
}

/** Image of palette indices; TIFF palettes hold 16 bits a colour. */
function indexed(
  width: number,
  height: number,
  palette: readonly (readonly [number, number, number])[],
  indices: Uint8Array | Uint16Array,
): Raster {
  const colours = new Uint16Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = palette[indices[pixel] ?? -1];
    if (!colour) throw new RangeError('it is cut short');
    colours.set(colour, pixel * 3);
  }
  return raster(width, height, 3, 65535, colours);
}
