import { open } from 'node:fs/promises';
import { writeError } from './problems.ts';

/** A file that grows at its end, written in large pieces. */
export interface Spool {
  readonly path: string;
  /** The bytes are copied. @throws FedReconError `disk-full` */
  write(bytes: Uint8Array): Promise<void>;
  /** Writes what is still held and closes the file. Safe to call again. */
  close(): Promise<void>;
}

const pieceBytes = 1 << 18;

/** Creates or empties the file at `path`. @throws FedReconError `disk-full` */
export async function openSpool(path: string): Promise<Spool> {
  const file = await open(path, 'w').catch((cause: unknown) => {
    throw writeError(path, cause);
  });
  let held: Uint8Array[] = [];
  let size = 0;
  let closed = false;

  const flush = async () => {
    const piece = Buffer.concat(held, size);
    held = [];
    size = 0;
    await file.appendFile(piece).catch((cause: unknown) => {
      throw writeError(path, cause);
    });
  };
  return {
    path,
    async write(bytes) {
      held.push(bytes.slice());
      size += bytes.length;
      if (size >= pieceBytes) await flush();
    },
    async close() {
      if (closed) return;
      closed = true;
      await flush().finally(() => file.close());
    },
  };
}
