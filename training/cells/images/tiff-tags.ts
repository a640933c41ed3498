import type { PictureFile } from './picture-file.ts';

/** What a page of a TIFF says of itself (TIFF 6.0 and BigTIFF), as far as it decides how its values are read. */
export interface TiffPage {
  readonly bits: number;
  readonly samples: number;
  readonly sampleFormat: 'unsigned' | 'signed' | 'float' | 'other';
  /** How values are meant (PhotometricInterpretation). */
  readonly photometric: number;
  readonly isJpeg: boolean;
  /** Whether samples beyond the colours are said to be no transparency (ExtraSamples 0): another light, a mask, a depth. */
  readonly hasOtherSamples: boolean;
  /** Whether this page is a small copy of another one (NewSubfileType). */
  readonly isReduced: boolean;
  /** Whether other images hang on this page (SubIFDs), as on the small copy in a raw file of a camera. */
  readonly holdsOthers: boolean;
  readonly name: string | undefined;
  /** Stored values that are black and full brightness, where the file says so (SMinSampleValue, SMaxSampleValue). */
  readonly range: readonly [low: number, high: number] | undefined;
  /** Largest value that may occur, where the file says so (MaxSampleValue). */
  readonly largest: number | undefined;
}

const tags = {
  subfile: 254,
  bits: 258,
  compression: 259,
  photometric: 262,
  samples: 277,
  largest: 281,
  name: 285,
  others: 330,
  extra: 338,
  format: 339,
  low: 340,
  high: 341,
} as const;

const formats = ['other', 'unsigned', 'signed', 'float', 'unsigned'] as const;
/** Bytes of a value by its type's number (TIFF 6.0, §2; 16…18 BigTIFF); 0 where nothing here reads one. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
/** Nobody's microscope writes more, and a chain that leads in a circle must end. */
const mostPages = 4096;
const mostEntries = 4096;
const longestValue = 4096;

/**
 * Reads the pages' directories, the first `most` of them.
 * @throws RangeError for a file that is cut short or leads nowhere
 */
export async function readTiffPages(file: PictureFile, most = mostPages): Promise<TiffPage[]> {
  const head = view(await file.at(0, 16), 8);
  const isLittle = head.getUint8(0) === 0x49;
  const isBig = head.getUint16(2, isLittle) === 43;
  const number = (from: DataView, at: number, bytes: number): number =>
    bytes === 8
      ? Number(from.getBigUint64(at, isLittle))
      : bytes === 4
        ? from.getUint32(at, isLittle)
        : from.getUint16(at, isLittle);
  const wide = isBig ? 8 : 4;
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let next = isBig ? number(head, 8, 8) : number(head, 4, 4);
  while (next !== 0 && pages.length < most && !seen.has(next)) {
    seen.add(next);
    const count = number(view(await file.at(next, 8), isBig ? 8 : 2), 0, isBig ? 8 : 2);
    if (count > mostEntries) throw new RangeError('its directory is damaged');
    const entryBytes = isBig ? 20 : 12;
    const start = next + (isBig ? 8 : 2);
    const directory = view(await file.at(start, count * entryBytes + wide), count * entryBytes + wide);
    const values = new Map<number, number[]>();
    let name: string | undefined;
    for (let entry = 0; entry < count; entry++) {
      const at = entry * entryBytes;
      const tag = directory.getUint16(at, isLittle);
      if (!Object.values<number>(tags).includes(tag)) continue;
      const type = directory.getUint16(at + 2, isLittle);
      const items = number(directory, at + 4, wide);
      const bytes = typeBytes[type] ?? 0;
      if (bytes === 0 || items * bytes > longestValue) continue;
      const inline = items * bytes <= wide;
      const place = at + 4 + wide;
      const content = inline
        ? new DataView(directory.buffer, directory.byteOffset + place, items * bytes)
        : view(await file.at(number(directory, place, wide), items * bytes), items * bytes);
      if (tag === tags.name) name = textOf(content);
      else
        values.set(
          tag,
          Array.from({ length: items }, (_, item) => valueAt(content, item * bytes, type, isLittle)),
        );
    }
    pages.push(pageOf(values, name));
    next = number(directory, count * entryBytes, wide);
  }
  return pages;
}

function pageOf(values: ReadonlyMap<number, readonly number[]>, name: string | undefined): TiffPage {
  const first = (tag: number, otherwise: number) => values.get(tag)?.[0] ?? otherwise;
  const [low, high] = [values.get(tags.low), values.get(tags.high)].map((list) => list ?? []);
  const range =
    low!.length > 0 && high!.length > 0 ? ([Math.min(...low!), Math.max(...high!)] as const) : undefined;
  return {
    bits: first(tags.bits, 1),
    samples: first(tags.samples, 1),
    sampleFormat: formats[first(tags.format, 1)] ?? 'other',
    photometric: first(tags.photometric, 1),
    isJpeg: [6, 7].includes(first(tags.compression, 1)),
    hasOtherSamples: values.get(tags.extra)?.[0] === 0,
    isReduced: (first(tags.subfile, 0) & 1) === 1,
    holdsOthers: values.has(tags.others),
    name,
    range: range && range[1] > range[0] ? range : undefined,
    largest: values.get(tags.largest)?.[0],
  };
}

function valueAt(view: DataView, at: number, type: number, isLittle: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, isLittle);
    case 4:
    case 13:
      return view.getUint32(at, isLittle);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, isLittle);
    case 9:
      return view.getInt32(at, isLittle);
    case 11:
      return view.getFloat32(at, isLittle);
    case 12:
      return view.getFloat64(at, isLittle);
    case 16:
      return Number(view.getBigUint64(at, isLittle));
    default:
      return view.getUint8(at);
  }
}

function textOf(view: DataView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return Buffer.from(bytes).toString('utf8').split('\0')[0]!.trim();
}

/** @throws RangeError where there are fewer bytes */
function view(bytes: Uint8Array, expected: number): DataView {
  if (bytes.length < expected) throw new RangeError('it is cut short');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
