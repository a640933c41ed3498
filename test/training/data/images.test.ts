import { encode as encodePng } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ImageModality } from '../../../protocol/plan.ts';
import { fitImage } from '../../../training/cells/images/fit.ts';
import { pictureInMemory } from '../../../training/cells/images/picture-file.ts';
import type { Raster } from '../../../training/cells/images/raster.ts';
import { readTiffPages } from '../../../training/cells/images/tiff-tags.ts';
import { bmpFile, pngFile, runLengthBmp, tiffFile, tiffPages } from './image-files.ts';
import { rgbOf } from './picture-values.ts';

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
  ] as const)('%s', async (_name, image, expected) => {
    expect(await rgbOf(encodePng({ width: 3, height: 1, ...image }))).toEqual(expected);
  });

  it('one bit a pixel, in rows wider than a byte', async () => {
    const file = pngFile(10, 2, 1, 0, [
      [0b10000000, 0b01000000],
      [0b00000001, 0b10000000],
    ]);
    const red = (await rgbOf(file)).filter((_, index) => index % 3 === 0);
    expect(red.join('')).toBe('10000000010000000110');
  });

  it('two and four bits a pixel', async () => {
    expect(await rgbOf(pngFile(3, 1, 2, 0, [[0b00_01_11_00]]))).toEqual([...black, ...grey(0.33), ...white]);
    expect(await rgbOf(pngFile(3, 1, 4, 0, [[0x0f, 0x30]]))).toEqual([...black, ...white, ...grey(0.2)]);
  });

  it('palettes of 1, 4 and 8 bits, transparent colours included', async () => {
    const palette = ['PLTE', [0, 0, 0, 255, 0, 0, 255, 255, 255]] as const;
    expect(await rgbOf(pngFile(3, 2, 1, 3, [[0b01000000], [0b10100000]], [palette]))).toEqual([
      ...[...black, ...red, ...black],
      ...[...red, ...black, ...red],
    ]);
    expect(await rgbOf(pngFile(3, 1, 4, 3, [[0x12, 0x00]], [palette]))).toEqual([...red, ...white, ...black]);
    expect(await rgbOf(pngFile(3, 1, 8, 3, [[2, 1, 0]], [palette, ['tRNS', [255, 0]]]))).toEqual([
      ...white,
      ...black,
      ...black,
    ]);
  });
});

describe('JPEG', () => {
  const data = new Uint8Array(16 * 16 * 3);
  for (let pixel = 0; pixel < 256; pixel++)
    data.set(pixel % 16 < 8 ? [200, 30, 30] : [30, 30, 200], pixel * 3);
  const picture = () => sharp(data, { raw: { width: 16, height: 16, channels: 3 } });

  it.each([
    ['baseline', {}],
    ['progressive', { progressive: true }],
    ['with colours as fine as the light', { chromaSubsampling: '4:4:4' }],
  ])('keeps size and colours: %s', async (_name, options) => {
    const values = await rgbOf(
      await picture()
        .jpeg({ quality: 95, ...options })
        .toBuffer(),
    );
    expect(values).toHaveLength(16 * 16 * 3);
    for (const [index, expected] of [200, 30, 30].entries())
      expect(values[index]).toBeCloseTo(expected / 255, 1);
    for (const [index, expected] of [30, 30, 200].entries())
      expect(values[45 + index]).toBeCloseTo(expected / 255, 1);
  });

  it('in inks for printing becomes the colours that they print', async () => {
    const inks = await picture().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    const [red, green, blue] = await rgbOf(inks);
    expect(red).toBeGreaterThan(0.65);
    expect(Math.max(green!, blue!)).toBeLessThan(0.3);
  });

  it.each([0.3, 0.6, 0.95])('is refused when %d of it is there, not filled with grey', async (share) => {
    for (const options of [{}, { progressive: true }]) {
      const file = await picture()
        .jpeg({ quality: 95, ...options })
        .toBuffer();
      await expect(rgbOf(file.subarray(0, file.length * share))).rejects.toThrow();
    }
  });

  it('of 12 bits, and lossless, is refused by name', async () => {
    const frame = (marker: number, bits: number) => [0xff, marker, 0, 11, bits, 0, 8, 0, 8, 1, 1, 0x11, 0];
    const start = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0];
    await expect(rgbOf(Buffer.from([...start, ...frame(0xc1, 12)]))).rejects.toThrow('12 bits a colour');
    await expect(rgbOf(Buffer.from([...start, ...frame(0xc3, 8)]))).rejects.toThrow('lossless');
  });
});

