import { z } from 'zod';
import { pictureSettingsByModality } from '../../cells/images/picture-settings.ts';
import { pictureScales } from '../../cells/images/scale.ts';
import { columnRoles } from '../../data/column-roles.ts';
import { readingSettings } from '../../data/manifest/reading-settings.ts';
import type { UnderstoodPictures } from '../../data/picture-looks.ts';
import { file, job } from './job-messages.ts';

/** Job to read a folder with a CSV manifest into one data set file. */
export const importJob = z.strictObject({
  ...job,
  kind: z.literal('import'),
  folder: file,
  manifest: file,
  /** Roles of the manifest's columns, from the preview as the engineer confirmed it. */
  columns: columnRoles,
  /** What the preview was made of that a person saw. */
  content: z.string().optional(),
  /** How pictures are to be read, by modality, and in which scales they were before. */
  pictures: pictureSettingsByModality.optional(),
  pictureScales: z.record(z.string(), pictureScales).optional(),
  /** Folder of pictures that were decoded before. */
  pictureCache: file.optional(),
  /** How the table is to be read, as far as a person has said so. */
  reading: readingSettings.optional(),
  /** Modalities of which an empty or unreadable cell removes what stands: for them an import may consist of removals alone. */
  removes: z.array(z.string()).optional(),
  /** Files of the folder, relative to it with slashes, that are still being written. */
  unfinished: z.array(z.string()).optional(),
  /** Folder for `dataset.safetensors` and the parts file. */
  output: file,
});
export type ImportJob = z.infer<typeof importJob>;

export interface ImportResult {
  readonly kind: 'import';
  readonly dataset: string;
  readonly parts: string;
  /** Rows that were read, and those of them that hold a part. */
  readonly rows: number;
  readonly accepted: number;
  readonly problems: number;
  readonly pictures: readonly UnderstoodPictures[];
}
