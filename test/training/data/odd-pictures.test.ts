import { describe, expect, it } from 'vitest';
import {
  bmpFile,
  gifFile,
  pngFile,
  runLengthBmp,
  type TiffOptions,
  tiffFile,
  tiffPages,
} from './image-files.ts';
import { rgbOf } from './picture-values.ts';

const [black, white, red, green] = [
  [0, 0, 0],
  [1, 1, 1],
  [1, 0, 0],
  [0, 1, 0],
] as const;
const grey = (value: number) => [value, value, value];
const palette = [
  [0, 0, 0, 0],
  [0, 0, 255, 0],
];
/** A bitmap of one red pixel whose pixels begin at this place by its own account. */
function startingAt(place: number): Uint8Array {
  const file = Buffer.from(bmpFile(1, [[0, 0, 255]], { bits: 24 }));
  file.writeUInt32LE(place, 10);
  return file;
}
const masked = (...masks: readonly number[]) =>
  bmpFile(1, [[1, 2, 3, 4]], { bits: 32, compression: 3, masks });
const tiff = (data: readonly number[], options: Partial<TiffOptions>) =>
  tiffFile(2, 1, data, { bits: 8, samples: 1, photometric: 1, ...options });
const small = { width: 1, height: 1, data: [255], bits: 8, samples: 1, photometric: 1, isReduced: true };
const large = { width: 2, height: 1, data: [0, 51], bits: 8, samples: 1, photometric: 1 };

/** JPEG of one pixel in four inks, without Adobe's marker unless it is asked for. */
function inks(isAdobe: boolean): Uint8Array {
  const adobe = [0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0];
  const colours = [1, 2, 3, 4].flatMap((colour) => [colour, 0x11, 0]);
  return Buffer.from([
    ...[0xff, 0xd8, ...(isAdobe ? adobe : [])],
    ...[0xff, 0xc0, 0, 20, 8, 0, 1, 0, 1, 4, ...colours, 0xff, 0xda],
  ]);
}

describe('an odd picture is read as it is meant', () => {
  it.each([
    [
      'TIFF: a fourth channel that is said to be no transparency is left out',
      tiff([255, 0, 0, 0, 0, 255, 0, 9], { samples: 4, photometric: 2, extra: 0 }),
      [...red, ...green],
    ],
    [
      'TIFF: one that is, lets black through',
      tiff([255, 0, 0, 0, 0, 255, 0, 255], { samples: 4, photometric: 2, extra: 2 }),
      [...black, ...green],
    ],
    [
      'TIFF: grey beside another measurement',
      tiff([51, 0, 255, 9], { samples: 2, extra: 0 }),
      [...grey(0.2), ...white],
    ],
    [
      'TIFF: a small copy before the picture is not taken for it',
      tiffPages([small, large]),
      [...black, ...grey(0.2)],
    ],
    ['TIFF: but where there is nothing else', tiffPages([small]), [...white]],
    ['BMP: pixels begin behind the header where it does not say where', startingAt(0), [...red]],
    [
      'GIF: a frame smaller than the picture lies on black',
      gifFile([3, 1], [1, 0, 2, 1], [2, 3]),
      [...black, ...red, ...green],
    ],
    [
      'GIF: codes of several blocks',
      gifFile([900, 1], [0, 0, 900, 1], new Array(900).fill(2)),
      new Array(900).fill(red).flat(),
    ],
    [
      'PNG: grey of 16 bits with transparency',
      pngFile(2, 1, 16, 4, [[0xff, 0xff, 0x33, 0x33, 0xff, 0xff, 0xff, 0xff]]),
      [...grey(0.2), ...white],
    ],
  ])('%s', async (_what, file, values) => {
    expect(await rgbOf(file)).toEqual(values);
  });
});

describe('a picture that would be another one is refused', () => {
  it.each([
    [
      'TIFF: luma and chroma without JPEG',
      tiff([1, 2, 3, 4, 5, 6], { samples: 3, photometric: 6 }),
      'luma and chroma',
    ],
    ['TIFF: CIELAB', tiff([1, 2, 3, 4, 5, 6], { samples: 3, photometric: 8 }), 'CIELAB'],
    ['TIFF: the mosaic of a raw sensor', tiff([1, 2], { photometric: 32803 }), 'raw sensor'],
    [
      'TIFF: the small copy in a raw file',
      tiffPages([{ ...small, holdsOthers: true }]),
      'raw files of cameras',
    ],
    ['TIFF: Canon’s raw file', Buffer.from('II*\0\x10\0\0\0CR\x02\0'), 'but camera RAW'],
    ['JPEG: inks without a word on whether they are inverted', inks(false), 'whether they are inverted'],
    ['BMP: pixels that begin inside the header', startingAt(20), 'header is damaged'],
    ['BMP: colour masks of no bit', masked(0, 0, 0), 'masks are damaged'],
    ['BMP: a colour mask with a gap', masked(0x00f0f000, 0xf00, 0xff), 'masks are damaged'],
    ['BMP: colour masks that share bits', masked(0x00ff0000, 0x00ff0000, 0xff), 'masks are damaged'],
    ['BMP: run lengths of no pixel', runLengthBmp(9000, 9000, 8, palette, [0, 1]), 'no pixel'],
    ['GIF: fewer pixels than its frame has', gifFile([2, 2], [0, 0, 2, 2], [2, 3, 2]), 'too few pixels'],
    ['GIF: a frame beyond the picture', gifFile([2, 1], [1, 0, 2, 1], [2, 3]), 'leaves the picture'],
    ['GIF: a size beyond all measure', gifFile([65_535, 65_535], [0, 0, 2, 1], [2, 3]), 'too large'],
    ['a file of no bytes', new Uint8Array(0), 'it is empty'],
    ['HEIC, by any name', Buffer.from('\0\0\0\x18ftypheic'), 'but HEIC'],
    ['a page that was served for it', Buffer.from('\ufeff\n<HTML>404'), 'but HTML'],
    ['a file that was never written', Buffer.alloc(5000), 'zeros alone'],
    ['a line beyond all measure', pngFile(1, 2_000_000, 8, 0, []), 'too large'],
    ['DICOM', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]), 'but DICOM'],
    [
      'an infinite value',
      tiff([...new Uint8Array(Float32Array.of(1, Infinity).buffer)], { bits: 32, format: 3 }),
      'from 1 to Infinity',
    ],
  ])('%s', async (_what, file, refusal) => {
    await expect(rgbOf(file)).rejects.toThrow(refusal);
  });

  it('but not inks that say so', async () => {
    await expect(rgbOf(inks(true))).rejects.not.toThrow('inverted');
  });
});
