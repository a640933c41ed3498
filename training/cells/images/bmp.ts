import { checkSize, type Raster, raster, unpackBits } from './raster.ts';

/**
 * Decodes a Windows bitmap: 1, 4 or 8 bits with a palette, 24 or 32 bits, rows from below or above. Our own because the
 * decoder at hand (fast-bmp 4) takes palette indices for grey values and refuses the 32-bit files and the row order
 * that industrial cameras write.
 * Format: https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapinfoheader
 * @throws Error naming what it cannot read
 */
export function decodeBmp(bytes: Uint8Array): Raster {
  if (bytes.length < 54) throw new RangeError('it is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const infoSize = view.getUint32(14, true);
  if (infoSize < 40) throw new Error('it is an OS/2 bitmap');
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  checkSize(width, height);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  checkCompression(bits, compression, view);

  const stride = Math.ceil((width * bits) / 32) * 4;
  const start = view.getUint32(10, true);
  const stored = bytes.subarray(start, start + stride * height);
  if (stored.length < stride * height) throw new RangeError('it is cut short');
  const rows = signedHeight < 0 ? stored : flipped(stored, stride, height);
  if (bits <= 8) {
    const colours = view.getUint32(46, true) || 2 ** bits;
    const table = bytes.subarray(14 + infoSize, 14 + infoSize + colours * 4);
    return indexed(unpackBits(rows, width, height, bits, stride), table, width, height);
  }
  return direct(rows, width, height, bits / 8, stride);
}

const plain = 0;
const bitFields = 3;
const usualMasks = [0x00ff0000, 0x0000ff00, 0x000000ff];

function checkCompression(bits: number, compression: number, view: DataView): void {
  if (![1, 4, 8, 24, 32].includes(bits)) throw new Error(`it has ${bits} bits a pixel`);
  if (compression === plain) return;
  // The masks lie at the same place whether they follow the shortest header or belong to a longer one.
  const masked = compression === bitFields && bits === 32 && view.byteLength >= 66;
  if (!masked || usualMasks.some((mask, index) => view.getUint32(54 + index * 4, true) !== mask))
    throw new Error('it is compressed or has unusual colour masks');
}

function flipped(rows: Uint8Array, stride: number, height: number): Uint8Array {
  const result = new Uint8Array(rows.length);
  for (let y = 0; y < height; y++)
    result.set(rows.subarray(y * stride, (y + 1) * stride), (height - 1 - y) * stride);
  return result;
}

/** Image of palette indices. @param table blue, green, red and an unused byte for each colour */
function indexed(indices: Uint8Array, table: Uint8Array, width: number, height: number): Raster {
  const data = new Uint8Array(indices.length * 3);
  indices.forEach((index, pixel) => {
    const [blue, green, red] = table.subarray(index * 4, index * 4 + 3);
    if (red === undefined) throw new RangeError(`it has no palette colour ${index}`);
    data.set([red, green!, blue!], pixel * 3);
  });
  return raster(width, height, 3, 255, data);
}

/**
 * Image of direct colours: blue, green, red and, with 32 bits, a byte that is alpha in some files and arbitrary in
 * most; it is left out.
 */
function direct(rows: Uint8Array, width: number, height: number, bytes: number, stride: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = y * stride + x * bytes;
      const to = (y * width + x) * 3;
      data[to] = rows[from + 2]!;
      data[to + 1] = rows[from + 1]!;
      data[to + 2] = rows[from]!;
    }
  return raster(width, height, 3, 255, data);
}
