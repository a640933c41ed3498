import { decode as decodeJpeg } from 'jpeg-js';
import { decodeBmp } from './bmp.ts';
import { decodePng } from './png.ts';
import { largestImage, type Raster, raster } from './raster.ts';
import { decodeTiff } from './tiff.ts';

/** Image file format: the bytes it starts with, and its decoder. */
interface Format {
  readonly name: string;
  readonly starts: readonly (readonly number[])[];
  decode(bytes: Uint8Array): Raster;
}

const formats: readonly Format[] = [
  { name: 'PNG', starts: [[0x89, 0x50, 0x4e, 0x47]], decode: decodePng },
  { name: 'JPEG', starts: [[0xff, 0xd8, 0xff]], decode: decodeStrictJpeg },
  { name: 'BMP', starts: [[0x42, 0x4d]], decode: decodeBmp },
  {
    name: 'TIFF',
    starts: [
      [0x49, 0x49, 0x2a, 0x00],
      [0x4d, 0x4d, 0x00, 0x2a],
    ],
    decode: decodeTiff,
  },
];

/**
 * Decodes an image file; the format is told by its content, not by its name.
 * @throws FedReconError `image-large`; any other Error for an unknown, damaged or unsupported file
 */
export function decodeImage(bytes: Uint8Array): Raster {
  const format = formats.find(({ starts }) =>
    starts.some((start) => start.every((byte, index) => bytes[index] === byte)),
  );
  if (!format) throw new Error(`it is no ${formats.map(({ name }) => name).join(', ')} file`);
  return format.decode(bytes);
}

/** Decodes a JPEG. A file that is cut off is an error; by default jpeg-js fills the rest with grey. */
function decodeStrictJpeg(bytes: Uint8Array): Raster {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: largestImage / 1e6,
    maxMemoryUsageInMB: 2048,
  });
  return raster(width, height, 3, 255, data);
}
