import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FedReconError } from '../../../protocol/errors.ts';

/** Hash of bytes: SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Writes a file as a whole or not at all: a reader, or a start after a kill, sees the old one or the new one.
 * @throws FedReconError `disk-full`
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new FedReconError('disk-full', { path: dirname(path) }, { cause });
    throw cause;
  }
}

/** File name from the name of a module, task or modality, valid on every system. */
function fileNameOf(name: string): string {
  return `${name.replaceAll('/', '.').replaceAll('←', '.from.')}.safetensors`;
}

/** Path of the tensor file for `name` in `folder`. */
export function tensorFile(folder: string, name: string): string {
  return join(folder, fileNameOf(name));
}
