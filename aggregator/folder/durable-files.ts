import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';

/**
 * Replaces a file whole or not at all, also through a power cut.
 * @throws FedReconError `disk-full`
 */
export async function writeFileDurably(
  path: string,
  content: string | Uint8Array,
  mode = 0o600,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameDurably(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw asDiskError(error, path);
  }
}

/** Renames a file whose content is already synced, and makes the new name survive a power cut. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
  // Windows cannot open a folder; its file system journals the rename by itself.
  if (process.platform === 'win32') return;
  let folder: FileHandle | undefined;
  try {
    folder = await open(dirname(to), 'r');
    await folder.sync();
  } finally {
    await folder?.close();
  }
}

/** Error of a write: `disk-full` for a full disk; any other error unchanged. */
export function asDiskError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new FedReconError('disk-full', { path }, { cause: error as Error })
    : error;
}
