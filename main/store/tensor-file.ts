import { type FileHandle, open } from 'node:fs/promises';
import { FedReconError } from '../../protocol/errors.ts';
import { headerBytes, type TensorPlace, tensorPlaces } from '../../protocol/safetensors.ts';

/** A safetensors file of which only some rows are needed. */
export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  /** Names of its tensors. */
  readonly names: readonly string[];
  /** Number of rows of a tensor, its first dimension; 0 when there is no such tensor. */
  rows(name: string): number;
  /**
   * Reads `count` rows from `first` on, row-major.
   * @throws FedReconError `tensors-invalid` if they are not all there
   */
  read(name: string, first: number, count: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Opens a safetensors file. @throws FedReconError `tensors-invalid` for a file that is none, or is not there */
export async function openTensorFile(path: string): Promise<TensorFile> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new FedReconError('tensors-invalid', { problem: 'the file is gone' }, { cause });
  });
  try {
    const { places, metadata } = await headerOf(file);
    return {
      metadata,
      names: [...places.keys()],
      rows: (name) => places.get(name)?.shape[0] ?? 0,
      read: async (name, first, count) => {
        const { start, width } = rowsOf(places, name, first + count);
        const bytes = await readBytes(file, start + first * width * 4, count * width * 4);
        return new Float32Array(bytes.buffer, 0, count * width);
      },
      close: () => file.close(),
    };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

/** Bytes that are overwritten at once. */
const zeros = new Uint8Array(1 << 20);

/** Sets some rows to zero, in place, of the tensors that `matches` names. */
export async function clearRows(
  path: string,
  matches: (name: string) => boolean,
  rows: readonly number[],
): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { places } = await headerOf(file);
    for (const name of [...places.keys()].filter(matches)) {
      for (const { first, count } of runsIn(rows)) {
        const { start, width } = rowsOf(places, name, first + count);
        const bytes = count * width * 4;
        for (let done = 0; done < bytes; done += zeros.length)
          await file.write(zeros, 0, Math.min(zeros.length, bytes - done), start + first * width * 4 + done);
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Rows that follow each other; in any order. */
function runsIn(rows: readonly number[]): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const row of rows.toSorted((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && last.first + last.count === row) last.count++;
    else runs.push({ first: row, count: 1 });
  }
  return runs;
}

async function headerOf(file: FileHandle) {
  return tensorPlaces(await readBytes(file, 0, headerBytes(await readBytes(file, 0, 8))));
}

function rowsOf(places: ReadonlyMap<string, TensorPlace>, name: string, end: number) {
  const place = places.get(name);
  const [rows = 0, ...rest] = place?.shape ?? [];
  if (!place || end > rows)
    throw new FedReconError('tensors-invalid', { problem: `no row ${end - 1} of "${name}"` });
  return { start: place.start, width: rest.reduce((product, dimension) => product * dimension, 1) };
}

async function readBytes(file: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let position = 0;
  while (position < length) {
    const { bytesRead } = await file.read(bytes, position, length - position, start + position);
    if (bytesRead === 0) throw new FedReconError('tensors-invalid', { problem: 'it is cut short' });
    position += bytesRead;
  }
  return bytes;
}
