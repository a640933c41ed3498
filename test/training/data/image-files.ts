import { crc32, deflateSync } from 'node:zlib';

/**
 * Writers of small image files for the decoder's tests, straight from the formats' specifications, because
 * encoders write none of the rarer variants that instruments do.
 */

/** PNG (ISO/IEC 15948). `rows`: the packed bytes of each row. `extra`: chunks before the data. */
export function pngFile(
  width: number,
  height: number,
  depth: number,
  colourType: number,
  rows: readonly (readonly number[])[],
  extra: readonly (readonly [string, readonly number[]])[] = [],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(rows.flatMap((row) => [0, ...row])));
  const chunks = [['IHDR', header], ...extra, ['IDAT', data], ['IEND', []]] as const;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...chunks.map(([name, content]) => pngChunk(name, Buffer.from(content))),
  ]);
}

function pngChunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/**
 * GIF (89a) of one grey, however large in no time: by its LZW, each code after the first stands for a run that is one
 * pixel longer than the last, until the table of codes is full and begins afresh.
 */
export function plainGif(width: number, height: number, grey: number): Uint8Array {
  const [clear, end, first] = [4, 5, 6];
  const bytes: number[] = [];
  let [waiting, held] = [0, 0];
  const put = (code: number, bits: number) => {
    waiting |= code << held;
    for (held += bits; held >= 8; held -= 8) {
      bytes.push(waiting & 255);
      waiting >>= 8;
    }
  };
  let [bits, next, run] = [3, first, 1];
  put(clear, bits);
  for (let left = width * height; left > 0; run++) {
    if (next === 4096) {
      put(clear, bits);
      [bits, next, run] = [3, first, 1];
    }
    const length = Math.min(run, left);
    put(length === 1 ? 0 : first + length - 2, bits);
    left -= length;
    if (run > 1) next++;
    if (next === 1 << bits && bits < 12) bits++;
  }
  put(end, bits);
  put(0, 7);
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const palette = [grey, grey, grey, ...new Array<number>(9).fill(0)];
  const blocks = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, index) => {
    const block = bytes.slice(index * 255, (index + 1) * 255);
    return Buffer.from([block.length, ...block]);
  });
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    size,
    Buffer.from([0xf1, 0, 0, ...palette, 0x2c, 0, 0, 0, 0]),
    size,
    Buffer.from([0, 2]),
    ...blocks,
    Buffer.from([0, 0x3b]),
  ]);
}

export interface BmpOptions {
  readonly bits: number;
  /** Blue, green, red, unused. */
  readonly palette?: readonly (readonly number[])[];
  readonly fromAbove?: boolean;
  /** 1 and 2 are run lengths; 3 writes masks after the header. */
  readonly compression?: number;
  /** Of red, green and blue; the usual ones of 32 bits if not given. */
  readonly masks?: readonly number[];
}