describe('GIF and WebP', () => {
  const frame = (colour: string) =>
    sharp({ create: { width: 9, height: 9, channels: 3, background: colour } })
      .png()
      .toBuffer();

  it('give their first frame', async () => {
    const frames = [await frame('#f00'), await frame('#00f')];
    for (const animated of [
      sharp(frames, { join: { animated: true } }).gif(),
      sharp(frames, { join: { animated: true } }).webp(),
    ])
      expect((await rgbOf(await animated.toBuffer())).slice(0, 3)).toEqual(red);
  });

  it('in WebP with and without loss, transparency over black', async () => {
    const clear = sharp({
      create: { width: 9, height: 9, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    });
    expect((await rgbOf(await clear.webp({ lossless: true }).toBuffer())).slice(0, 3)).toEqual(black);
    expect(
      (
        await rgbOf(
          await sharp(await frame('#f00'))
            .webp({ lossless: true })
            .toBuffer(),
        )
      ).slice(0, 3),
    ).toEqual(red);
  });

  it('cut short are refused', async () => {
    const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 251);
    const picture = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });
    for (const file of [
      await picture.clone().gif().toBuffer(),
      await picture.clone().webp({ lossless: true }).toBuffer(),
    ])
      for (const share of [0.2, 0.7])
        await expect(rgbOf(file.subarray(0, file.length * share))).rejects.toThrow();
  });
});

