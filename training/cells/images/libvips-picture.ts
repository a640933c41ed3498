import type { Metadata, Sharp } from 'sharp';
import { checkGif } from './gif-frame.ts';
import { checkJpeg } from './jpeg-segments.ts';
import { libvips } from './libvips.ts';
import { orientationOf } from './orientation.ts';
import type { PictureFile } from './picture-file.ts';
import { readPngChunks } from './png-chunks.ts';
import { checkSize, largestPicture, type Raster } from './raster.ts';
import type { Storage } from './scale.ts';
import type { PixelRectangle, PixelRequest, ShownType, StoredPicture } from './stored-picture.ts';
import { readTiffPages, type TiffPage } from './tiff-tags.ts';

/** Formats that libvips reads here. */
export type LibvipsFormat = 'JPEG' | 'PNG' | 'WebP' | 'GIF' | 'TIFF';

/** A decoder that is still not done is stuck, or was sent to be. */
const longestSeconds = 120;
/** What a picture takes that is decoded row by row. */
const streamed = 24 << 20;
/** Colour spaces whose values are measured; all others are inks or lights, and become sRGB. */
const measuredSpaces: ReadonlySet<string> = new Set(['b-w', 'grey16', 'rgb16', 'scrgb']);
const shortMiddle = 32768;

const arrays = {
  uchar: Uint8Array,
  char: Int8Array,
  ushort: Uint16Array,
  short: Int16Array,
  uint: Uint32Array,
  int: Int32Array,
  float: Float32Array,
  double: Float64Array,
} as const;
type Depth = keyof typeof arrays;

const storages: Readonly<Record<Depth, Storage>> = {
  uchar: { format: 'unsigned', bits: 8 },
  char: { format: 'signed', bits: 8 },
  ushort: { format: 'unsigned', bits: 16 },
  short: { format: 'signed', bits: 16 },
  uint: { format: 'unsigned', bits: 32 },
  int: { format: 'signed', bits: 32 },
  float: { format: 'float', bits: 32 },
  double: { format: 'float', bits: 64 },
};

/** What a format's own headers add to what libvips says. */
interface FormatFacts {
  readonly index: number;
  readonly stated: StoredPicture['stated'];
  /** Whether the whole picture lies in memory before its first row is done. */
  readonly isWhole: boolean;
  /** Whether what looks like transparency is none. */
  readonly hasOtherSamples?: boolean;
  /** Whether 0 is white and the largest value black, of more than 8 bits (of fewer libvips turns them round). */
  readonly isWhiteZero?: boolean;
}

/**
 * Opens a picture that libvips reads.
 * @param page of several, by number from 1 or by name
 * @throws FedReconError `image-large`; Error for a damaged or unsupported file, a page that is not there
 */
