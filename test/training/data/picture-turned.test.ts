import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inStored, type Orientation, upright } from '../../../training/cells/images/orientation.ts';
import { objectRegion } from '../../../training/cells/images/region.ts';
import { tiffFile } from './image-files.ts';
import { readAll } from './picture-values.ts';
import { folderWith, importFolder, plan, valuesOf } from './support.ts';

const all = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** An upright picture of 3 × 2, each pixel another grey, and how it lies in a file of each orientation (TIFF 6.0, tag 274). */
const levels = [0, 51, 102, 153, 204, 255];
const shown = levels.map((level) => level / 255);
const stored: Readonly<Record<Orientation, { width: number; order: number[] }>> = {
  1: { width: 3, order: [0, 1, 2, 3, 4, 5] },
  2: { width: 3, order: [2, 1, 0, 5, 4, 3] },
  3: { width: 3, order: [5, 4, 3, 2, 1, 0] },
  4: { width: 3, order: [3, 4, 5, 0, 1, 2] },
  5: { width: 2, order: [0, 3, 1, 4, 2, 5] },
  6: { width: 2, order: [2, 5, 1, 4, 0, 3] },
  7: { width: 2, order: [5, 2, 4, 1, 3, 0] },
  8: { width: 2, order: [3, 0, 4, 1, 5, 2] },
};

async function inFormat(
  format: 'png' | 'jpeg' | 'webp' | 'tiff',
  orientation: Orientation,
): Promise<Uint8Array> {
  const { width, order } = stored[orientation];
  const block = 16;
  const grey = order.map((index) => levels[index]!);
  const height = order.length / width;
  const large = Uint8Array.from({ length: order.length * block * block }, (_, at) => {
    const [x, y] = [at % (width * block), Math.floor(at / (width * block))];
    return grey[Math.floor(y / block) * width + Math.floor(x / block)]!;
  });
  if (format === 'tiff')
    return tiffFile(width * block, height * block, large, {
      bits: 8,
      samples: 1,
      photometric: 1,
      orientation,
    });
  const picture = sharp(large, { raw: { width: width * block, height: height * block, channels: 1 } });
  const options = format === 'webp' ? { lossless: true } : format === 'jpeg' ? { quality: 100 } : {};
  return picture.withMetadata({ orientation })[format](options).toBuffer();
}

describe('a picture that lies', () => {
  it.each(
    all.flatMap((orientation) =>
      (['jpeg', 'png', 'webp', 'tiff'] as const).map((format) => [orientation, format] as const),
    ),
  )('by orientation %d in %s stands upright in the data set', async (orientation, format) => {
    const file = await inFormat(format, orientation);
    const { pictures } = await readAll([file]);
    const [{ width, height, values }] = pictures as [(typeof pictures)[0]];
    expect([width, height]).toEqual([48, 32]);
    const middles = [8, 24].flatMap((y) => [8, 24, 40].map((x) => values[y * width + x]!));
    expect(middles).toEqual(shown.map((value) => expect.closeTo(value, 1)));
  });

  it('is turned by the same rule that finds a rectangle in it', () => {
    for (const orientation of all) {
      const { width, order } = stored[orientation];
      const height = order.length / width;
      const values = Float32Array.from(order, (index) => index);
      const turned = upright({ width, height, channels: 1, values }, orientation);
      expect(Array.from(turned.values)).toEqual([0, 1, 2, 3, 4, 5]);
      // The pixel at column 2, row 0 of the upright picture is number 2.
      const place = inStored({ left: 2 / 3, top: 0, width: 1 / 3, height: 1 / 2 }, orientation);
      const at = Math.round(place.top * height) * width + Math.round(place.left * width);
      expect(values[at]).toBe(2);
    }
  });

  it('has its region where a person sees it', async () => {
    for (const orientation of [1, 3, 6, 8] as const) {
      const file = await inFormat('png', orientation);
      const region = { left: 2 / 3, top: 1 / 2, width: 1 / 3, height: 1 / 2 };
      const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,a.png,x\n', 'a.png': file });
      const imported = await importFolder(folder, {}, { pictures: { settings: { camera: { region } } } });
      expect(valuesOf(imported, 'camera', 0)).toEqual(new Array(64).fill(1));
      expect(imported.parts[0]!.values.camera).toMatchObject({ view: { region } });
    }
  });
});