/** Windows bitmap with a BITMAPINFOHEADER. `rows` from the top: the packed bytes of each row, padded here. */
export function bmpFile(
  width: number,
  rows: readonly (readonly number[])[],
  { bits, palette = [], fromAbove = false, compression = 0, masks: own }: BmpOptions,
): Uint8Array {
  const masks = compression === 3 ? (own ?? [0x00ff0000, 0x0000ff00, 0x000000ff]) : [];
  const stride = Math.ceil((width * bits) / 32) * 4;
  const start = 54 + masks.length * 4 + palette.length * 4;
  const file = Buffer.alloc(start + stride * rows.length);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(fromAbove ? -rows.length : rows.length, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  file.writeUInt32LE(palette.length, 46);
  masks.forEach((mask, index) => {
    file.writeUInt32LE(mask, 54 + index * 4);
  });
  file.set(palette.flat(), 54 + masks.length * 4);
  (fromAbove ? rows : rows.toReversed()).forEach((row, index) => {
    file.set(row, start + index * stride);
  });
  return file;
}

/** Windows bitmap whose pixels are run lengths (BI_RLE8, BI_RLE4), as they stand in the file. */
export function runLengthBmp(
  width: number,
  height: number,
  bits: 4 | 8,
  palette: readonly (readonly number[])[],
  runs: readonly number[],
): Uint8Array {
  const empty = bmpFile(width, [], { bits, palette, compression: bits === 8 ? 1 : 2 });
  const file = Buffer.concat([empty, Buffer.from(runs)]);
  file.writeInt32LE(height, 22);
  file.writeUInt32LE(file.length, 2);
  return file;
}

export interface TiffOptions {
  readonly bits: number;
  readonly samples: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly photometric: number;
  readonly bigEndian?: boolean;
  /** 1 none, 8 deflate, 32773 PackBits. */
  readonly compression?: number;
  readonly planar?: number;
  /** 1 unsigned, 2 signed, 3 floating-point. */
  readonly format?: number;
  /** SMinSampleValue and SMaxSampleValue, as 32-bit floating-point numbers. */
  readonly range?: readonly [number, number];
  /** MaxSampleValue. */
  readonly largest?: number;
  readonly orientation?: number;
  /** ExtraSamples: 0 unsaid, 1 and 2 transparency. */
  readonly extra?: number;
  /** Whether the page is a small copy of another (NewSubfileType). */
  readonly isReduced?: boolean;
  /** Whether another image hangs on the page (SubIFDs). */
  readonly holdsOthers?: boolean;
  readonly name?: string;
  /** 16-bit values: all reds, all greens, all blues. */
  readonly palette?: readonly number[];
}

/** TIFF 6.0 with one strip; `data` holds the samples as bytes of the file. */
export function tiffFile(
  width: number,
  height: number,
  data: ArrayLike<number>,
  options: TiffOptions,
): Uint8Array {
  return tiffPages([{ width, height, data, ...options }], options.bigEndian);
}

interface TiffPage extends TiffOptions {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

const short = 3;
const long = 4;
const float = 11;
const sizes: Readonly<Record<number, number>> = { 2: 1, [short]: 2, [long]: 4, [float]: 4 };

/** TIFF 6.0 with several pages of one strip each. */
export function tiffPages(pages: readonly TiffPage[], bigEndian = false): Uint8Array {
  let file: Buffer = Buffer.alloc(8);
  const u16 = (at: number, value: number) =>
    bigEndian ? file.writeUInt16BE(value, at) : file.writeUInt16LE(value, at);
  const u32 = (at: number, value: number) =>
    bigEndian ? file.writeUInt32BE(value, at) : file.writeUInt32LE(value, at);
  const f32 = (at: number, value: number) =>
    bigEndian ? file.writeFloatBE(value, at) : file.writeFloatLE(value, at);
  const append = (bytes: Uint8Array): number => {
    const at = file.length;
    file = Buffer.concat([file, bytes, Buffer.alloc(bytes.length % 2)]);
    return at;
  };
  file.write(bigEndian ? 'MM' : 'II', 0, 'latin1');
  u16(2, 42);
  let link = 4;
  for (const page of pages) {
    const { bits, samples, photometric, compression = 1, planar = 1, palette } = page;
    const bytes = Buffer.from(Array.from(page.data));
    const strip = compression === 8 ? deflateSync(bytes) : bytes;
    const planes = planar === 2 ? samples : 1;
    const stripAt = append(strip);
    const entries: [tag: number, type: number, values: readonly number[]][] = [
      ...(page.isReduced ? ([[254, long, [1]]] as [number, number, number[]][]) : []),
      [256, short, [page.width]],
      [257, short, [page.height]],
      [258, short, new Array<number>(samples).fill(bits)],
      [259, short, [compression]],
      [262, short, [photometric]],
      [273, long, Array.from({ length: planes }, (_, plane) => stripAt + (plane * strip.length) / planes)],
      ...(page.orientation ? ([[274, short, [page.orientation]]] as [number, number, number[]][]) : []),
      [277, short, [samples]],
      [278, short, [page.height]],
      [279, long, new Array<number>(planes).fill(strip.length / planes)],
      ...(page.largest ? ([[281, short, [page.largest]]] as [number, number, number[]][]) : []),
      [284, short, [planar]],
      ...(page.name ? ([[285, 2, [...Buffer.from(`${page.name}\0`)]]] as [number, number, number[]][]) : []),
      ...(palette ? ([[320, short, palette]] as [number, number, readonly number[]][]) : []),
      ...(page.holdsOthers ? ([[330, long, [8]]] as [number, number, number[]][]) : []),
      ...(page.extra === undefined ? [] : ([[338, short, [page.extra]]] as [number, number, number[]][])),
      ...(page.format
        ? ([[339, short, new Array(samples).fill(page.format)]] as [number, number, number[]][])
        : []),
      ...(page.range
        ? ([
            [340, float, [page.range[0]]],
            [341, float, [page.range[1]]],
          ] as [number, number, number[]][])
        : []),
    ];
    const at = append(Buffer.alloc(2 + entries.length * 12 + 4));
    u32(link, at);
    link = at + 2 + entries.length * 12;
    u16(at, entries.length);
    for (const [index, [tag, type, values]] of entries.entries()) {
      const place = at + 2 + index * 12;
      const size = sizes[type]!;
      u16(place, tag);
      u16(place + 2, type);
      u32(place + 4, values.length);
      let to = place + 8;
      if (values.length * size > 4) {
        to = append(Buffer.alloc(values.length * size));
        u32(place + 8, to);
      }
      for (const [position, value] of values.entries()) {
        if (type === float) f32(to + position * 4, value);
        else if (size === 1) file[to + position] = value;
        else (size === 2 ? u16 : u32)(to + position * size, value);
      }
    }
  }
  return file;
}

/** GIF89a of four colours, black, white, red and green: one frame whose codes name a colour each, the table cleared in between. */
export function gifFile(
  size: readonly [width: number, height: number],
  frame: readonly [left: number, top: number, width: number, height: number],
  colours: readonly number[],
): Uint8Array {
  const clear = 4;
  const codes = [
    ...colours.flatMap((colour, index) => (index % 2 === 0 ? [clear, colour] : [colour])),
    clear + 1,
  ];
  const bytes = Buffer.alloc(Math.ceil((codes.length * 3) / 8));
  for (const [index, code] of codes.entries())
    for (let bit = 0; bit < 3; bit++) {
      const at = index * 3 + bit;
      bytes[at >> 3]! |= ((code >> bit) & 1) << (at & 7);
    }
  const words = (...values: readonly number[]) => values.flatMap((value) => [value & 255, value >> 8]);
  const blocks = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, index) => {
    const block = bytes.subarray(index * 255, (index + 1) * 255);
    return [block.length, ...block];
  });
  return Buffer.from([
    ...Buffer.from('GIF89a'),
    ...[...words(...size), 0x81, 0, 0],
    ...[...[0, 0, 0], ...[255, 255, 255], ...[255, 0, 0], ...[0, 255, 0]],
    // A comment, as many writers leave one.
    ...[0x21, 0xfe, 2, 0x68, 0x69, 0],
    ...[0x2c, ...words(...frame), 0],
    ...[2, ...blocks.flat(), 0, 0x3b],
  ]);
}
