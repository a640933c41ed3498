import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';

/** A file of a data folder. */
export interface FoundFile {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly bytes: number;
}

/** The only files that an import may read: those inside one folder. */
export interface DataFolder {
  readonly path: string;
  /**
   * The file that a cell names, relative to the folder, with either slash. Unicode spelling (composed
   * or not) may differ between the table and the disk, so both are tried.
   * @throws FedReconError `image-outside` for anything that leads out of the folder, symbolic links
   *   included; `image-missing` where there is no such file
   */
  find(name: string): Promise<FoundFile>;
}

/** @throws FedReconError `folder-missing` */
export async function openFolder(folder: string): Promise<DataFolder> {
  const path = await realpath(folder).catch((cause: unknown) => {
    throw new FedReconError('folder-missing', { folder }, { cause });
  });
  return {
    path,
    async find(name) {
      const wanted = name.replaceAll('\\', '/');
      if (/^[a-z][a-z0-9+.-]+:\/\//i.test(wanted) || wanted.includes('\0')) throw outside(name);
      const target = resolve(path, wanted);
      if (!isInside(path, target)) throw outside(name);
      for (const spelling of new Set([target, target.normalize('NFC'), target.normalize('NFD')])) {
        const real = await realpath(spelling).catch(() => undefined);
        if (real === undefined) continue;
        if (!isInside(path, real)) throw outside(name);
        const info = await stat(real);
        if (info.isFile()) return { path: real, bytes: info.size };
      }
      throw new FedReconError('image-missing', { file: name });
    },
  };
}

function isInside(folder: string, target: string): boolean {
  const path = relative(folder, target);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

function outside(file: string): FedReconError {
  return new FedReconError('image-outside', { file: file.replaceAll('\0', '') });
}
