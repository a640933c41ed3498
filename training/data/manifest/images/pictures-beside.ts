import { posix } from 'node:path';
import { isUnreadPicture, pictureEnding } from '../../../cells/images/picture-ending.ts';

/** Ends of names by which masks lie beside the pictures that they were drawn over. */
const maskEnd = /[-_. ](masks?|gt|labels?|seg|segmentation|annotations?)$/i;
/** Folders of small copies of the pictures beside them. */
const smallFolder = /^\.?(thumbs?|thumbnails?|サムネイル)$/i;

/**
 * Takes out what lies beside other pictures and shows no part of its own: masks that are called after a picture (`P1_mask.png`), small
 * copies in a folder of their own (`thumbs/P1.jpg`), and the same picture in a format that is not read (`P1.nef`).
 * @param pictures relative to a folder, with slashes
 * @returns `beside`: for each that was taken out, what it is one of (`*_mask.png`)
 */
export function withoutBesides(pictures: readonly string[]): {
  readonly parts: readonly string[];
  readonly beside: readonly string[];
} {
  const bare = (path: string) => path.replace(pictureEnding, '');
  const places = new Set(pictures.map(bare));
  const names = new Set(pictures.map((path) => posix.basename(bare(path))));
  const readable = new Set(pictures.filter((path) => !isUnreadPicture(path)).map(bare));
  const besideOf = (path: string): string | undefined => {
    const own = bare(path);
    const name = posix.basename(own);
    const end = maskEnd.exec(name)?.[0];
    if (end !== undefined && names.has(name.slice(0, -end.length))) return `*${end}${posix.extname(path)}`;
    const folders = path.split('/').slice(0, -1);
    const small = folders.findIndex((folder) => smallFolder.test(folder));
    if (small >= 0 && places.has([...folders.toSpliced(small, 1), name].join('/')))
      return folders.slice(0, small + 1).join('/');
    if (isUnreadPicture(path) && readable.has(own)) return `*${posix.extname(path)}`;
    return undefined;
  };
  const beside: string[] = [];
  const parts = pictures.filter((path) => {
    const found = besideOf(path);
    if (found !== undefined) beside.push(found);
    return found === undefined;
  });
  return { parts, beside };
}
