import { open } from 'node:fs/promises';
import { writeError } from './problems.ts';

/** Spool: a file that grows at its end, written in large pieces. */
export interface Spool {
  readonly path: string;
  /**
   * Appends bytes; answers a promise only where it has to wait for the disk. One call at a time; the buffer may be used again
   * afterwards. @throws FedReconError `disk-full`
   */
  write(bytes: Uint8Array): Promise<void> | undefined;
  /** Writes the bytes still held and closes the file. Safe to call again. */
  close(): Promise<void>;
}

const pieceBytes = 1 << 18;

/** Creates or empties the file at `path`. @throws FedReconError `disk-full` */
export async function openSpool(path: string): Promise<Spool> {
  const file = await open(path, 'w').catch((cause: unknown) => {
    throw writeError(path, cause);
  });
  const piece = new Uint8Array(pieceBytes);
  let held = 0;
  let closed = false;

  const append = async (bytes: Uint8Array) => {
    try {
      for (let done = 0; done < bytes.length; )
        done += (await file.write(bytes, done, bytes.length - done, null)).bytesWritten;
    } catch (cause) {
      throw writeError(path, cause);
    }
  };
  const flush = async () => {
    await append(piece.subarray(0, held));
    held = 0;
  };
  const writeThrough = async (bytes: Uint8Array) => {
    await flush();
    if (bytes.length >= pieceBytes) return append(bytes);
    piece.set(bytes, 0);
    held = bytes.length;
  };
  return {
    path,
    write(bytes) {
      if (held + bytes.length > pieceBytes) return writeThrough(bytes);
      piece.set(bytes, held);
      held += bytes.length;
      return undefined;
    },
    async close() {
      if (closed) return;
      closed = true;
      await flush().finally(() => file.close());
    },
  };
}
