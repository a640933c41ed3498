import { FedReconError } from '../../../protocol/errors.ts';

/** A decoded image: rows from the top, channels interleaved. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Number of channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; alpha not premultiplied. */
  readonly channels: 1 | 2 | 3 | 4;
  /** Value of full brightness: 255 or 65535. */
  readonly max: number;
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
}

/** Largest image in pixels. Line-scan cameras reach it; a decoder in memory should not go beyond. */
export const largestImage = 100e6;

/**
 * Checks the size of an image before it is decoded.
 * @throws FedReconError `image-large`; a RangeError for an image without pixels
 */
export function checkSize(width: number, height: number): void {
  if (!(width > 0 && height > 0)) throw new RangeError(`it has ${width} × ${height} pixels`);
  if (width * height <= largestImage) return;
  throw new FedReconError('image-large', { size: `${width} × ${height}`, limit: `${largestImage / 1e6} MP` });
}

/** Raster of decoded values. @throws RangeError unless the data has a value for every channel of every pixel */
export function raster(
  width: number,
  height: number,
  channels: number,
  max: number,
  data: Raster['data'],
): Raster {
  if (channels !== 1 && channels !== 2 && channels !== 3 && channels !== 4)
    throw new RangeError(`it has ${channels} channels`);
  if (data.length !== width * height * channels) throw new RangeError('it is cut short');
  return { width, height, channels, max, data };
}

/** Unpacks samples of 1, 2, 4 or 8 bits from rows that start at whole bytes (`stride` bytes a row). */
export function unpackBits(
  packed: Uint8Array,
  width: number,
  height: number,
  bits: number,
  stride: number,
): Uint8Array {
  if (packed.length < stride * height) throw new RangeError('it is cut short');
  const samples = new Uint8Array(width * height);
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const byte = packed[y * stride + Math.floor(x / perByte)]!;
      samples[y * width + x] = (byte >> (8 - bits * ((x % perByte) + 1))) & mask;
    }
  return samples;
}
