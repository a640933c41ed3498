import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import type { Store } from '../store/store.ts';

/** Refuses a folder that lies in the data folder: what is written there would be swept with its own. @throws FedReconError `folder-of-data` */
export function assertOutsideData({ folder: data }: Pick<Store, 'folder'>, folder: string): void {
  if (isWithin(data, folder)) throw new FedReconError('folder-of-data', { folder, data });
}

/** Refuses a folder that lies in the data folder or holds it: what changes there never rests. @throws FedReconError `folder-of-data` */
export function assertApartFromData(store: Pick<Store, 'folder'>, folder: string): void {
  assertOutsideData(store, folder);
  if (isWithin(folder, store.folder))
    throw new FedReconError('folder-of-data', { folder, data: store.folder });
}

function isWithin(outer: string, inner: string): boolean {
  const way = relative(realPath(outer), realPath(inner));
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

/** Path without links, as far as the folder is there. */
function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
}
