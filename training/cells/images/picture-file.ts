import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { inTurn } from './decoding-memory.ts';

/** The bytes of a picture file, wherever they lie. */
export interface PictureFile {
  readonly bytes: number;
  /** What libvips reads: the bytes, or the path of a file that is too large to be held. */
  readonly input: Uint8Array | string;
  /** At most `length` bytes from `offset` on; fewer at the end of the file. */
  at(offset: number, length: number): Promise<Uint8Array>;
  /** SHA-256, hex. */
  hash(): Promise<string>;
}

/** Larger files are read where they lie: an uncompressed line scan must not fill the memory. */
const mostHeld = 16 << 20;
const largestPiece = 64 << 20;

/** A picture in memory. */
export function pictureInMemory(bytes: Uint8Array): PictureFile {
  return {
    bytes: bytes.length,
    input: bytes,
    at: async (offset, length) => bytes.subarray(offset, offset + length),
    hash: async () => createHash('sha256').update(bytes).digest('hex'),
  };
}

/**
 * Opens a picture file for `work`, and closes it behind it; few are open at once.
 * @throws Error where a large file changed meanwhile, so that its hash is of something else
 */
export function withPictureFile<T>(path: string, work: (file: PictureFile) => Promise<T>): Promise<T> {
  return inTurn(async () => {
    const before = await stat(path);
    if (before.size <= mostHeld) return work(pictureInMemory(await readFile(path)));
    const handle = await open(path);
    try {
      const done = await work({
        bytes: before.size,
        input: path,
        at: (offset, length) => piece(handle, offset, length),
        hash: () => hashFrom(path),
      });
      const after = await stat(path);
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
        throw new Error('it changed while it was read');
      return done;
    } finally {
      await handle.close();
    }
  });
}

async function piece(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  if (length > largestPiece) throw new RangeError('it holds a piece of more than 64 MiB');
  const buffer = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, offset + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

async function hashFrom(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    hash.update(chunk);
  return hash.digest('hex');
}
