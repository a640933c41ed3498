import { inflateSync } from 'node:zlib';
import type { PictureFile } from './picture-file.ts';

/** What a PNG's chunks say (PNG specification, third edition, §11), as far as it decides how its values are read. */
interface PngFacts {
  /** Of each sample before it was stored in more (sBIT); undefined where the file does not say. */
  readonly significantBits: number | undefined;
  readonly isInterlaced: boolean;
}

/** The largest profile that a camera or a scanner was seen to embed is 3 MB. */
const largestProfile = 8 << 20;
/** What deflate adds at worst to data that does not shrink, and what some encoders flush between rows. */
const slack = { share: 1.3, bytes: 64 << 10 };
const signatureBytes = 8;

/**
 * Walks through a PNG's chunks without inflating its pixels.
 * @throws RangeError for one that is cut short, holds more pixel data than its size can need, or a profile that swells
 */
export async function readPngChunks(file: PictureFile): Promise<PngFacts> {
  let significantBits: number | undefined;
  let pixelBytes = 0;
  let largest = 0;
  let isInterlaced = false;
  for (let at = signatureBytes; ; ) {
    const head = await file.at(at, 8);
    if (head.length < 8) throw new RangeError('it is cut short');
    const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
    const type = Buffer.from(head.subarray(4, 8)).toString('latin1');
    const content = (most = length) => file.at(at + 8, Math.min(length, most));
    if (type === 'IHDR') {
      const header = await content(13);
      if (header.length < 13) throw new RangeError('it is cut short');
      const view = new DataView(header.buffer, header.byteOffset);
      const samples = [1, 1, 3, 1, 2, 1, 4][header[9]!] ?? 4;
      const rowBytes = 1 + Math.ceil((view.getUint32(0) * samples * header[8]!) / 8);
      largest = rowBytes * view.getUint32(4) * slack.share + slack.bytes;
      isInterlaced = header[12] === 1;
    }
    if (type === 'sBIT') significantBits = Math.max(...(await content(4)));
    if (type === 'iCCP') checkProfile(await content());
    if (type === 'IDAT') pixelBytes += length;
    if (pixelBytes > largest) throw new RangeError('it holds more pixel data than its size can need');
    if (type === 'IEND') return { significantBits, isInterlaced };
    at += 12 + length;
  }
}

/** The profile's name ends with a zero; a byte for the method follows, then the compressed profile (§11.3.2.3). */
function checkProfile(chunk: Uint8Array): void {
  const compressed = chunk.subarray(chunk.indexOf(0) + 2);
  try {
    inflateSync(compressed, { maxOutputLength: largestProfile });
  } catch (cause) {
    const isLarge = cause instanceof RangeError;
    throw new RangeError(
      isLarge ? 'its colour profile swells to more than 8 MB' : 'its colour profile is damaged',
      { cause },
    );
  }
}