describe('a region found by its background', () => {
  /** A bright square of 40 × 40 pixels at (left, top) on a grey table with noise. */
  async function square(left: number, top: number, [width, height] = [400, 300]): Promise<Uint8Array> {
    const data = Uint8Array.from({ length: width! * height! }, (_, at) => {
      const [x, y] = [at % width!, Math.floor(at / width!)];
      const inside = x >= left && x < left + 40 && y >= top && y < top + 40;
      return inside ? 230 : 80 + ((at * 7919) % 7);
    });
    return sharp(data, { raw: { width: width!, height: height!, channels: 1 } })
      .png()
      .toBuffer();
  }

  it('is where the part lies, with the plan’s proportions', async () => {
    const pictures = { settings: { camera: { region: 'object' } } } as const;
    const files = { 'a.png': await square(20, 30), 'b.png': await square(300, 200) };
    const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,a.png,x\nB,b.png,y\n', ...files });
    const imported = await importFolder(folder, {}, { pictures });
    for (const part of [0, 1]) {
      const values = valuesOf(imported, 'camera', part);
      expect(values[27]).toBeGreaterThan(0.85);
      expect(values.reduce((sum, value) => sum + value, 0) / 64).toBeGreaterThan(0.75);
    }
    const { region } = (
      imported.parts[1]!.values.camera as { view: { region: { left: number; width: number } } }
    ).view;
    expect(region.left).toBeCloseTo(0.745, 1);
    expect(region.width).toBeCloseTo(0.11, 1);
  });

  it('is the whole picture where nothing stands out', () => {
    const even = { width: 20, height: 10, channels: 1, values: new Float32Array(200).fill(0.4) } as const;
    expect(objectRegion(even, 1)).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  });

  it('stays inside the picture', () => {
    const values = new Float32Array(200).fill(0.4);
    for (let y = 0; y < 10; y++) values[y * 20 + 1] = 1;
    const { left, top, width, height } = objectRegion({ width: 20, height: 10, channels: 1, values }, 1);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(1);
    expect(top + height).toBeLessThanOrEqual(1);
  });
});

describe('shrinking', () => {
  it('lets no pattern through that is finer than the result', async () => {
    const size = 1024;
    for (const period of [2, 3, 5, 7]) {
      const stripes = Uint8Array.from({ length: size * size }, (_, at) =>
        (at % size) % period < period / 2 ? 255 : 0,
      );
      const mean = stripes.reduce((sum, value) => sum + value, 0) / stripes.length / 255;
      const picture = sharp(stripes, { raw: { width: size, height: size, channels: 1 } });
      const files = {
        'a.png': await picture.clone().png().toBuffer(),
        'b.jpg': await picture.clone().jpeg({ quality: 100 }).toBuffer(),
      };
      const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,a.png,x\nB,b.jpg,y\n', ...files });
      const imported = await importFolder(folder);
      for (const part of [0, 1])
        for (const value of valuesOf(imported, 'camera', part)) expect(value).toBeCloseTo(mean, 1);
    }
  });

  it('by the decoder itself gives what averaging all pixels gives, nearly', async () => {
    const [width, height] = [1600, 1200];
    const smooth = Uint8Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return Math.round(127 + 60 * Math.sin(x / 90) + 60 * Math.cos(y / 70));
    });
    const file = await sharp(smooth, { raw: { width, height, channels: 1 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,a.jpg,x\n', 'a.jpg': file });
    const values = valuesOf(await importFolder(folder), 'camera', 0);
    for (let cell = 0; cell < 64; cell++) {
      let sum = 0;
      for (let y = 0; y < 150; y++)
        for (let x = 0; x < 200; x++)
          sum += smooth[(Math.floor(cell / 8) * 150 + y) * width + (cell % 8) * 200 + x]!;
      expect(Math.abs(values[cell]! - sum / (150 * 200 * 255))).toBeLessThan(0.01);
    }
    expect(plan.modalities[0]).toMatchObject({ width: 8, height: 8 });
  });
});
