import { expandRuns } from './bmp-runs.ts';
import type { PictureFile } from './picture-file.ts';
import { checkSize } from './raster.ts';

/** A bitmap whose rows can be asked for: 8 bits each of red, green and blue. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Row `y` from the top, valid until the next is asked for; asked for from the top down. */
  row(y: number): Promise<Uint8Array>;
}

/** How a bitmap's pixels lie in the file. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly isFromAbove: boolean;
  readonly bits: number;
  /** Offset of the pixels, and bytes of an uncompressed row. */
  readonly start: number;
  readonly stride: number;
  /** Blue, green and red of each colour; of few bits only. */
  readonly palette: readonly Uint8Array[];
  readonly masks: readonly number[];
}

const uncompressed = 0;
const runLengths: Readonly<Record<number, number>> = { 1: 8, 2: 4 };
const bitFields = [3, 6];
const usualMasks: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x03e0, 0x001f],
  32: [0x00ff0000, 0x0000ff00, 0x000000ff],
};
/** Rows that are read at once take about so many bytes. */
const blockBytes = 1 << 20;

/**
 * Opens a Windows or OS/2 bitmap: 1, 4 or 8 bits with a palette, run-length encoded or not, 16, 24 or 32 bits with any
 * colour masks, rows from below or above. Our own because libvips as it is packed for Node reads none. What
 * is called alpha is rubbish in most files, and left out.
 * Format: https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapinfoheader
 * @throws FedReconError `image-large`; Error naming what it cannot read
 */
export async function openBitmap(file: PictureFile): Promise<Bitmap> {
  const head = await file.at(0, 138);
  if (head.length < 26) throw new RangeError('it is cut short');
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const infoSize = view.getUint32(14, true);
  const isShort = infoSize === 12;
  if (!isShort && (infoSize < 40 || head.length < 54)) throw new Error('its header is of an unknown kind');
  const width = isShort ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isShort ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  checkSize(width, height, 3);
  const bits = view.getUint16(isShort ? 24 : 28, true);
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new Error(`it has ${bits} bits a pixel`);
  const compression = isShort ? uncompressed : view.getUint32(30, true);
  const runs = runLengths[compression];
  const isMasked = bitFields.includes(compression) && bits >= 16 && head.length >= 66;
  if (compression !== uncompressed && !isMasked && (runs !== bits || signedHeight < 0))
    throw new Error(`its pixels are compressed in a way (${compression}) that bitmaps hardly ever are`);
  const colours = bits > 8 ? 0 : (isShort ? 0 : view.getUint32(46, true)) || 2 ** bits;
  if (colours > 2 ** bits) throw new RangeError('its palette is damaged');
  const entry = isShort ? 3 : 4;
  // Masks lie at the same place whether they follow the shortest header or belong to a longer one.
  const paletteAt = 14 + infoSize + (isMasked && infoSize === 40 ? 12 : 0);
  const start = view.getUint32(10, true) || paletteAt + colours * entry;
  if (start < paletteAt) throw new RangeError('its header is damaged');
  const table = await file.at(paletteAt, colours * entry);
  const layout: Layout = {
    ...{ width, height, bits, isFromAbove: signedHeight < 0, start },
    stride: Math.ceil((width * bits) / 32) * 4,
    palette: Array.from({ length: Math.floor(table.length / entry) }, (_, index) =>
      table.subarray(index * entry, index * entry + 3),
    ),
    masks: isMasked ? [54, 58, 62].map((at) => view.getUint32(at, true)) : (usualMasks[bits] ?? []),
  };
  if (bits > 8 && bits !== 24) checkMasks(layout.masks);
  if (runs === undefined || compression === uncompressed) return plainRows(file, layout);
  const indices = expandRuns(await file.at(layout.start, file.bytes - layout.start), width, height, bits);
  const line = new Uint8Array(width * 3);
  return {
    ...{ width, height },
    row: async (y) => coloured(line, layout.palette, (x) => indices[(height - 1 - y) * width + x]!),
  };
}

/** @throws RangeError for masks that share bits, have gaps or are all empty */
function checkMasks(masks: readonly number[]): void {
  const isWhole = masks.every((mask) => {
    const low = mask >>> (mask === 0 ? 0 : 31 - Math.clz32(mask & -mask));
    return (low & (low + 1)) === 0;
  });
  const [red = 0, green = 0, blue = 0] = masks;
  const isShared = (red & green) !== 0 || (red & blue) !== 0 || (green & blue) !== 0;
  if (!isWhole || isShared || (red | green | blue) === 0)
    throw new RangeError('its colour masks are damaged');
}

function plainRows(file: PictureFile, layout: Layout): Bitmap {
  const { width, height, isFromAbove, start, stride } = layout;
  if (start + stride * height > file.bytes) throw new RangeError('it is cut short');
  const rowsAtOnce = Math.max(1, Math.floor(blockBytes / stride));
  const line = new Uint8Array(width * 3);
  let block = new Uint8Array(0);
  let first = -1;
  return {
    ...{ width, height },
    async row(y) {
      const stored = isFromAbove ? y : height - 1 - y;
      const wanted = Math.floor(stored / rowsAtOnce) * rowsAtOnce;
      if (wanted !== first) {
        block = Uint8Array.from(
          await file.at(start + wanted * stride, Math.min(rowsAtOnce, height - wanted) * stride),
        );
        first = wanted;
      }
      const from = block.subarray((stored - wanted) * stride, (stored - wanted + 1) * stride);
      if (from.length < stride) throw new RangeError('it is cut short');
      return takeApart(from, layout, line);
    },
  };
}

/** The pixels of one stored row as red, green and blue. */
function takeApart(row: Uint8Array, { bits, palette, masks }: Layout, line: Uint8Array): Uint8Array {
  if (bits <= 8) {
    const perByte = 8 / bits;
    const most = (1 << bits) - 1;
    return coloured(
      line,
      palette,
      (x) => (row[Math.floor(x / perByte)]! >> (8 - bits * ((x % perByte) + 1))) & most,
    );
  }
  if (bits === 24) {
    for (let at = 0; at < line.length; at += 3) {
      line[at] = row[at + 2]!;
      line[at + 1] = row[at + 1]!;
      line[at + 2] = row[at]!;
    }
    return line;
  }
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const parts = masks.map((mask) => ({ mask, shift: mask === 0 ? 0 : 31 - Math.clz32(mask & -mask) }));
  for (let x = 0; x * 3 < line.length; x++) {
    const pixel = bits === 16 ? view.getUint16(x * 2, true) : view.getUint32(x * 4, true);
    for (const [channel, { mask, shift }] of parts.entries()) {
      const most = mask >>> shift;
      line[x * 3 + channel] = most === 0 ? 0 : Math.round((255 * ((pixel & mask) >>> shift)) / most);
    }
  }
  return line;
}

/** `palette`: blue, green and red of each colour. */
function coloured(
  line: Uint8Array,
  palette: readonly Uint8Array[],
  indexOf: (x: number) => number,
): Uint8Array {
  for (let x = 0; x * 3 < line.length; x++) {
    const index = indexOf(x);
    const colour = palette[index];
    if (!colour || colour.length < 3) throw new RangeError(`it has no palette colour ${index}`);
    line[x * 3] = colour[2]!;
    line[x * 3 + 1] = colour[1]!;
    line[x * 3 + 2] = colour[0]!;
  }
  return line;
}
