import { withinMemory } from './decoding-memory.ts';
import { openPicture } from './open-picture.ts';
import { withPictureFile } from './picture-file.ts';
import type { PictureSettings } from './picture-settings.ts';
import { middleOf, type PictureLook } from './read-picture.ts';
import {
  findScale,
  isPlain,
  type PictureScales,
  type SeenValues,
  type Storage,
  storageName,
} from './scale.ts';

/** Pictures that are looked at for a scale; more of each ending where there are several. */
const mostLooked = 24;

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
): Promise<PictureLook> {
  const storages = new Map<string, { readonly storage: Storage; readonly seen: SeenValues[] }>();
  const looks = [...Map.groupBy(paths, ending).values()].flatMap((alike) => evenly(alike, mostLooked));
  for (const found of await Promise.all(
    looks.map((path) => look(path, settings, earlier).catch(() => undefined)),
  )) {
    if (!found) continue;
    const name = storageName(found.storage);
    const entry = storages.get(name) ?? { storage: found.storage, seen: [] };
    entry.seen.push(found.seen);
    storages.set(name, entry);
  }
  const scales = [...storages].flatMap(([name, { storage, seen }]) => {
    const scale = findScale(storage, seen, settings, earlier[name]);
    return scale ? [[name, scale] as const] : [];
  });
  return { settings, scales: Object.fromEntries(scales.sort(([a], [b]) => a.localeCompare(b))) };
}

async function look(
  path: string,
  { page }: PictureSettings,
  earlier: PictureScales,
): Promise<{ storage: Storage; seen: SeenValues } | undefined> {
  return withPictureFile(path, async (file) => {
    const stored = await openPicture(file, page);
    const { storage, stated, hasProfile } = stored;
    if (isPlain(storage)) return undefined;
    // A colour profile speaks of full scale; and where the scale is known, no pixel need be decoded.
    const full = { lowest: 0, highest: 2 ** storage.bits - 1 };
    const isKnown = hasProfile || storageName(storage) in earlier;
    const own = isKnown ? full : await withinMemory(stored.cost, () => stored.extremes(middleOf(stored)));
    return { storage, seen: { ...own, ...stated } };
  });
}

function ending(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

function evenly<T>(list: readonly T[], most: number): T[] {
  const count = Math.min(most, list.length);
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]!);
}
