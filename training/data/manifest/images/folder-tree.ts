import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { FedReconError } from '../../../../protocol/errors.ts';
import { pictureEnding } from '../../../cells/images/picture-ending.ts';
import { isSplitWord } from '../../names.ts';
import type { LeftOut, OpenTable } from '../open-table.ts';
import { type Found, givenOr, type ReadingSettings } from '../reading-settings.ts';
import { typedMarks } from '../typed-table.ts';
import { partViews } from './part-views.ts';
import { withoutBesides } from './pictures-beside.ts';

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
 * Table of a tree of pictures, a row each part: `id` (the file's name, or where names repeat its path, without its ending), `image`, or a
 * column for each view of it (`cam1`, `cam2`), and as far as folders say so `split` (train, test) and `class` (good, broken); days are no
 * class. Rows are counted in the order of the paths.
 * @param given.images whether images that are called alike show one part, where a person says so
 * @throws FedReconError `manifest-empty`
 */
export async function openFolderTree(path: string, given: ReadingSettings = {}): Promise<OpenTable> {
  const { pictures, leftOut } = await walk(path, () => false);
  if (pictures.length === 0) throw new FedReconError('manifest-empty', { manifest: path });
  const { parts, views, found } = partsOf(pictures, given.images);
  const names = ['id', ...views, 'split', 'class'].filter((name) => parts.some((part) => part[name]));
  const hash = createHash('sha256');
  for (const image of pictures) {
    const { size, mtimeMs } = await stat(join(path, image));
    hash.update(`${image}\n${size} ${mtimeMs}\n`);
  }
  return {
    found: { format: 'folders', ...(leftOut.length > 0 && { leftOut }), ...(found && { images: found }) },
    names,
    sha256: hash.digest('hex'),
    marksOf: typedMarks,
    async *rows(onBytes) {
      // Progress is told by the size of what lies at the path, so each picture counts as its share.
      const share = (await stat(path)).size / parts.length;
      for (const [index, part] of parts.entries()) {
        onBytes?.(share);
        yield { row: index + 1, cells: names.map((name) => part[name] ?? '') };
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

/** Cells of the parts that pictures show, by column, the columns of pictures, and how that was found where it is not plain. */
function partsOf(
  pictures: readonly string[],
  said: ReadingSettings['images'],
): {
  readonly parts: readonly Readonly<Record<string, string>>[];
  readonly views: readonly string[];
  readonly found: Found<'views' | 'parts'> | undefined;
} {
  const seen = said === 'parts' ? undefined : partViews(pictures, said === 'views');
  const isUnclear = seen !== undefined || partViews(pictures, true) !== undefined;
  const found = isUnclear
    ? givenOr<'views' | 'parts'>(said, () => ({
        ...(seen ? { value: 'views', confidence: 0.9 } : { value: 'parts', confidence: 0.7 }),
        reason: 'names-repeat',
      }))
    : undefined;
  if (!seen) {
    const ids = idsOf(pictures, (image) => image.replace(pictureEnding, ''));
    const parts = pictures.map((image, index) => ({ id: ids[index]!, image, ...placeOf(image) }));
    return { parts, views: ['image'], found };
  }
  const ids = idsOf(
    seen.parts.map(({ key }) => key),
    (key) => key,
  );
  const parts = seen.parts.map(({ key, pictures: own }, index) => ({
    ...Object.fromEntries(own),
    ...{ id: ids[index]!, ...placeOf(key) },
  }));
  return { parts, views: seen.views, found };
}

/** Days and months as people call folders: `2026-03-01`, `20260301`, `2026/03/01`, `2026年3月`. */
const day = /(^|\/)(19|20)\d\d[-_./年]?(0?[1-9]|1[0-2])([-_./月]?(0?[1-9]|[12]\d|3[01])?日?)(?=\/|$)/;

/** What folders say of a picture. */
function placeOf(image: string): { readonly split: string; readonly class: string } {
  const folders = image.split('/').slice(0, -1);
  const isSplit = isSplitWord(folders[0] ?? '');
  const own = folders.slice(isSplit ? 1 : 0).join('/');
  return { split: isSplit ? folders[0]! : '', class: own.replace(day, '').replace(/^\//, '') };
}

/** Shortest names that are all different. @param bare a path without an ending */
function idsOf(paths: readonly string[], bare: (path: string) => string): readonly string[] {
  const ways = [(path: string) => bare(posix.basename(path)), bare, (path: string) => path];
  const way = ways.find((of) => new Set(paths.map(of)).size === paths.length)!;
  return paths.map(way);
}
