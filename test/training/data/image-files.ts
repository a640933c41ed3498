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

export interface BmpOptions {
  readonly bits: number;
  /** Blue, green, red, unused. */
  readonly palette?: readonly (readonly number[])[];
  readonly fromAbove?: boolean;
  /** 3 writes the usual masks after the header. */
  readonly compression?: number;
}

/** Windows bitmap with a BITMAPINFOHEADER. `rows` from the top: the packed bytes of each row, padded here. */
export function bmpFile(
  width: number,
  rows: readonly (readonly number[])[],
  { bits, palette = [], fromAbove = false, compression = 0 }: BmpOptions,
): Uint8Array {
  const masks = compression === 3 ? [0x00ff0000, 0x0000ff00, 0x000000ff] : [];
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

export interface TiffOptions {
  readonly bits: number;
  readonly samples: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly photometric: number;
  readonly bigEndian?: boolean;
  /** 1 none, 8 deflate, 32773 PackBits. */
  readonly compression?: number;
  readonly planar?: number;
  /** 16-bit values: all reds, all greens, all blues. */
  readonly palette?: readonly number[];
}

/** TIFF 6.0 with one strip; `data` holds the samples as bytes of the file. */
export function tiffFile(
  width: number,
  height: number,
  data: readonly number[],
  options: TiffOptions,
): Uint8Array {
  const { bits, samples, photometric, bigEndian = false, compression = 1, planar = 1, palette } = options;
  const strip = compression === 8 ? deflateSync(Buffer.from(data)) : Buffer.from(data);
  const short = 3;
  const long = 4;
  const entries: [tag: number, type: number, values: readonly number[]][] = [
    [256, short, [width]],
    [257, short, [height]],
    [258, short, new Array<number>(samples).fill(bits)],
    [259, short, [compression]],
    [262, short, [photometric]],
    [273, long, [8]],
    [277, short, [samples]],
    [278, short, [height]],
    [279, long, [strip.length]],
    [284, short, [planar]],
    ...(palette ? ([[320, short, palette]] as [number, number, readonly number[]][]) : []),
  ];
  const directory = 8 + strip.length + (strip.length % 2);
  let overflow = directory + 2 + entries.length * 12 + 4;
  const file = Buffer.alloc(overflow + entries.reduce((sum, [, , values]) => sum + values.length * 4, 0));
  const u16 = (value: number, at: number) =>
    bigEndian ? file.writeUInt16BE(value, at) : file.writeUInt16LE(value, at);
  const u32 = (value: number, at: number) =>
    bigEndian ? file.writeUInt32BE(value, at) : file.writeUInt32LE(value, at);
  file.write(bigEndian ? 'MM' : 'II', 0, 'latin1');
  u16(42, 2);
  u32(directory, 4);
  file.set(strip, 8);
  u16(entries.length, directory);
  entries.forEach(([tag, type, values], index) => {
    const at = directory + 2 + index * 12;
    const size = type === short ? 2 : 4;
    u16(tag, at);
    u16(type, at + 2);
    u32(values.length, at + 4);
    let place = at + 8;
    if (values.length * size > 4) {
      u32(overflow, place);
      place = overflow;
      overflow += values.length * size;
    }
    const write = size === 2 ? u16 : u32;
    for (const [position, value] of values.entries()) write(value, place + position * size);
  });
  return file;
}
