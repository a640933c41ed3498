import { openSpool } from './spool.ts';

/** File that grows by rows of float32, as many values in each, written where they are to lie and kept until there are many. */
export interface FloatRows {
  readonly path: string;
  /** Where the next row is to be written, and from which place on. */
  readonly target: Float32Array;
  readonly at: number;
  /** Takes the row; answers a promise only where it has to wait for the disk. @throws FedReconError `disk-full` */
  next(): Promise<void> | undefined;
  /** Writes the rows still held and closes the file. Safe to call again. */
  close(): Promise<void>;
}

const valuesTogether = 1 << 16;

/**
 * Creates or empties the file at `path`.
 * @param size values of a row
 * @param before bytes that are left free before the first row
 * @throws FedReconError `disk-full`
 */
export async function openFloatRows(path: string, size: number, before = 0): Promise<FloatRows> {
  const spool = await openSpool(path);
  await spool.write(new Uint8Array(before));
  const target = new Float32Array(size * Math.max(1, Math.floor(valuesTogether / size)));
  let at = 0;
  const held = () => new Uint8Array(target.buffer, 0, 4 * at);
  return {
    path,
    target,
    get at() {
      return at;
    },
    next() {
      at += size;
      if (at < target.length) return undefined;
      const full = held();
      at = 0;
      return spool.write(full);
    },
    async close() {
      const rest = held();
      at = 0;
      if (rest.length > 0) await spool.write(rest);
      await spool.close();
    },
  };
}
