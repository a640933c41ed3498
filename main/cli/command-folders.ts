import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usageError } from '../../protocol/command-line.ts';
import { FedReconError } from '../../protocol/errors.ts';
import { makeFolder } from '../store/make-folder.ts';
import { databaseName } from '../store/store.ts';

/** True if a workstation keeps its data in `folder`. */
export function holdsWorkstation(folder: string): boolean {
  return existsSync(join(folder, databaseName));
}

/** Refuses a folder without a workstation's data. @throws FedReconError `no-workstation` */
export function assertHoldsWorkstation(folder: string): void {
  if (!holdsWorkstation(folder)) throw new FedReconError('no-workstation', { folder });
}

/**
 * Makes the folder that `--out` names, where it is not there.
 * @returns its absolute path
 * @throws FedReconError `usage` if it cannot be made
 */
export function makeOutFolder(out: string): string {
  const folder = resolve(out);
  try {
    makeFolder(folder);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const why = ['EEXIST', 'ENOTDIR'].includes(code) ? 'a file is in its place' : code;
    throw usageError(`The folder ${out} of --out cannot be made (${why}).`);
  }
  return folder;
}
