import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { FedReconError } from '../../protocol/errors.ts';
import { pictureEnding } from './images/picture-ending.ts';
import { similarNames } from './similar-names.ts';

/** File of a data folder. */
interface FoundFile {
  /** Absolute path, without symbolic links. */
  readonly path: string;
  readonly bytes: number;
}

/** Folder of a manifest: an import may read files inside it alone. */
export interface ManifestFolder {
  readonly path: string;
  /**
   * Finds the file that a cell names, relative to the folder, with either slash. Unicode spelling (composed or not) may
   * differ between the table and the disk, so both are tried.
   * @throws FedReconError `image-outside` for anything that leads out of the folder, symbolic links included;
   *   `image-missing` where there is no such file, `image-similar` where one has nearly that name, `image-several` where several have,
   *   `image-list` for several names, `file-unfinished` for one that is still being written
   */
  find(name: string): Promise<FoundFile>;
  /** The same folder for the cells of a table in it: names are looked for beside that table, then in the folder. */
  beside(table: string | undefined): ManifestFolder;
}

/**
 * Opens the folder of a manifest.
 * @param unfinished files in it, relative to it with slashes, that are still being written
 * @throws FedReconError `folder-missing`, `folder-is-file`
 */
export async function openManifestFolder(
  folder: string,
  unfinished: readonly string[] = [],
): Promise<ManifestFolder> {
  const path = await realpath(folder).catch((cause: unknown) => {
    throw new FedReconError('folder-missing', { folder }, { cause });
  });
  if ((await stat(path)).isFile()) throw new FedReconError('folder-is-file', { folder });
  const underway = new Set(unfinished.map((file) => join(path, file)));
  // Looking up each directory once, and links only where there are some, halves the time of a large import.
  const directories = new Map<string, Promise<string | undefined>>();
  const realDirectory = (directory: string) => {
    const known = directories.get(directory) ?? realpath(directory).catch(() => undefined);
    directories.set(directory, known);
    return known;
  };
  const locate = async (spelling: string): Promise<string | undefined> => {
    const directory = await realDirectory(dirname(spelling));
    return directory === undefined ? undefined : join(directory, basename(spelling));
  };
  const similar = similarNames(path);
  /** Why a name is refused that begins elsewhere: a file here that is called so may be meant. */
  const elsewhere = async (name: string) =>
    nearly(name, name.includes('\0') ? undefined : await similar(name)) ?? outside(name);
  const whole: ManifestFolder = {
    path,
    beside: (table) => (table?.includes('/') ? besideTable(whole, posix.dirname(table)) : whole),
    async find(name) {
      const wanted = name.replaceAll('\\', '/');
      if (/^([a-z][a-z0-9+.-]+:\/\/|[a-z]:\/|\/\/)/i.test(wanted) || wanted.includes('\0'))
        throw await elsewhere(name);
      const target = resolve(path, wanted);
      if (!isInside(path, target)) throw isAbsolute(wanted) ? await elsewhere(name) : outside(name);
      for (const spelling of new Set([target, target.normalize('NFC'), target.normalize('NFD')])) {
        const located = await locate(spelling);
        const info = located && (await lstat(located).catch(() => undefined));
        if (!info) continue;
        const isLink = info.isSymbolicLink();
        const real = isLink ? await realpath(located).catch(() => undefined) : located;
        if (real === undefined) continue;
        if (!isInside(path, real)) throw outside(name);
        if (underway.has(real)) throw new FedReconError('file-unfinished', { file: name });
        const file = isLink ? await stat(real) : info;
        if (file.isFile()) return { path: real, bytes: file.size };
      }
      const listed = wanted.split(/[;|,]/).filter((one) => pictureEnding.test(one.trim()));
      if (listed.length > 1) throw new FedReconError('image-list', { file: name, count: listed.length });
      throw (
        nearly(name, await similar(relative(path, target))) ??
        new FedReconError('image-missing', { file: name })
      );
    },
  };
  return whole;
}

/** Folder whose files are named from a folder in it. What is in neither place is told as a name from there. */
function besideTable(whole: ManifestFolder, folder: string): ManifestFolder {
  return {
    ...whole,
    async find(name) {
      const near = await whole.find(`${folder}/${name}`).catch((thrown: unknown) => thrown);
      if (!(near instanceof Error)) return near as FoundFile;
      return whole.find(name).catch(() => {
        throw near;
      });
    },
  };
}

function isInside(folder: string, target: string): boolean {
  const path = relative(folder, target);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** What is said of a name where files have nearly that one; undefined where none has. */
function nearly(
  file: string,
  near: { readonly name: string; readonly count: number } | undefined,
): FedReconError | undefined {
  if (!near) return undefined;
  const { name: similar, count } = near;
  if (count > 1) return new FedReconError('image-several', { file, similar, count });
  return new FedReconError('image-similar', { file, similar });
}

function outside(file: string): FedReconError {
  return new FedReconError('image-outside', { file: file.replaceAll('\0', '') });
}
