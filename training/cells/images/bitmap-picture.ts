import { openBitmap } from './bmp.ts';
import type { PictureFile } from './picture-file.ts';
import type { Raster } from './raster.ts';
import type { PixelRequest, StoredPicture } from './stored-picture.ts';

/** Opens a Windows bitmap. @throws FedReconError `image-large`; Error naming what it cannot read */
export async function openBitmapPicture(file: PictureFile): Promise<StoredPicture> {
  const bitmap = await openBitmap(file);
  return {
    width: bitmap.width,
    height: bitmap.height,
    orientation: 1,
    storage: { format: 'unsigned', bits: 8 },
    isGrey: false,
    pages: async () => 1,
    stated: {},
    hasProfile: false,
    shownAs: undefined,
    cost: bitmap.width * bitmap.height,
    read: (request) => shrinkRows(bitmap.row, request),
    extremes: async () => ({ lowest: 0, highest: 255 }),
  };
}

/** Averages blocks of whole pixels while the rows pass by. */
async function shrinkRows(
  row: (y: number) => Promise<Uint8Array>,
  { rectangle, ...wanted }: PixelRequest,
): Promise<Raster> {
  const width = Math.min(wanted.width, rectangle.width);
  const height = Math.min(wanted.height, rectangle.height);
  const columns = Array.from({ length: width + 1 }, (_, x) => Math.floor((x * rectangle.width) / width));
  const values = new Float32Array(width * height * 3);
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    const first = Math.floor((y * rectangle.height) / height);
    const end = Math.floor(((y + 1) * rectangle.height) / height);
    sums.fill(0);
    for (let from = first; from < end; from++) {
      const line = await row(rectangle.top + from);
      for (let x = 0; x < width; x++)
        for (let source = columns[x]!; source < columns[x + 1]!; source++) {
          const at = (rectangle.left + source) * 3;
          sums[x * 3]! += line[at]!;
          sums[x * 3 + 1]! += line[at + 1]!;
          sums[x * 3 + 2]! += line[at + 2]!;
        }
    }
    for (let x = 0; x < width; x++) {
      const pixels = (end - first) * (columns[x + 1]! - columns[x]!) * 255;
      for (let channel = 0; channel < 3; channel++)
        values[(y * width + x) * 3 + channel] = sums[x * 3 + channel]! / pixels;
    }
  }
  return { width, height, channels: 3, values };
}
