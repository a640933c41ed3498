import { encode as encodePng } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import type { ImageModality } from '../../../protocol/plan.ts';
import { decodeImage } from '../../../training/cells/images/decode.ts';
import { fitImage } from '../../../training/cells/images/fit.ts';
import type { Raster } from '../../../training/cells/images/raster.ts';
import { bmpFile, pngFile, tiffFile } from './image-files.ts';

function shape(width: number, height: number, channels: 1 | 3 = 1): ImageModality {
  const label = { en: 'Image', ja: '画像' };
  const rest = { latent: 8, hidden: [8], architecture: 'dense', filters: [8] } as const;
  return {
    kind: 'image',
    name: 'image',
    label,
    ...rest,
    hidden: [...rest.hidden],
    filters: [...rest.filters],
    width,
    height,
    channels,
  };
}

/** The pixels of a file as RGB in 0…1, rounded to hundredths. */
function rgb(file: Uint8Array): number[] {
  const image = decodeImage(file);
  return Array.from(
    fitImage(image, shape(image.width, image.height, 3)),
    (value) => Math.round(value * 100) / 100,
  );
}

const black = [0, 0, 0];
const white = [1, 1, 1];
const red = [1, 0, 0];
const grey = (value: number) => [value, value, value];

describe('PNG', () => {
  it.each([
    [
      'grey, 8 bits',
      { channels: 1, depth: 8, data: Uint8Array.of(0, 255, 51) },
      [...black, ...white, ...grey(0.2)],
    ],
    [
      'grey, 16 bits',
      { channels: 1, depth: 16, data: Uint16Array.of(0, 65535, 13107) },
      [...black, ...white, ...grey(0.2)],
    ],
    [
      'RGB, 8 bits',
      { channels: 3, depth: 8, data: Uint8Array.of(255, 0, 0, 0, 0, 0, 255, 255, 255) },
      [...red, ...black, ...white],
    ],
    [
      'RGB, 16 bits',
      { channels: 3, depth: 16, data: Uint16Array.of(65535, 0, 0, 0, 0, 0, 65535, 65535, 65535) },
      [...red, ...black, ...white],
    ],
    [
      'grey and alpha',
      { channels: 2, depth: 8, data: Uint8Array.of(255, 255, 255, 0, 255, 51) },
      [...white, ...black, ...grey(0.2)],
    ],
    [
      'RGB and alpha: transparent is black',
      { channels: 4, depth: 8, data: Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 0, 255, 255, 255, 51) },
      [...red, ...black, ...grey(0.2)],
    ],
  ] as const)('%s', (_name, image, expected) => {
    expect(rgb(encodePng({ width: 3, height: 1, ...image }))).toEqual(expected);
  });

  it('one bit a pixel, in rows wider than a byte', () => {
    const file = pngFile(10, 2, 1, 0, [
      [0b10000000, 0b01000000],
      [0b00000001, 0b10000000],
    ]);
    const image = decodeImage(file);
    expect(Array.from(image.data, (value) => (value > 0 ? 1 : 0)).join('')).toBe('10000000010000000110');
  });

  it('two and four bits a pixel', () => {
    expect(rgb(pngFile(3, 1, 2, 0, [[0b00_01_11_00]]))).toEqual([...black, ...grey(0.33), ...white]);
    expect(rgb(pngFile(3, 1, 4, 0, [[0x0f, 0x30]]))).toEqual([...black, ...white, ...grey(0.2)]);
  });

  it('palettes of 1, 4 and 8 bits, transparent colours included', () => {
    const palette = ['PLTE', [0, 0, 0, 255, 0, 0, 255, 255, 255]] as const;
    expect(rgb(pngFile(3, 2, 1, 3, [[0b01000000], [0b10100000]], [palette]))).toEqual([
      ...[...black, ...red, ...black],
      ...[...red, ...black, ...red],
    ]);
    expect(rgb(pngFile(3, 1, 4, 3, [[0x12, 0x00]], [palette]))).toEqual([...red, ...white, ...black]);
    expect(rgb(pngFile(3, 1, 8, 3, [[2, 1, 0]], [palette, ['tRNS', [255, 0]]]))).toEqual([
      ...white,
      ...black,
      ...black,
    ]);
  });
});

