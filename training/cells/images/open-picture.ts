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

/** Files that lie among pictures, or are called as one, and how they begin; texts in small letters. */
const others: readonly (readonly [name: string, offset: number, start: string])[] = [
  ['HEIC', 4, 'ftyphe'],
  ['HEIC or AVIF', 4, 'ftypmif1'],
  ['AVIF', 4, 'ftypavi'],
  ['camera RAW', 4, 'ftypcrx'],
  ['MP4 or MOV', 4, 'ftyp'],
  ['JPEG 2000', 4, 'jP  '],
  ['JPEG 2000', 0, '\xff\x4f\xff\x51'],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL '],
  ['camera RAW', 0, 'FUJIFILMCCD'],
  ['camera RAW', 0, 'IIU\0'],
  ['camera RAW', 0, 'IIR'],
  ...[1, 2, 3, 4, 5, 6, 7].flatMap((kind) =>
    ['\n', ' ', '\r', '\t'].map((blank) => ['PNM (PBM, PGM, PPM)', 0, `P${kind}${blank}`] as const),
  ),
  ['OpenEXR', 0, '\x76\x2f\x31\x01'],
  ['Radiance HDR', 0, '#?RADIANCE'],
  ['NumPy', 0, '\x93NUMPY'],
  ['FITS', 0, 'SIMPLE  ='],
  ['HDF5', 0, '\x89HDF'],
  ['MATLAB', 0, 'MATLAB '],
  ['ICO', 0, '\0\0\x01\0'],
  ['DDS', 0, 'DDS '],
  ['AVI', 8, 'AVI '],
  ['PostScript', 0, '%!PS'],
  ['PDF', 0, '%PDF'],
  ['Photoshop', 0, '8BPS'],
  ['DICOM', 128, 'DICM'],
  ['ZIP', 0, 'PK\x03\x04'],
  ['gzip', 0, '\x1f\x8b'],
  ['Git LFS pointer', 0, 'version https://git-lfs'],
];
/** Documents that begin with a word, in whatever letters and behind blanks. */
const documents: readonly (readonly [name: string, start: RegExp])[] = [
  ['SVG', /^<svg\b/i],
  ['HTML', /^<(!doctype )?html\b/i],
  ['XML or SVG', /^<\?xml\b/i],
];
const mostLooked = 132;

/** What a file is that is no picture here, as far as its beginning tells; empty where it does not. */
function otherThan(head: Uint8Array): string {
  if (head.every((byte) => byte === 0)) return 'zeros alone: its content was never written';
  const text = Buffer.from(head).toString('latin1');
  const written = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  const found =
    others.find(([, offset, start]) => text.startsWith(start, offset)) ??
    documents.find(([, start]) => start.test(written));
  return found?.[0] ?? '';
}

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
  // Canon's raw files begin as a TIFF that holds a small copy.
  const isCanon = format?.name === 'TIFF' && Buffer.from(head.subarray(8, 10)).toString('latin1') === 'CR';
  if (!format || isCanon) {
    const other = isCanon ? 'camera RAW' : otherThan(head);
    throw new Error(`it is no ${formatNames.join(', ')} file${other === '' ? '' : `, but ${other}`}`);
  }
  if (page !== undefined && page !== 1 && format.name !== 'TIFF')
    throw new Error(`it has one page only, and no page ${page}`);
  return format.name === 'BMP' ? openBitmapPicture(file) : openLibvipsPicture(file, format.name, page);
}
