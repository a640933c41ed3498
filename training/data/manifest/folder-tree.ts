import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { FedReconError } from '../../../protocol/errors.ts';
import { pictureEnding } from '../../cells/images/picture-ending.ts';
import { isSplitWord } from '../names.ts';
import type { LeftOut, OpenTable } from './open-table.ts';
import { withoutBesides } from './pictures-beside.ts';
import { typedMarks } from './typed-table.ts';

/** Folders of masks that people have drawn: they show no part. */
const maskFolders: ReadonlySet<string> = new Set(['ground_truth', 'groundtruth', 'masks', 'annotations']);

/** Folders that systems make beside pictures; what lies there is no part. */
const systemFolders: ReadonlySet<string> = new Set(['__macosx', '@eadir', '$recycle.bin', 'lost+found']);

/** True for a folder that a system made. */
export function isSystemFolder(name: string): boolean {
  return systemFolders.has(name.toLowerCase());
}

/** True if a folder of this name holds masks. */
export function isMaskFolder(name: string): boolean {
  return maskFolders.has(name.toLowerCase());
}

interface Tree {
  /** Pictures, relative to the folder, with slashes, sorted. */
  readonly pictures: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** True if a file is a table: then the tree is more than pictures. */
  readonly hasTables: boolean;
}

/** True if a folder without a table of its own, and all folders in it, hold pictures and no table anywhere. */
export async function isPictureTree(folder: string, isTable: (name: string) => boolean): Promise<boolean> {
  const { pictures, hasTables } = await walk(folder, isTable);
  return pictures.length > 0 && !hasTables;
}

/**
 * Table of a tree of pictures, a row each: `id` (the file's name, or where names repeat its path, without its ending), `image`, and as
 * far as folders say so `split` (train, test) and `class` (good, broken). Rows are counted in the order of the paths.
 * @throws FedReconError `manifest-empty`
 */
export async function openFolderTree(path: string): Promise<OpenTable> {
  const { pictures, leftOut } = await walk(path, () => false);
  if (pictures.length === 0) throw new FedReconError('manifest-empty', { manifest: path });
  const ids = idsOf(pictures);
  const parts = pictures.map((image, index) => ({ id: ids[index]!, image, ...placeOf(image) }));
  const names = (['id', 'image', 'split', 'class'] as const).filter((name) =>
    parts.some((part) => part[name] !== ''),
  );
  const hash = createHash('sha256');
  for (const image of pictures) {
    const { size, mtimeMs } = await stat(join(path, image));
    hash.update(`${image}\n${size} ${mtimeMs}\n`);
  }
  return {
    found: { format: 'folders', ...(leftOut.length > 0 && { leftOut }) },
    names,
    sha256: hash.digest('hex'),
    marksOf: typedMarks,
    async *rows(onBytes) {
      // Progress is told by the size of what lies at the path, so each picture counts as its share.
      const share = (await stat(path)).size / parts.length;
      for (const [index, part] of parts.entries()) {
        onBytes?.(share);
        yield { row: index + 1, cells: names.map((name) => part[name]) };
      }
    },
  };
}

/** Links to folders are not followed: they may lead out of the folder, or round in it. A file that a link names is checked when it is read. */
async function walk(root: string, isTable: (name: string) => boolean): Promise<Tree> {
  const all: string[] = [];
  const leftOut = new Map<string, number>();
  const leave = (what: string) => leftOut.set(what, (leftOut.get(what) ?? 0) + 1);
  let hasTables = false;
  const waiting: { readonly path: string; readonly left?: string }[] = [{ path: '' }];
  for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
    const { path, left } = folder;
    for (const entry of await readdir(join(root, path), { withFileTypes: true })) {
      if (/^[.~]/.test(entry.name)) continue;
      const own = posix.join(path, entry.name);
      if (entry.isDirectory()) {
        const isLeft = isMaskFolder(entry.name) || isSystemFolder(entry.name);
        const within = left ?? (isLeft ? own : undefined);
        waiting.push(within === undefined ? { path: own } : { path: own, left: within });
        continue;
      }
      const target = entry.isSymbolicLink() ? await stat(join(root, own)).catch(() => undefined) : entry;
      if (entry.isSymbolicLink() && target?.isDirectory()) leave(`${own} →`);
      if (!target?.isFile()) continue;
      hasTables ||= isTable(entry.name);
      if (!pictureEnding.test(entry.name)) continue;
      if (left === undefined) all.push(own);
      else leave(left);
    }
  }
  const { parts, beside } = withoutBesides(all.sort());
  for (const what of beside) leave(what);
  return {
    pictures: parts,
    leftOut: Array.from(leftOut, ([folder, files]) => ({ folder, files })),
    hasTables,
  };
}

/** What folders say of a picture. */
function placeOf(image: string): { readonly split: string; readonly class: string } {
  const folders = image.split('/').slice(0, -1);
  const isSplit = isSplitWord(folders[0] ?? '');
  return { split: isSplit ? folders[0]! : '', class: folders.slice(isSplit ? 1 : 0).join('/') };
}

/** Shortest names that are all different. */
function idsOf(pictures: readonly string[]): readonly string[] {
  const bare = (path: string) => path.replace(pictureEnding, '');
  const ways = [(path: string) => bare(posix.basename(path)), bare, (path: string) => path];
  const way = ways.find((of) => new Set(pictures.map(of)).size === pictures.length)!;
  return pictures.map(way);
}
