import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPictureFile } from '../../../training/cells/images/picture-file.ts';
import type { PictureLook } from '../../../training/cells/images/picture-look.ts';
import type { PictureSettings } from '../../../training/cells/images/picture-settings.ts';
import { surveyPictures } from '../../../training/cells/images/picture-survey.ts';
import { glancePicture, readPicture } from '../../../training/cells/images/read-picture.ts';
import { temporaryFolder } from './support.ts';

/** Pictures as an import of these files reads them: each as large as it is. */
export async function readAll(
  files: readonly Uint8Array[],
  settings: PictureSettings = {},
  channels: 1 | 3 = 1,
): Promise<{ look: PictureLook; pictures: { width: number; height: number; values: number[] }[] }> {
  const folder = temporaryFolder();
  const paths = files.map((file, index) => {
    const path = join(folder, `${index}.picture`);
    writeFileSync(path, file);
    return path;
  });
  const { look } = await surveyPictures(paths, settings);
  const pictures = [];
  for (const path of paths) {
    const { width, height } = await withPictureFile(path, glancePicture);
    const read = await withPictureFile(path, (file) => readPicture(file, look, { width, height, channels }));
    pictures.push({ width, height, values: rounded(read.values) });
  }
  return { look, pictures };
}

/** The values of one file read alone, grey, rounded to hundredths. */
export async function greyOf(file: Uint8Array, settings?: PictureSettings): Promise<number[]> {
  return (await readAll([file], settings)).pictures[0]!.values;
}

/** The pixels of one file read alone as RGB in 0…1, rounded to hundredths. */
export async function rgbOf(file: Uint8Array, settings?: PictureSettings): Promise<number[]> {
  return (await readAll([file], settings, 3)).pictures[0]!.values;
}

function rounded(values: Float32Array): number[] {
  return Array.from(values, (value) => Math.round(value * 100) / 100);
}