describe('BMP', async () => {
  it('24 bits, rows from below, padded to four bytes', async () => {
    const rows = [
      [0, 0, 255, 0, 0, 0, 255, 255, 255],
      [255, 255, 255, 0, 0, 255, 0, 0, 0],
    ];
    expect(await rgbOf(bmpFile(3, rows, { bits: 24 }))).toEqual([
      ...red,
      ...black,
      ...white,
      ...white,
      ...red,
      ...black,
    ]);
  });

  it('rows from above', async () => {
    const rows = [
      [0, 0, 255],
      [0, 0, 0],
    ];
    expect(await rgbOf(bmpFile(1, rows, { bits: 24, fromAbove: true }))).toEqual([...red, ...black]);
  });

  it.each([0, 3])('32 bits with compression %d; the fourth byte is no transparency', async (compression) => {
    expect(await rgbOf(bmpFile(2, [[0, 0, 255, 0, 255, 255, 255, 0]], { bits: 32, compression }))).toEqual([
      ...red,
      ...white,
    ]);
  });

  it('palettes of 8, 4 and 1 bits mean colours, not brightness', async () => {
    const palette = [
      [255, 255, 255, 0],
      [0, 0, 255, 0],
    ];
    expect(await rgbOf(bmpFile(3, [[0, 1, 0]], { bits: 8, palette }))).toEqual([...white, ...red, ...white]);
    expect(await rgbOf(bmpFile(3, [[0x10, 0x10]], { bits: 4, palette }))).toEqual([...red, ...white, ...red]);
    expect(await rgbOf(bmpFile(3, [[0b01000000]], { bits: 1, palette }))).toEqual([
      ...white,
      ...red,
      ...white,
    ]);
  });

  it('16 bits, five or six for each colour', async () => {
    const pixels = (...values: number[]) => values.flatMap((value) => [value & 255, value >> 8]);
    expect(await rgbOf(bmpFile(2, [pixels(0x7c00, 0x7fff)], { bits: 16 }))).toEqual([...red, ...white]);
    const masks = [0xf800, 0x07e0, 0x001f];
    expect(await rgbOf(bmpFile(2, [pixels(0xf800, 0xffff)], { bits: 16, compression: 3, masks }))).toEqual([
      ...red,
      ...white,
    ]);
  });

  it('32 bits with masks of their own', async () => {
    const masks = [0x000000ff, 0x0000ff00, 0x00ff0000];
    expect(await rgbOf(bmpFile(1, [[255, 0, 0, 0]], { bits: 32, compression: 3, masks }))).toEqual(red);
  });

  const palette = [
    [0, 0, 0, 0],
    [0, 0, 255, 0],
    [255, 255, 255, 0],
  ];

  it('run lengths of 8 bits: runs, literals, skips and ends of rows, from below', async () => {
    // Below: red, red, white, red, padded; a row up, one pixel to the right: white; end.
    const runs = [2, 1, 0, 3, 2, 1, 0, 0, 0, 0, 0, 2, 1, 0, 1, 2, 0, 1];
    const file = runLengthBmp(5, 2, 8, palette, runs);
    expect(await rgbOf(file)).toEqual([
      ...[...black, ...white, ...black, ...black, ...black],
      ...[...red, ...red, ...white, ...red, ...black],
    ]);
  });

  it('run lengths of 4 bits: two colours in turn', async () => {
    expect(
      await rgbOf(
        runLengthBmp(5, 1, 4, palette, [3, 0x12, 0, 3, 0x21, 0x10, 0, 1].slice(0, 2).concat([2, 0x10, 0, 1])),
      ),
    ).toEqual([...[...red, ...white, ...red], ...[...red, ...black]]);
  });

  it('run lengths that leave the picture, or never end, are refused', async () => {
    await expect(rgbOf(runLengthBmp(2, 1, 8, palette, [9, 1, 0, 1]))).rejects.toThrow('leave the picture');
    await expect(rgbOf(runLengthBmp(2, 1, 8, palette, [2, 1]))).rejects.toThrow('cut short');
    await expect(rgbOf(runLengthBmp(2, 1, 8, palette, [1, 200, 0, 1]))).rejects.toThrow('palette colour 200');
  });

  it('of OS/2, with a short header', async () => {
    const file = Buffer.alloc(26 + 6 + 4);
    file.write('BM');
    file.writeUInt32LE(32, 10);
    file.writeUInt32LE(12, 14);
    file.set([3, 0, 1, 0, 1, 0, 1, 0], 18);
    file.set([255, 255, 255, 0, 0, 255], 26);
    file[32] = 0b01000000;
    expect(await rgbOf(file)).toEqual([...white, ...red, ...white]);
  });

  it('with a JPEG inside is refused', async () => {
    await expect(rgbOf(bmpFile(2, [[0, 0, 0, 0]], { bits: 24, compression: 4 }))).rejects.toThrow(
      'compressed',
    );
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
  ] as const)('%s', async (_name, data, options, expected) => {
    expect(await rgbOf(tiffFile(3, 1, data, options))).toEqual(expected);
  });

  it('channels in planes of their own', async () => {
    const planar = { bits: 8, samples: 3, photometric: 2, planar: 2 };
    expect(await rgbOf(tiffFile(2, 1, [255, 0, 0, 0, 0, 0], planar))).toEqual([...red, ...black]);
    expect(await rgbOf(tiffFile(2, 1, [255, 0, 51, 0, 102, 0], planar))).toEqual([1, 0.2, 0.4, ...black]);
  });

  it('packed bits', async () => {
    const packed = { bits: 8, samples: 1, photometric: 1, compression: 32773 };
    expect(await rgbOf(tiffFile(3, 1, [0xff, 255, 0x00, 51], packed))).toEqual([
      ...white,
      ...white,
      ...grey(0.2),
    ]);
  });

  const gradient = Uint8Array.from({ length: 40 * 24 * 3 }, (_, index) => (index * 5) % 256);
  const picture = () => sharp(gradient, { raw: { width: 40, height: 24, channels: 3 } });
  it.each([
    ['LZW', { compression: 'lzw' }],
    ['LZW with differences', { compression: 'lzw', predictor: 'horizontal' }],
    ['PackBits', { compression: 'packbits' }],
    ['deflate', { compression: 'deflate' }],
    ['tiles', { compression: 'lzw', tile: true, tileWidth: 16, tileHeight: 16 }],
    ['BigTIFF', { compression: 'none', bigtiff: true }],
  ] as const)('%s', async (_name, options) => {
    const expected = Array.from(gradient, (value) => Math.round((value / 255) * 100) / 100);
    expect(await rgbOf(await picture().tiff(options).toBuffer())).toEqual(expected);
  });

  it('JPEG inside, nearly', async () => {
    const even = sharp({ create: { width: 32, height: 32, channels: 3, background: '#c81e1e' } });
    const values = await rgbOf(await even.tiff({ compression: 'jpeg', quality: 95 }).toBuffer());
    expect(values.slice(0, 3)).toEqual([200, 30, 30].map((value) => expect.closeTo(value / 255, 1)));
  });

  it('one bit, as a fax (CCITT group 4)', async () => {
    const bits = Uint8Array.from({ length: 64 * 4 }, (_, index) => (index % 64 < 20 ? 255 : 0));
    const page = sharp(bits, { raw: { width: 64, height: 4, channels: 1 } }).toColourspace('b-w');
    const file = await page.tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer();
    const first = (await rgbOf(file)).slice(0, 64 * 3);
    expect(first.filter((value) => value === 1)).toHaveLength(20 * 3);
    expect(first[0]).toBe(1);
    expect(first.at(-1)).toBe(0);
  });

  describe('of several pages', () => {
    const page = (level: number, name?: string) => ({
      ...{ width: 1, height: 1, data: [level], bits: 8, samples: 1, photometric: 1 },
      ...(name && { name }),
    });
    const file = tiffPages([page(0, 'dark'), page(255, 'bright'), page(51)]);

    it('gives the first, the one of a number, or the one of a name', async () => {
      expect(await rgbOf(file)).toEqual(black);
      expect(await rgbOf(file, { page: 2 })).toEqual(white);
      expect(await rgbOf(file, { page: 3 })).toEqual(grey(0.2));
      expect(await rgbOf(file, { page: 'bright' })).toEqual(white);
    });

    it('says which there are when it is another', async () => {
      await expect(rgbOf(file, { page: 4 })).rejects.toThrow('no page 4, but 3: dark, bright');
      await expect(rgbOf(file, { page: 'red' })).rejects.toThrow('no page red, but 3: dark, bright');
      const png = encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) });
      await expect(rgbOf(png, { page: 2 })).rejects.toThrow('one page only');
    });

    it('ends where its pages lead in a circle', async () => {
      const circle = Buffer.from(tiffFile(1, 1, [51], { bits: 8, samples: 1, photometric: 1 }));
      circle.writeUInt32LE(
        circle.readUInt32LE(4),
        circle.readUInt32LE(4) + 2 + circle.readUInt16LE(circle.readUInt32LE(4)) * 12,
      );
      await expect(rgbOf(circle, { page: 2 })).rejects.toThrow();
      const pages = await readTiffPages(pictureInMemory(circle));
      expect(pages).toHaveLength(1);
    });
  });

  it('of samples that no decoder here reads is refused with what to do', async () => {
    const plain = { samples: 1, photometric: 1 };
    await expect(rgbOf(tiffFile(2, 1, [0, 0, 0], { ...plain, bits: 12 }))).rejects.toThrow(
      'save it with 16 bits',
    );
    await expect(rgbOf(tiffFile(1, 1, [0, 0], { ...plain, bits: 16, format: 3 }))).rejects.toThrow(
      'save it with 32',
    );
    await expect(
      rgbOf(tiffFile(1, 1, new Array(8).fill(0), { ...plain, bits: 64, format: 3 })),
    ).rejects.toThrow('floating-point numbers of 64 bits');
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
    async (_name, file) => {
      const whole = await rgbOf(file);
      for (let length = 0; length < file.length; length++) {
        let values: number[] = whole;
        try {
          values = await rgbOf(file.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(values).toEqual(whole);
      }
    },
  );

  it('a flipped bit inside a PNG is noticed by its checksum', async () => {
    const file = samples.png.slice();
    file[45]! ^= 4;
    await expect(rgbOf(file)).rejects.toThrow();
  });

  it('a text is no image, nor is a drawing', async () => {
    await expect(rgbOf(Buffer.from('hello'))).rejects.toThrow('no PNG, JPEG, TIFF, BMP, GIF, WebP file');
    await expect(rgbOf(Buffer.from('<svg width="9" height="9"/>'))).rejects.toThrow('no PNG');
  });

  it('a header that promises a billion pixels is refused before any memory is taken', async () => {
    const limit = expect.objectContaining({ code: 'image-large' });
    await expect(rgbOf(pngFile(40_000, 40_000, 8, 0, []))).rejects.toThrow(limit);
    await expect(rgbOf(bmpFile(40_000, new Array(30_000).fill([]), { bits: 1 }))).rejects.toThrow(limit);
    await expect(
      rgbOf(tiffFile(40_000, 40_000, [0], { bits: 8, samples: 1, photometric: 1 })),
    ).rejects.toThrow(limit);
  });

  it('is refused, too, where few pixels take much', async () => {
    const limit = expect.objectContaining({
      code: 'image-large',
      detail: { size: '800 MB', limit: '400 MB' },
    });
    await expect(rgbOf(pngFile(10_000, 10_000, 16, 6, [[0]]))).rejects.toThrow(limit);
  });
});

describe('fitting an image to the plan', () => {
  const image = (width: number, height: number, data: number[]): Raster => ({
    width,
    height,
    channels: 1,
    values: Float32Array.from(data, (value) => value / 255),
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
    const colour: Raster = { width: 1, height: 1, channels: 3, values: Float32Array.of(1, 1, 0) };
    expect(fitImage(colour, shape(1, 1))[0]).toBeCloseTo(0.9278);
    expect(Array.from(fitImage(image(1, 1, [51]), shape(1, 1, 3)))).toEqual(
      grey(expect.closeTo(0.2) as number),
    );
  });
});
