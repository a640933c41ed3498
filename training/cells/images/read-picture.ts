import { FedReconError } from '../../../protocol/errors.ts';
import type { PictureFields } from '../../../protocol/kinds/kind.ts';
import { withinMemory } from './decoding-memory.ts';
import { fitImage } from './fit.ts';
import { openPicture } from './open-picture.ts';
import { type Fractions, inStored, swapsSides, upright } from './orientation.ts';
import type { PictureFile } from './picture-file.ts';
import type { PictureLook } from './picture-look.ts';
import type { PictureSettings } from './picture-settings.ts';
import type { PictureView } from './picture-view.ts';
import type { Raster } from './raster.ts';
import { lookedSide, objectRegion } from './region.ts';
import { findScale, isPlain, storageName } from './scale.ts';
import type { PixelRectangle, ShownType, StoredPicture } from './stored-picture.ts';

const whole: Fractions = { left: 0, top: 0, width: 1, height: 1 };
/**
 * A side that is shrunk by `from` or more is first brought to so many times its size by libvips, then averaged exactly. More
 * times are more exact; beyond 256 pixels a JPEG would be decoded at a quarter where an eighth is enough.
 */
const steps = [
  { from: 16, times: 4, upTo: 64 },
  { from: 4, times: 2, upTo: 128 },
  { from: 8, times: 1, upTo: Number.POSITIVE_INFINITY },
  { from: 4, times: 2, upTo: Number.POSITIVE_INFINITY },
] as const;
/** How far beyond its scale a picture may reach, in shares of full brightness. */
const tolerance = 0.002;
/** The copies that windows show are no longer than this. */
const shownSide = 1024;

/**
 * Reads a picture into the plan's form: upright, in the modality's scale, the region that is asked for, height × width ×
 * channels values in 0…1.
 *
 * Large pictures are shrunk by the decoder itself (JPEG, by 2, 4 or 8), then by blocks and a triangle filter (libvips, kernel
 * `linear`) to at most four times the size, and by averaging areas to the size itself: no pattern finer than the result comes through.
 * @throws FedReconError `image-large`, `image-range`, `image-range-unknown`; any other Error for a damaged file
 */
export async function readPicture(
  file: PictureFile,
  look: PictureLook,
  fields: PictureFields,
): Promise<{ values: Float32Array; view: PictureView }> {
  const { page, behind } = look.settings;
  const stored = await openPicture(file, page);
  return withinMemory(stored.cost, async () => {
    const range = await rangeOf(stored, look);
    const given: PictureView = {
      ...(range && { range }),
      ...(page !== undefined && { page }),
      ...(behind === 'white' && { behind }),
    };
    const region = await regionOf(stored, given, look.settings, fields.width / fields.height);
    const view = region ? { ...given, region } : given;
    const raster = await pixelsOf(stored, view, fields.width, fields.height);
    return { values: within(fitImage(raster, fields), stored, look, range), view };
  });
}

/**
 * The picture as it was read, at the size that a window shows; where the file itself is shown alike, its media type, and its
 * bytes unless it is large.
 */
export async function showPicture(
  file: PictureFile,
  view: PictureView,
): Promise<Raster | { type: ShownType; bytes: Uint8Array | undefined }> {
  const stored = await openPicture(file, view.page);
  if (stored.shownAs && Object.keys(view).length === 0)
    return { type: stored.shownAs, bytes: typeof file.input === 'string' ? undefined : file.input };
  return copyOf(stored, view, shownSide);
}

/** The picture as it was read, small. @param side most pixels of its longer side */
export async function thumbnail(file: PictureFile, view: PictureView, side: number): Promise<Raster> {
  return copyOf(await openPicture(file, view.page), view, side);
}

function copyOf(stored: StoredPicture, view: PictureView, side: number): Promise<Raster> {
  return withinMemory(stored.cost, async () => {
    const { width, height } = sizeOf(stored, view.region ?? whole);
    const scale = Math.min(1, side / Math.max(width, height));
    const [wide, high] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
    const raster = await pixelsOf(stored, view, wide!, high!, Math.min);
    const size = { width: wide!, height: high!, channels: raster.channels };
    return { ...size, values: fitImage(raster, size) };
  });
}

/** Size and colour of a picture as it stands upright, before anything is planned for it; at most 256 pixels a side are read. */
export async function glancePicture(
  file: PictureFile,
): Promise<{ readonly width: number; readonly height: number; readonly isColoured: boolean }> {
  const stored = await openPicture(file);
  return withinMemory(stored.cost, async () => {
    const { width, height } = uprightSize(stored);
    const full = 2 ** stored.storage.bits - 1;
    const range: PictureView['range'] = stored.storage.format === 'float' ? [0, 1] : [0, full];
    const { values, channels } = await pixelsOf(stored, { range }, ...smallSides(width, height));
    let [brightest, spread] = [0, 0];
    for (let at = 0; channels === 3 && at < values.length; at += 3) {
      const [red, green, blue] = [values[at]!, values[at + 1]!, values[at + 2]!];
      const lightest = Math.max(red, green, blue);
      brightest = Math.max(brightest, lightest);
      spread = Math.max(spread, lightest - Math.min(red, green, blue));
    }
    // By the brightest there is: twelve bits in sixteen are dark, and coloured all the same.
    return { width, height, isColoured: spread > brightest / 50 };
  });
}

