import type { PictureLook } from './picture-look.ts';
import type { PictureSettings } from './picture-settings.ts';
import { type PictureShape, pictureShapes } from './picture-shapes.ts';
import type { PictureAnswer } from './reader/picture-questions.ts';
import { pictureReader } from './reader/picture-reader.ts';
import { findScale, type PictureScales, type SeenValues, type Storage, storageName } from './scale.ts';

/** Pictures that are looked at for a scale; more of each ending where there are several. */
const mostLooked = 24;

/** What was found of a sample of pictures: how all are read, and the proportions that they have. */
export interface PictureSurvey {
  readonly look: PictureLook;
  readonly shapes: readonly PictureShape[];
  readonly looked: readonly LookedPicture[];
}

/** A picture of the sample, and what its file says. */
export interface LookedPicture extends Pick<PictureAnswer<'stored'>, 'isGrey' | 'pages' | 'values'> {
  readonly path: string;
}

/**
 * Finds how the pictures of one modality are to be read: for each way in which values of more than 8 bits are stored, one
 * scale over a sample. Files that cannot be read are left to the import, which lists them.
 * @param earlier scales of the plant's pictures so far
 * @param paths all pictures of the modality, or an even sample of them
 */
export async function surveyPictures(
  paths: readonly string[],
  settings: PictureSettings,
  earlier: PictureScales = {},
): Promise<PictureSurvey> {
  const { page } = settings;
  const storages = new Map<string, { readonly storage: Storage; readonly seen: SeenValues[] }>();
  const sizes: { width: number; height: number }[] = [];
  const seen: LookedPicture[] = [];
  const looked = [...Map.groupBy(paths, ending).values()].flatMap((alike) => evenly(alike, mostLooked));
  for (const found of await Promise.all(
    looked.map((path) =>
      pictureReader()
        .ask('stored', { path, page })
        .then((found) => ({ path, ...found }))
        .catch(() => undefined),
    ),
  )) {
    if (!found) continue;
    const { width, height, values } = found;
    sizes.push({ width, height });
    seen.push(found);
    if (!values) continue;
    const name = storageName(values.storage);
    const entry = storages.get(name) ?? { storage: values.storage, seen: [] };
    entry.seen.push(values.seen);
    storages.set(name, entry);
  }
  const scales = [...storages].flatMap(([name, { storage, seen }]) => {
    const scale = findScale(storage, seen, settings, earlier[name]);
    return scale ? [[name, scale] as const] : [];
  });
  const look = { settings, scales: Object.fromEntries(scales.sort(([a], [b]) => a.localeCompare(b))) };
  return { look, shapes: pictureShapes(sizes, settings), looked: seen };
}

function ending(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

function evenly<T>(list: readonly T[], most: number): T[] {
  const count = Math.min(most, list.length);
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]!);
}
