import { open } from 'node:fs/promises';
import { readingError } from '../cells/reading-error.ts';

const pieceBytes = 1 << 20;

/**
 * All bytes of a file, a piece at a time, each in the memory of the one before: to be given new memory takes as long as to read. A piece
 * is to be used before the next one is asked for.
 * @throws FedReconError `file-unreadable`
 */
export async function* contentOf(path: string): AsyncGenerator<Buffer> {
  const memory = Buffer.allocUnsafeSlow(pieceBytes);
  try {
    await using file = await open(path);
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, memory.length);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } catch (thrown) {
    throw readingError(thrown, path);
  }
}
