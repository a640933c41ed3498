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
      for (const row of rows) {
        const { start, width } = rowsOf(places, name, row + 1);
        await file.write(new Uint8Array(width * 4), 0, width * 4, start + row * width * 4);
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Move of a row of one file to the place of a row in another. */
export interface RowMove {
  readonly from: number;
  readonly to: number;
}

/** Copies rows of one tensor into another file's tensor of the same name and width, in place. @throws FedReconError `tensors-invalid` */
export async function copyRows(
  source: string,
  target: string,
  name: string,
  moves: readonly RowMove[],
): Promise<void> {
  const from = await openTensorFile(source);
  try {
    const file = await open(target, 'r+');
    try {
      const { places } = await headerOf(file);
      for (const move of moves) {
        const { start, width } = rowsOf(places, name, move.to + 1);
        const row = await from.read(name, move.from, 1);
        if (row.length !== width)
          throw new FedReconError('tensors-invalid', {
            problem: `"${name}" is ${row.length} wide instead of ${width}`,
          });
        await file.write(new Uint8Array(row.buffer), 0, width * 4, start + move.to * width * 4);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await from.close();
  }
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