describe('JPEG', () => {
  const data = new Uint8Array(16 * 16 * 4).fill(255);
  for (let pixel = 0; pixel < 256; pixel++)
    data.set(pixel % 16 < 8 ? [200, 30, 30] : [30, 30, 200], pixel * 4);
  const file = encodeJpeg({ width: 16, height: 16, data }, 95).data;

  it('keeps size and colours', () => {
    const values = rgb(file);
    expect(values).toHaveLength(16 * 16 * 3);
    for (const [index, expected] of [200, 30, 30].entries())
      expect(values[index]).toBeCloseTo(expected / 255, 1);
    for (const [index, expected] of [30, 30, 200].entries())
      expect(values[45 + index]).toBeCloseTo(expected / 255, 1);
  });

  it('is refused when it is cut short, not filled with grey', () => {
    expect(() => decodeImage(file.subarray(0, file.length * 0.6))).toThrow();
  });
});

describe('BMP', () => {
  it('24 bits, rows from below, padded to four bytes', () => {
    const rows = [
      [0, 0, 255, 0, 0, 0, 255, 255, 255],
      [255, 255, 255, 0, 0, 255, 0, 0, 0],
    ];
    expect(rgb(bmpFile(3, rows, { bits: 24 }))).toEqual([
      ...red,
      ...black,
      ...white,
      ...white,
      ...red,
      ...black,
    ]);
  });

  it('rows from above', () => {
    const rows = [
      [0, 0, 255],
      [0, 0, 0],
    ];
    expect(rgb(bmpFile(1, rows, { bits: 24, fromAbove: true }))).toEqual([...red, ...black]);
  });

  it.each([0, 3])('32 bits with compression %d; the fourth byte is no transparency', (compression) => {
    expect(rgb(bmpFile(2, [[0, 0, 255, 0, 255, 255, 255, 0]], { bits: 32, compression }))).toEqual([
      ...red,
      ...white,
    ]);
  });

  it('palettes of 8, 4 and 1 bits mean colours, not brightness', () => {
    const palette = [
      [255, 255, 255, 0],
      [0, 0, 255, 0],
    ];
    expect(rgb(bmpFile(3, [[0, 1, 0]], { bits: 8, palette }))).toEqual([...white, ...red, ...white]);
    expect(rgb(bmpFile(3, [[0x10, 0x10]], { bits: 4, palette }))).toEqual([...red, ...white, ...red]);
    expect(rgb(bmpFile(3, [[0b01000000]], { bits: 1, palette }))).toEqual([...white, ...red, ...white]);
  });

  it.each([
    ['compressed', { bits: 8, compression: 1 }],
    ['of 16 bits', { bits: 16 }],
  ])('is refused when it is %s', (_name, options) => {
    expect(() => decodeImage(bmpFile(2, [[0, 0, 0, 0]], options))).toThrow(/bits|compressed/);
  });
});

describe('TIFF', () => {
  it.each([
    [
      'grey, 8 bits',
      [0, 255, 51],
      { bits: 8, samples: 1, photometric: 1 },
      [...black, ...white, ...grey(0.2)],
    ],
    [
      'white is zero',
      [0, 255, 204],
      { bits: 8, samples: 1, photometric: 0 },
      [...white, ...black, ...grey(0.2)],
    ],
    [
      '16 bits, little-endian',
      [0, 0, 255, 255, 51, 51],
      { bits: 16, samples: 1, photometric: 1 },
      [...black, ...white, ...grey(0.2)],
    ],
    [
      '16 bits, big-endian',
      [0, 0, 255, 255, 51, 50],
      { bits: 16, samples: 1, photometric: 1, bigEndian: true },
      [...black, ...white, ...grey(0.2)],
    ],
    [
      'RGB',
      [255, 0, 0, 0, 0, 0, 255, 255, 255],
      { bits: 8, samples: 3, photometric: 2 },
      [...red, ...black, ...white],
    ],
    [
      'RGB, deflated',
      [255, 0, 0, 0, 0, 0, 255, 255, 255],
      { bits: 8, samples: 3, photometric: 2, compression: 8 },
      [...red, ...black, ...white],
    ],
    ['one bit', [0b01000000], { bits: 1, samples: 1, photometric: 1 }, [...black, ...white, ...black]],
    [
      'palette',
      [0, 1, 2],
      {
        bits: 8,
        samples: 1,
        photometric: 3,
        palette: [
          0,
          65535,
          65535,
          ...new Array(253).fill(0),
          0,
          0,
          65535,
          ...new Array(253).fill(0),
          0,
          0,
          65535,
          ...new Array(253).fill(0),
        ],
      },
      [...black, ...red, ...white],
    ],
  ] as const)('%s', (_name, data, options, expected) => {
    expect(rgb(tiffFile(3, 1, data, options))).toEqual(expected);
  });

  it('is refused, with the reason, where the decoder would read it wrongly', () => {
    const planar = { bits: 8, samples: 3, photometric: 2, planar: 2 };
    expect(() => decodeImage(tiffFile(1, 1, [1, 2, 3], planar))).toThrow('separate planes');
    const packed = { bits: 8, samples: 1, photometric: 1, compression: 32773 };
    expect(() => decodeImage(tiffFile(1, 1, [1], packed))).toThrow('PackBits');
  });
});

