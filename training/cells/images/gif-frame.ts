import type { PictureFile } from './picture-file.ts';
import { checkSize } from './raster.ts';

const extension = 0x21;
const frame = 0x2c;
/** The first frame of a file that is larger is looked at as far as this. */
const mostWalked = 64 << 20;
const longestCode = 12;
const largestCode = 1 << longestCode;

/**
 * Walks to the first frame of a GIF and through its codes (GIF89a, §20 to §22 and appendix F), because libvips takes what is
 * not there for transparent.
 * @throws FedReconError `image-large`; RangeError where a frame is missing, leaves the picture or holds too few pixels
 */
export async function checkGif(file: PictureFile): Promise<void> {
  const bytes = await file.at(0, mostWalked);
  const byte = (at: number): number => {
    const value = bytes[at];
    if (value === undefined) throw new RangeError('it is cut short');
    return value;
  };
  const word = (at: number) => byte(at) + byte(at + 1) * 256;
  const [width, height] = [word(6), word(8)];
  checkSize(width, height, 4);
  const colours = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  /** Behind the blocks that begin at `at`. */
  const behind = (start: number): number => {
    let at = start;
    while (byte(at) > 0) at += 1 + byte(at);
    return at + 1;
  };
  let at = 13 + colours(byte(10));
  while (byte(at) === extension) at = behind(at + 2);
  if (byte(at) !== frame) throw new RangeError('it has no frame');
  const [left, top, wide, high] = [1, 3, 5, 7].map((offset) => word(at + offset)) as [
    number,
    number,
    number,
    number,
  ];
  if (left + wide > width || top + high > height) throw new RangeError('its frame leaves the picture');
  at += 10 + colours(byte(at + 9));
  const bits = byte(at);
  if (bits < 2 || bits > 8) throw new RangeError('its frame is damaged');
  const pixels = countPixels(bytes, at + 1, bits);
  if (pixels < wide * high && bytes.length === file.bytes)
    throw new RangeError('its frame holds too few pixels');
}

/** Pixels that blocks of codes stand for: a code of the table stands for one more than the code before it. */
function countPixels(bytes: Uint8Array, start: number, bits: number): number {
  const clear = 1 << bits;
  const lengths = new Uint32Array(largestCode).fill(1, 0, clear);
  let [width, next, before, pixels] = [bits + 1, clear + 2, 0, 0];
  let [held, count] = [0, 0];
  for (let at = start; bytes[at]; at += 1 + bytes[at]!)
    for (const byte of bytes.subarray(at + 1, at + 1 + bytes[at]!)) {
      held |= byte << count;
      count += 8;
      while (count >= width) {
        const code = held & ((1 << width) - 1);
        held >>>= width;
        count -= width;
        if (code === clear + 1) return pixels;
        if (code === clear) {
          [width, next, before] = [bits + 1, clear + 2, 0];
          continue;
        }
        if (code > next || (code === next && before === 0)) throw new RangeError('its frame is damaged');
        if (before > 0 && next < largestCode) {
          lengths[next] = before + 1;
          next++;
          if (next === 1 << width && width < longestCode) width++;
        }
        before = lengths[code]!;
        pixels += before;
      }
    }
  return pixels;
}
