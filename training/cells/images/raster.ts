import { FedReconError } from '../../../protocol/errors.ts';

/** A picture as fractions of full brightness: rows from the top, channels interleaved, nothing transparent. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Grey, or red, green and blue. */
  readonly channels: 1 | 3;
  /** Black is 0 and full brightness 1; a value beyond says that the scale was wrong. */
  readonly values: Float32Array;
}

/** Line-scan cameras reach this. */
export const largestPicture = 100e6;
/** Pixels of a side; libvips shrinks no longer one. */
const longestSide = 1e6;
/** What 100 megapixels take in colour with transparency; more is no photograph of a part. */
const largestDecoded = 400e6;

/**
 * Refuses by what a file says of itself, before any memory is taken.
 * @param pixelBytes bytes of a pixel when it is decoded
 * @throws FedReconError `image-large`; a RangeError for a picture without pixels
 */
export function checkSize(width: number, height: number, pixelBytes = 1): void {
  if (!(width > 0 && height > 0)) throw new RangeError(`it has ${width} × ${height} pixels`);
  const longest = Math.max(width, height);
  if (longest > longestSide)
    throw new FedReconError('image-large', {
      size: `${width} × ${height}`,
      limit: `${longestSide} × ${longestSide}`,
    });
  const pixels = width * height;
  if (pixels <= largestPicture && pixels * pixelBytes <= largestDecoded) return;
  const tooMany = pixels > largestPicture;
  throw new FedReconError('image-large', {
    size: tooMany ? `${width} × ${height}` : `${Math.round((pixels * pixelBytes) / 1e6)} MB`,
    limit: `${(tooMany ? largestPicture : largestDecoded) / 1e6} ${tooMany ? 'MP' : 'MB'}`,
  });
}
