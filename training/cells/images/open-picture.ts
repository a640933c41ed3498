import { openBitmapPicture } from './bitmap-picture.ts';
import { type LibvipsFormat, openLibvipsPicture } from './libvips-picture.ts';
import type { PictureFile } from './picture-file.ts';
import type { StoredPicture } from './stored-picture.ts';

/** A file format and the bytes it starts with; `undefined` stands for any byte. */
interface Format {
  readonly name: LibvipsFormat | 'BMP';
  readonly starts: readonly (readonly (number | undefined)[])[];
}

const any = undefined;
const formats: readonly Format[] = [
  { name: 'PNG', starts: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]] },
  { name: 'JPEG', starts: [[0xff, 0xd8, 0xff]] },
  {
    name: 'TIFF',
    starts: [
      [0x49, 0x49, 0x2a, 0x00],
      [0x4d, 0x4d, 0x00, 0x2a],
      [0x49, 0x49, 0x2b, 0x00],
      [0x4d, 0x4d, 0x00, 0x2b],
    ],
  },
  { name: 'BMP', starts: [[0x42, 0x4d]] },
  { name: 'GIF', starts: [[0x47, 0x49, 0x46, 0x38]] },
  { name: 'WebP', starts: [[0x52, 0x49, 0x46, 0x46, any, any, any, any, 0x57, 0x45, 0x42, 0x50]] },
];

/** Names of the formats that are read, as they stand in messages and documents. */
export const formatNames: readonly string[] = formats.map(({ name }) => name);

/** Files that lie among pictures, or are called as one, and how they begin. */
const others: readonly (readonly [name: string, offset: number, start: string])[] = [
  ['HEIC or AVIF', 4, 'ftyp'],
  ['JPEG 2000', 4, 'jP  '],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL '],
  ['PDF', 0, '%PDF'],
  ['Photoshop', 0, '8BPS'],
  ['DICOM', 128, 'DICM'],
  ['ZIP', 0, 'PK\x03\x04'],
  ['Git LFS pointer', 0, 'version https://git-lfs'],
  ['SVG', 0, '<svg'],
  ['XML or SVG', 0, '<?xml'],
  ['HTML', 0, '<!DOCTYPE html'],
  ['HTML', 0, '<html'],
];
const mostLooked = 132;

/**
 * Opens a picture file; the format is told by its content, not by its name.
 * @param page of a TIFF with several, by number from 1 or by name
 * @throws FedReconError `image-large`; any other Error for an unknown, damaged or unsupported file
 */
export async function openPicture(file: PictureFile, page?: number | string): Promise<StoredPicture> {
  if (file.bytes === 0) throw new Error('it is empty');
  const head = await file.at(0, mostLooked);
  const format = formats.find(({ starts }) =>
    starts.some((start) => start.every((byte, index) => byte === any || head[index] === byte)),
  );
  if (!format) {
    const text = Buffer.from(head).toString('latin1');
    const other = others.find(([, offset, start]) => text.startsWith(start, offset));
    throw new Error(`it is no ${formatNames.join(', ')} file${other ? `, but ${other[0]}` : ''}`);
  }
  if (page !== undefined && page !== 1 && format.name !== 'TIFF')
    throw new Error(`it has one page only, and no page ${page}`);
  return format.name === 'BMP' ? openBitmapPicture(file) : openLibvipsPicture(file, format.name, page);
}