export async function openLibvipsPicture(
  file: PictureFile,
  format: LibvipsFormat,
  page: number | string | undefined,
): Promise<StoredPicture> {
  const {
    index,
    stated,
    isWhole,
    hasOtherSamples = false,
    isWhiteZero = false,
  } = await formatFacts(file, format, page);
  const sharp = await libvips();
  const open = (): Sharp =>
    sharp(file.input, {
      failOn: 'warning',
      limitInputPixels: largestPicture,
      sequentialRead: true,
      // Else 16 bits go through another space first, which dark colours do not come through unharmed.
      ignoreIcc: hasProfile,
      ...(format === 'TIFF' && { page: index }),
    }).timeout({ seconds: longestSeconds });
  const header = await sharp(file.input, {
    failOn: 'warning',
    // By then the size is refused here, with both figures.
    limitInputPixels: false,
    ...(format === 'TIFF' && { page: index }),
  }).metadata();
  const { width, height, channels, hasAlpha, orientation } = header;
  const depth = header.depth as Depth;
  const storage = storages[depth];
  const isMeasured = measuredSpaces.has(header.space);
  const bytes = channels * (storage.bits / 8);
  checkSize(width, height, bytes);
  refuseUnread(header, storage);
  const hasProfile = header.icc !== undefined && storage.bits > 8;
  // libvips turns unsigned values round, signed and floating-point ones it leaves as they are stored.
  const turned = isWhiteZero && storage.format === 'unsigned' ? 2 ** storage.bits - 1 : undefined;
  const space = isMeasured ? header.space : 'srgb';
  const decodedDepth = isMeasured ? depth : 'uchar';
  // libvips casts what is grey of 16 bits to unsigned when it is done: signed values are lifted before.
  const isLifted = decodedDepth === 'short';

  /** Tries a second time what took too long: the machine may have slept meanwhile. */
  const pixels: typeof decode = (...request) =>
    decode(...request).catch((thrown: unknown) => {
      if (thrown instanceof Error && /timeout/i.test(thrown.message)) return decode(...request);
      throw thrown;
    });

  async function decode(
    { left, top, width: wide, height: high }: PixelRectangle,
    size: { readonly width: number; readonly height: number },
    behind: 0 | 1,
  ) {
    let pipeline = open();
    const isAll = left === 0 && top === 0 && wide === width && high === height;
    if (!isAll) pipeline = pipeline.extract({ left, top, width: wide, height: high });
    if (hasOtherSamples) pipeline = pipeline.removeAlpha();
    else if (hasAlpha) pipeline = pipeline.flatten({ background: behind === 0 ? '#000' : '#fff' });
    if (size.width < wide || size.height < high)
      pipeline = pipeline.resize(size.width, size.height, { fit: 'fill', kernel: 'linear' });
    if (isLifted) pipeline = pipeline.linear(1, shortMiddle);
    if (hasProfile) pipeline = pipeline.withIccProfile('srgb');
    const outDepth = isLifted ? 'ushort' : decodedDepth;
    const { data, info } = await pipeline
      .toColourspace(space)
      .raw({ depth: outDepth })
      .toBuffer({ resolveWithObject: true });
    const { BYTES_PER_ELEMENT } = arrays[outDepth];
    const values = new arrays[outDepth](data.buffer, data.byteOffset, data.length / BYTES_PER_ELEMENT);
    return { ...info, values, lift: isLifted ? shortMiddle : 0 };
  }

  return {
    width,
    height,
    orientation: orientationOf(orientation),
    storage: isMeasured ? storage : storages.uchar,
    isGrey: channels < 3,
    pages: async () => (format === 'TIFF' ? wholePages(file) : (header.pages ?? 1)),
    stated,
    hasProfile,
    shownAs: isAlike(header) ? mediaTypes[format] : undefined,
    cost: streamed + width * height * bytesHeld(header, isWhole, bytes),
    async read({ rectangle, low, high, behind, ...size }: PixelRequest): Promise<Raster> {
      const found = await pixels(rectangle, size, behind);
      const stored = found.channels;
      const wanted = stored >= 3 ? 3 : 1;
      const values = new Float32Array(found.width * found.height * wanted);
      const [black, white] = isWhiteZero ? [high, low] : [low, high];
      // Values as libvips gives them: lifted, or turned round.
      const given = (value: number) => (turned === undefined ? value + found.lift : turned - value);
      const zero = given(black);
      const scale = 1 / (given(white) - zero);
      if (stored === wanted)
        for (let at = 0; at < values.length; at++) values[at] = (found.values[at]! - zero) * scale;
      else
        for (let pixel = 0; pixel < found.width * found.height; pixel++)
          for (let channel = 0; channel < wanted; channel++)
            values[pixel * wanted + channel] = (found.values[pixel * stored + channel]! - zero) * scale;
      return { width: found.width, height: found.height, channels: wanted, values };
    },
    async extremes(rectangle) {
      const { values, lift } = await pixels(rectangle, rectangle, 0);
      const most =
        values instanceof Uint16Array && lift === 0 && turned === undefined ? nearlyAll(values) : undefined;
      let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const value of values) {
        if (value < lowest) lowest = value;
        if (value > highest) highest = value;
      }
      return turned === undefined
        ? { lowest: lowest - lift, highest: highest - lift, most }
        : { lowest: turned - highest, highest: turned - lowest };
    },
  };
}

/** Values that are not counted among nearly all: sparks, dead pixels, a scale that is drawn in. */
const few = 0.001;

/** What all but a few values do not exceed. */
function nearlyAll(values: Uint16Array): number {
  const counts = new Uint32Array(2 ** 16);
  for (const value of values) counts[value]!++;
  let level = counts.length - 1;
  for (let left = few * values.length; level > 0 && left >= counts[level]!; level--) left -= counts[level]!;
  return level;
}

/** Luma and chroma as PhotometricInterpretation: within JPEG libvips turns them to RGB, elsewhere it takes them for that. */
const luma = 6;
/** Grey of which 0 is white, as PhotometricInterpretation. */
const whiteIsZero = 0;
/** Kinds of PhotometricInterpretation that libvips would take for grey or RGB, or cannot read. */
const otherColours: Readonly<Record<number, string>> = {
  4: 'a mask for another image',
  [luma]: 'luma and chroma (YCbCr)',
  8: 'CIELAB numbers',
  9: 'CIELAB numbers',
  10: 'CIELAB numbers',
  32803: 'those of a raw sensor with a colour mosaic',
  32844: 'logarithms of light (LogL)',
  32845: 'logarithms of light (LogLuv)',
  34892: "a raw sensor's",
};

const mediaTypes: Readonly<Partial<Record<LibvipsFormat, ShownType>>> = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
};

