import { type PictureScales, storageName } from '../../../training/cells/images/scale.ts';
import type { UnderstoodPictures } from '../../../training/data/picture-looks.ts';
import type { ImportSettings } from '../../store/imports.ts';
import type { Store } from '../../store/store.ts';

/**
 * Scales of the pictures that are here, by modality: a camera's white is the same in every import, unless a person says
 * otherwise. They follow the data: of an import that was undone, or of which no picture holds any more, nothing is left.
 */
export function knownScales({ imports }: Pick<Store, 'imports'>): Record<string, PictureScales> {
  const known: Record<string, PictureScales> = {};
  for (const { id, settings } of imports.list(Number.MAX_SAFE_INTEGER)) {
    if (!settings.scales) continue;
    const holding = imports.holding(id);
    for (const [modality, scales] of Object.entries(settings.scales))
      if (holding.get(modality)) known[modality] = { ...scales, ...known[modality] };
  }
  return known;
}

/** The scales in which an import read its pictures, as they are kept with it. */
export function keptScales(pictures: readonly UnderstoodPictures[]): Pick<ImportSettings, 'scales'> {
  const read = pictures.filter(({ scales }) => scales.length > 0);
  if (read.length === 0) return {};
  const own = read.map(({ modality, scales }) => [
    modality,
    Object.fromEntries(scales.map(({ words: _, ...scale }) => [storageName(scale.stored), scale])),
  ]);
  return { scales: Object.fromEntries(own) };
}
