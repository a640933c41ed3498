import type { PictureSettings } from './picture-settings.ts';
import type { PictureScales } from './scale.ts';

/** How all pictures of a modality are read in one import: as a person said, and by scales that were found once. */
export interface PictureLook {
  readonly settings: PictureSettings;
  readonly scales: PictureScales;
}

/** Nothing said, nothing found. */
export const usualLook: PictureLook = { settings: {}, scales: {} };
