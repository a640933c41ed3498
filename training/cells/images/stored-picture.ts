import type { Orientation } from './orientation.ts';
import type { Raster } from './raster.ts';
import type { SeenValues, Storage } from './scale.ts';

/** A rectangle of pixels of the stored picture. */
export interface PixelRectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How pixels are asked for. */
export interface PixelRequest {
  readonly rectangle: PixelRectangle;
  /** Shrunk to this size, if the rectangle is larger. */
  readonly width: number;
  readonly height: number;
  /** Stored values that are black and full brightness. */
  readonly low: number;
  readonly high: number;
  /** Grey level, 0 or 1, that shows through where a picture is transparent. */
  readonly behind: 0 | 1;
}

/** Media types that every window shows. */
export type ShownType = 'image/jpeg' | 'image/png';

/** An opened picture file: what it says of itself, and its pixels as they are stored, not yet turned. */
export interface StoredPicture {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  readonly storage: Storage;
  /** Whether its values are grey levels, and not colours. */
  readonly isGrey: boolean;
  /** Counts the images of their own in the file: pages, or frames of an animation; one of them is read. */
  pages(): Promise<number>;
  /** What the file says of its scale. */
  readonly stated: Pick<SeenValues, 'bits' | 'range'>;
  /** Whether a profile ties its values to full scale, however few of their bits are used. */
  readonly hasProfile: boolean;
  /** Media type of a file that every window shows as it is read here: 8 bits, upright, nothing transparent, no inks. */
  readonly shownAs: ShownType | undefined;
  /** Bytes that decoding may take at most. */
  readonly cost: number;
  /** @throws Error for a damaged file */
  read(request: PixelRequest): Promise<Raster>;
  /** The smallest and the largest stored value of a rectangle, and what nearly all are within. @throws Error for a damaged file */
  extremes(rectangle: PixelRectangle): Promise<Pick<SeenValues, 'lowest' | 'highest' | 'most'>>;
}
