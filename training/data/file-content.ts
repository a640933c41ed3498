import { open } from 'node:fs/promises';
import { readingError } from '../cells/reading-error.ts';

const pieceBytes = 1 << 20;

/**
 * All bytes of a file, a piece at a time, in two memories by turns: to be given new memory takes as long as to read. A piece is to be used
 * before the next one is asked for.
 * @throws FedReconError `file-unreadable`
 */
export function contentOf(path: string): AsyncGenerator<Buffer> {
  const memories = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)] as const;
  return piecesOf(path, (turn) => memories[turn % 2]!);
}

/**
 * All bytes of a file, a piece at a time; the next is read while one is used.
 * @param memory for the piece of a turn, from 0
 * @throws FedReconError `file-unreadable`
 */
export async function* piecesOf(path: string, memory: (turn: number) => Buffer): AsyncGenerator<Buffer> {
  try {
    await using file = await open(path);
    const read = (turn: number) => {
      const reading = file.read(memory(turn), 0);
      // It may fail before its turn to be awaited comes; the failure is thrown then.
      reading.catch(() => undefined);
      return reading;
    };
    let next = read(0);
    try {
      for (let turn = 1; ; turn++) {
        const { bytesRead, buffer } = await next;
        if (bytesRead === 0) return;
        next = read(turn);
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      // The file is not closed under a read.
      await next.catch(() => undefined);
    }
  } catch (thrown) {
    throw readingError(thrown, path);
  }
}