describe('damaged image files', () => {
  const samples = {
    png: encodePng({ width: 9, height: 9, channels: 1, depth: 8, data: new Uint8Array(81).fill(7) }),
    bmp: bmpFile(2, [[0, 0, 255, 1, 1, 1]], { bits: 24 }),
    tiff: tiffFile(4, 4, new Array(16).fill(9), { bits: 8, samples: 1, photometric: 1 }),
  };

  it.each(Object.entries(samples))(
    'a %s cut anywhere is refused or whole, never read beyond its end',
    (_name, file) => {
      const whole = rgb(file);
      for (let length = 0; length < file.length; length++) {
        let values: number[] = whole;
        try {
          values = rgb(file.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(values).toEqual(whole);
      }
    },
  );

  it('a flipped bit inside a PNG is noticed by its checksum', () => {
    const file = samples.png.slice();
    file[45]! ^= 4;
    expect(() => decodeImage(file)).toThrow();
  });

  it('a text is no image', () => {
    expect(() => decodeImage(Buffer.from('hello'))).toThrow('no PNG, JPEG, BMP, TIFF');
  });

  it('a header that promises a billion pixels is refused before any memory is taken', () => {
    const limit = expect.objectContaining({ code: 'image-large' });
    expect(() => decodeImage(pngFile(40_000, 40_000, 8, 0, []))).toThrow(limit);
    expect(() => decodeImage(bmpFile(40_000, new Array(30_000).fill([]), { bits: 1 }))).toThrow(limit);
    expect(() => decodeImage(tiffFile(40_000, 40_000, [], { bits: 8, samples: 1, photometric: 1 }))).toThrow(
      limit,
    );
  });
});

describe('fitting an image to the plan', () => {
  const image = (width: number, height: number, data: number[]): Raster => ({
    width,
    height,
    channels: 1,
    max: 255,
    data: Uint8Array.from(data),
  });

  it('shrinks by averaging areas', () => {
    const fitted = fitImage(image(4, 2, [0, 255, 51, 51, 255, 0, 51, 51]), shape(2, 1));
    expect(Array.from(fitted)).toEqual([expect.closeTo(0.5), expect.closeTo(0.2)]);
  });

  it('shares pixels between areas that are no whole number of them', () => {
    const fitted = fitImage(image(3, 1, [255, 0, 0]), shape(2, 1));
    expect(Array.from(fitted)).toEqual([expect.closeTo(2 / 3), expect.closeTo(0)]);
  });

  it('enlarges by interpolating between pixel centres', () => {
    const fitted = fitImage(image(2, 1, [0, 255]), shape(4, 1));
    expect(Array.from(fitted)).toEqual([0, 0.25, 0.75, 1].map((value) => expect.closeTo(value)));
  });

  it('keeps the mean brightness of any image that shrinks by whole numbers', () => {
    const data = Array.from({ length: 60 * 40 }, (_, index) => (index * 7919) % 256);
    const fitted = fitImage(image(60, 40, data), shape(12, 10));
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
    expect(mean(fitted)).toBeCloseTo(mean(data) / 255, 5);
  });

  it('turns colour into Rec. 709 luma, and grey into equal channels', () => {
    const colour: Raster = { width: 1, height: 1, channels: 3, max: 255, data: Uint8Array.of(255, 255, 0) };
    expect(fitImage(colour, shape(1, 1))[0]).toBeCloseTo(0.9278);
    expect(Array.from(fitImage(image(1, 1, [51]), shape(1, 1, 3)))).toEqual(
      grey(expect.closeTo(0.2) as number),
    );
  });
});
