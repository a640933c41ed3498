/**
 * Expands the run lengths of a bitmap of 8 or 4 bits (BI_RLE8, BI_RLE4) to a palette index a pixel, rows from below as
 * they are stored; what is skipped is colour 0, unless that is everything.
 * Format: https://learn.microsoft.com/windows/win32/gdi/bitmap-compression
 * @throws RangeError where it ends before its end mark, or leaves the picture
 */
export function expandRuns(bytes: Uint8Array, width: number, height: number, bits: number): Uint8Array {
  const indices = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, 0];
  let isDrawn = false;
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('it is cut short');
    return byte;
  };
  /** Index `place` of a run: with four bits two share a byte, the first in its upper half. */
  const half = (byte: number, place: number) =>
    bits === 8 ? byte : place % 2 === 0 ? byte >> 4 : byte & 0x0f;
  const put = (index: number) => {
    if (x >= width || y >= height) throw new RangeError('its runs leave the picture');
    indices[y * width + x++] = index;
    isDrawn = true;
  };
  for (;;) {
    const count = next();
    const value = next();
    if (count > 0) {
      for (let place = 0; place < count; place++) put(half(value, place));
      continue;
    }
    if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) {
      if (!isDrawn) throw new RangeError('it holds no pixel');
      return indices;
    } else if (value === 2) {
      x += next();
      y += next();
    } else {
      const stored = Math.ceil((value * bits) / 8);
      let byte = 0;
      for (let place = 0; place < value; place++) {
        if (bits === 8 || place % 2 === 0) byte = next();
        put(half(byte, place));
      }
      // Literal pixels are filled up to whole words.
      if (stored % 2 === 1) next();
    }
  }
}
