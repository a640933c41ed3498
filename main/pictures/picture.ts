import { crc32, deflateSync } from 'node:zlib';

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
  const rowBytes = width * channels;
  // Each row begins with the number of its filter: none.
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let at = 0; at < height * rowBytes; at++)
    rows[at + Math.floor(at / rowBytes) + 1] = Math.round(255 * Math.min(1, Math.max(0, values[at]!)));
  return Buffer.concat([
    signature,
    headerChunk(width, height, channels),
    ...Object.entries(text).map(([keyword, value]) => textChunk(keyword, value)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Grey is colour type 0 and true colour 2 (PNG specification, §11.2.1). */
const colourTypes = { 1: 0, 3: 2 } as const;

function headerChunk(width: number, height: number, channels: 1 | 3): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourTypes[channels]], 8);
  return chunk('IHDR', header);
}

/**
 * Text chunk of a PNG: `tEXt` for Latin-1, `iTXt`, uncompressed and of no stated language, for what it cannot write
 * (§11.3.3).
 */
function textChunk(keyword: string, value: string): Buffer {
  const isLatin = [...value].every((character) => character.codePointAt(0)! < 256);
  return isLatin
    ? chunk('tEXt', Buffer.from(`${keyword}\0${value}`, 'latin1'))
    : chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${value}`, 'utf8'));
}

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(content.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