/** Which stored values are black and full brightness; undefined for plain 8 bits. */
async function rangeOf(
  stored: StoredPicture,
  { scales, settings }: PictureLook,
): Promise<PictureView['range'] | undefined> {
  if (isPlain(stored.storage)) return undefined;
  const scale = scales[storageName(stored.storage)];
  if (scale) return [scale.low, scale.high];
  const seen = await stored.extremes(middleOf(stored));
  const own = findScale(stored.storage, [seen], settings);
  if (own?.from === 'given') return [own.low, own.high];
  const [lowest, highest] = [written(seen.lowest), written(seen.highest)];
  throw new FedReconError('image-range-unknown', { stored: storageName(stored.storage), lowest, highest });
}

/** A number as messages carry it: JSON has none for infinity. */
function written(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

async function regionOf(
  stored: StoredPicture,
  view: PictureView,
  { region }: PictureSettings,
  aspect: number,
): Promise<Fractions | undefined> {
  if (region !== 'object') return region;
  const { width, height } = sizeOf(stored, whole);
  const small = smallSides(width, height);
  const raster = await pixelsOf(stored, view, ...small);
  const copy = { width: small[0], height: small[1], channels: raster.channels } as const;
  return objectRegion(
    { ...copy, values: fitImage(raster, copy) },
    (aspect * small[0] * height) / (small[1] * width),
  );
}

function smallSides(width: number, height: number): [width: number, height: number] {
  const scale = Math.min(1, lookedSide / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Pixels of a side that libvips is asked for. */
function stepped(stored: number, asked: number): number {
  const step = steps.find(({ from, upTo }) => stored >= from * asked && asked <= upTo);
  return step ? step.times * asked : stored;
}

/** A region of the upright picture, at least as large as asked for unless it has fewer pixels. */
async function pixelsOf(
  stored: StoredPicture,
  { region = whole, range, behind }: PictureView,
  width: number,
  height: number,
  side: (stored: number, asked: number) => number = stepped,
): Promise<Raster> {
  const rectangle = pixelRectangle(stored, region);
  const isTurned = swapsSides(stored.orientation);
  const [wide, high] = isTurned ? [height, width] : [width, height];
  const [low, full] = range ?? [0, 255];
  const raster = await stored.read({
    rectangle,
    width: side(rectangle.width, wide),
    height: side(rectangle.height, high),
    ...{ low, high: full, behind: behind === 'white' ? 1 : 0 },
  });
  return upright(raster, stored.orientation);
}

/** Pixels of the stored picture that a region of the upright one covers, at least one. */
function pixelRectangle({ width, height, orientation }: StoredPicture, region: Fractions): PixelRectangle {
  const inFile = inStored(region, orientation);
  const across = pixelsIn(inFile.left, inFile.width, width);
  const down = pixelsIn(inFile.top, inFile.height, height);
  return { left: across.start, top: down.start, width: across.length, height: down.length };
}

function pixelsIn(start: number, length: number, size: number): { start: number; length: number } {
  const first = Math.min(size - 1, Math.max(0, Math.round(start * size)));
  const end = Math.min(size, Math.max(first + 1, Math.round((start + length) * size)));
  return { start: first, length: end - first };
}

/** Pixels of the whole picture as it stands upright. */
export function uprightSize(stored: StoredPicture): { width: number; height: number } {
  return sizeOf(stored, whole);
}

/** Pixels of a region of the upright picture. */
function sizeOf(stored: StoredPicture, region: Fractions): { width: number; height: number } {
  const { width, height } = pixelRectangle(stored, region);
  return swapsSides(stored.orientation) ? { width: height, height: width } : { width, height };
}

const mostLooked = 8e6;

/** The middle of a picture, as much as is looked at for its values. */
export function middleOf({ width, height }: Pick<StoredPicture, 'width' | 'height'>): PixelRectangle {
  const share = Math.min(1, Math.sqrt(mostLooked / (width * height)));
  const [wide, high] = [width, height].map((side) => Math.max(1, Math.floor(side * share)));
  return { left: (width - wide!) >> 1, top: (height - high!) >> 1, width: wide!, height: high! };
}

/**
 * The values, within 0…1 for certain: rounding may leave it a little, a picture in another scale leaves it by much.
 * They are whole 65,535ths, so that one read from the cache is the same to the last bit.
 * @throws FedReconError `image-range`
 */
function within(
  values: Float32Array,
  { storage }: StoredPicture,
  { scales }: PictureLook,
  range: PictureView['range'] | undefined,
): Float32Array {
  const result = new Float32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!(value >= -tolerance && value <= 1 + tolerance)) {
      const [low, high] = range ?? [0, 255];
      const { from = 'given' } = scales[storageName(storage)] ?? {};
      const found = written(Number((low + value * (high - low)).toPrecision(6)));
      throw new FedReconError('image-range', { value: found, low, high, from });
    }
    result[at] = Math.round(Math.min(1, Math.max(0, value)) * 65535) / 65535;
  }
  return result;
}