function isAlike({ depth, space, orientation = 1, hasAlpha }: Metadata): boolean {
  return depth === 'uchar' && (space === 'srgb' || space === 'b-w') && orientation === 1 && !hasAlpha;
}

/** Bytes of a pixel that are held until the picture is done; progressive JPEGs hold coefficients of two bytes each. */
function bytesHeld(
  { isProgressive, format, chromaSubsampling, channels }: Metadata,
  isWhole: boolean,
  bytes: number,
): number {
  if (isProgressive && format === 'jpeg')
    return 2 * (chromaSubsampling?.startsWith('4:2:0') ? 1.5 : channels);
  return isWhole || isProgressive ? Math.max(3, bytes) : 0;
}

/** Spaces of inks and lights that libvips turns to sRGB from 8 or 16 bits. */
const convertedSpaces: ReadonlySet<string> = new Set(['cmyk', 'lab', 'labs', 'labq', 'hsv', 'yxy', 'xyz']);

/** @throws Error for what is no picture of a grey or coloured thing, and where libvips would cut values off */
function refuseUnread({ channels, space, depth }: Metadata, { format, bits }: Storage): void {
  if (space === 'multiband' || channels > 4) throw new Error(`it has ${channels} channels`);
  const isRead =
    measuredSpaces.has(space) ||
    (space === 'srgb' && depth === 'uchar') ||
    (convertedSpaces.has(space) && format === 'unsigned' && bits <= 16);
  if (!isRead)
    throw new Error(
      `its colours are ${format} numbers of ${bits} bits; save it with unsigned ones of 8 or 16`,
    );
}

async function formatFacts(
  file: PictureFile,
  format: LibvipsFormat,
  page: number | string | undefined,
): Promise<FormatFacts> {
  if (format === 'PNG') {
    const { significantBits, isInterlaced } = await readPngChunks(file);
    return { index: 0, stated: { bits: significantBits }, isWhole: isInterlaced };
  }
  if (format === 'JPEG') {
    await checkJpeg(file);
    return { index: 0, stated: {}, isWhole: false };
  }
  if (format === 'GIF') await checkGif(file);
  if (format !== 'TIFF') return { index: 0, stated: {}, isWhole: true };
  const pages = await tiffPages(file, page);
  const index = pageIndex(pages, page);
  const { bits, photometric, isJpeg, sampleFormat, range, largest, hasOtherSamples } = pages[index]!;
  const meant = photometric === luma && isJpeg ? undefined : otherColours[photometric];
  if (meant !== undefined) throw new Error(`its pixels are ${meant}; save it in grey or as RGB`);
  if (bits > 8 && bits % 8 !== 0)
    throw new Error(`its samples of ${bits} bits are packed; save it with 16 bits a sample`);
  if (sampleFormat === 'float' && bits !== 32)
    throw new Error(`its pixels are floating-point numbers of ${bits} bits; save it with 32`);
  if (sampleFormat === 'other') throw new Error('its samples are complex numbers');
  const ownBits =
    sampleFormat === 'unsigned' && largest !== undefined && largest > 0
      ? Math.ceil(Math.log2(largest + 1))
      : undefined;
  const isWhiteZero = photometric === whiteIsZero && bits > 8;
  return { index, stated: { bits: ownBits, range }, isWhole: true, hasOtherSamples, isWhiteZero };
}

/** All pages where one is asked for, or where the first is but a small copy of another. */
async function tiffPages(file: PictureFile, page: number | string | undefined): Promise<TiffPage[]> {
  const first = page === undefined ? await readTiffPages(file, 1) : [];
  return page === undefined && !first[0]?.isReduced ? first : readTiffPages(file);
}

/** Number of pages that are no small copies of others; of those behind a damaged one nothing is known. */
async function wholePages(file: PictureFile): Promise<number> {
  const pages = await readTiffPages(file).catch(() => []);
  return Math.max(1, pages.filter(({ isReduced }) => !isReduced).length);
}

function pageIndex(pages: readonly TiffPage[], page: number | string | undefined): number {
  if (pages.length === 0) throw new Error('it has no page');
  const index =
    typeof page === 'string'
      ? pages.findIndex(({ name }) => name === page.trim())
      : page === undefined
        ? Math.max(
            0,
            pages.findIndex(({ isReduced }) => !isReduced),
          )
        : page - 1;
  if (page === undefined && pages[index]!.isReduced && pages[index]!.holdsOthers)
    throw new Error('it shows but a small copy of its image, as raw files of cameras do');
  if (index >= 0 && index < pages.length) return index;
  const names = pages.flatMap(({ name }) => name ?? []).slice(0, 8);
  throw new Error(
    `it has no page ${page}, but ${pages.length}${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
  );
}
