import { crc32 } from 'node:zlib';
import { encode } from 'fast-png';

/** An image whose values are fractions of full scale, row-major with interleaved channels. */
export interface PictureValues {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly values: ArrayLike<number>;
}

/**
 * A PNG of 8 bits a channel.
 * @param text goes into the file itself: what a picture is stays with it wherever it is copied
 */
export function encodePicture(
  { width, height, channels, values }: PictureValues,
  text: Readonly<Record<string, string>> = {},
): Uint8Array {
  const data = Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  const png = Buffer.from(encode({ width, height, channels, data }));
  const chunks = Object.entries(text).map(([keyword, value]) => textChunk(keyword, value));
  return Buffer.concat([png.subarray(0, afterHeader), ...chunks, png.subarray(afterHeader)]);
}

/** Bytes before the first text chunk: signature and IHDR, which comes first (PNG specification, §5.6). */
const afterHeader = 8 + 25;

/**
 * Text chunk of a PNG: `tEXt` for Latin-1, `iTXt`, uncompressed and of no stated language, for what it cannot write
 * (§11.3.3).
 */
function textChunk(keyword: string, value: string): Buffer {
  const isLatin = [...value].every((character) => character.codePointAt(0)! < 256);
  const content = isLatin
    ? Buffer.from(`tEXt${keyword}\0${value}`, 'latin1')
    : Buffer.from(`iTXt${keyword}\0\0\0\0\0${value}`, 'utf8');
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  return chunk;
}
