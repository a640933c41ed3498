import fc from 'fast-check';
import { encode as encodePng } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { findScale, scaleWords } from '../../../training/cells/images/scale.ts';
import { pngFile, tiffFile } from './image-files.ts';
import { greyOf, readAll, rgbOf } from './picture-values.ts';
import { codeOf, folderWith, importFolder, valuesOf } from './support.ts';

/** A row of 16-bit values as a little-endian TIFF. */
function tiff16(values: readonly number[], more: Partial<Parameters<typeof tiffFile>[3]> = {}): Uint8Array {
  const bytes = new Uint8Array(Int16Array.from(values).buffer);
  return tiffFile(values.length, 1, bytes, { bits: 16, samples: 1, photometric: 1, ...more });
}

function tiffFloat(
  values: readonly number[],
  more: Partial<Parameters<typeof tiffFile>[3]> = {},
): Uint8Array {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return tiffFile(values.length, 1, bytes, { bits: 32, samples: 1, photometric: 1, format: 3, ...more });
}

function png16(values: readonly number[], significant?: number): Uint8Array {
  const row = values.flatMap((value) => [value >> 8, value & 255]);
  return pngFile(values.length, 1, 16, 0, [row], significant ? [['sBIT', [significant]]] : []);
}

const words = ({ look }: Awaited<ReturnType<typeof readAll>>) =>
  Object.values(look.scales).map((scale) => [scaleWords(scale), scale.from]);

describe('values of fewer bits than they are stored in', () => {
  it.each([8, 10, 12, 14, 16])('white of %d bits in 16 is white', async (bits) => {
    const white = 2 ** bits - 1;
    for (const file of [tiff16([0, white, white / 2]), png16([0, white, white / 2])]) {
      const read = await readAll([file]);
      expect(read.pictures[0]!.values).toEqual([0, 1, 0.5]);
      expect(words(read)).toEqual([[`${bits} bits in 16`, 'sample']]);
    }
  });

  it('have one scale in all pictures of an import: a dark part stays dark', async () => {
    const read = await readAll([tiff16([0, 400]), tiff16([0, 4000]), png16([0, 2048])]);
    expect(read.pictures.map(({ values }) => values)).toEqual([
      [0, 0.1],
      [0, 0.98],
      [0, 0.5],
    ]);
    expect(words(read)).toEqual([['12 bits in 16', 'sample']]);
  });

  it('are told by the file where it says so, unless larger ones occur: then they were shifted up', async () => {
    expect((await readAll([png16([0, 500], 12)])).pictures[0]!.values).toEqual([0, 0.12]);
    expect(words(await readAll([png16([0, 500], 12)]))).toEqual([['12 bits in 16', 'file']]);
    expect(await greyOf(png16([0, 65520], 12))).toEqual([0, 1]);
    expect(await greyOf(tiff16([0, 500], { largest: 4095 }))).toEqual([0, 0.12]);
  });

  it('are as a person says, whatever a sample holds', async () => {
    expect(await greyOf(tiff16([0, 500]), { bits: 12 })).toEqual([0, 0.12]);
    expect(await greyOf(tiff16([1000, 2000, 1500]), { range: [1000, 2000] })).toEqual([0, 1, 0.5]);
  });

  it('beyond the scale are refused with both, not cut off', async () => {
    await expect(readAll([tiff16([0, 5000])], { bits: 12 })).rejects.toThrow(
      expect.objectContaining({
        code: 'image-range',
        detail: { value: 5000, low: 0, high: 4095, from: 'given' },
      }),
    );
  });

  it('leave plain 8 bits alone: a dark JPEG is a dark part', async () => {
    const dark = encodePng({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 51) });
    const read = await readAll([dark]);
    expect([read.pictures[0]!.values, words(read)]).toEqual([[0, 0.2], []]);
  });

  it.each([
    ['12 bits in 16', tiff16([4095, 0, 2048], { photometric: 0 })],
    ['signed', tiff16([32767, -32768, 0], { photometric: 0, format: 2 })],
    ['floating-point', tiffFloat([1, 0, 0.5], { photometric: 0 })],
  ])('are turned round where 0 is white: %s', async (_what, file) => {
    expect(await greyOf(file)).toEqual([0, 1, 0.5]);
  });

  it('of 16 bits with the profile that they are read in anyway stay as they are', async () => {
    const stored = Uint16Array.from([250, 20, 30, 10, 240, 20, 90, 90, 90], (value) => value * 257);
    const file = await sharp(stored, { raw: { width: 3, height: 1, channels: 3 } })
      .toColourspace('rgb16')
      .withIccProfile('srgb')
      .png()
      .toBuffer();
    const { data } = await sharp(file, { ignoreIcc: true })
      .toColourspace('rgb16')
      .raw({ depth: 'ushort' })
      .toBuffer({ resolveWithObject: true });
    const plain = Array.from({ length: 9 }, (_, index) => data.readUInt16LE(2 * index) / 65535);
    const read = await readAll([file], {}, 3);
    expect(words(read)).toEqual([['16 bits in 16', 'sample']]);
    expect(read.pictures[0]!.values).toEqual(plain.map((value) => Math.round(100 * value) / 100));
  });

  it('in colour share one scale', async () => {
    const colour = encodePng({
      width: 2,
      height: 1,
      channels: 3,
      depth: 16,
      data: Uint16Array.of(4095, 0, 0, 819, 819, 819),
    });
    expect(await rgbOf(colour)).toEqual([1, 0, 0, 0.2, 0.2, 0.2]);
  });
});

describe('signed values', () => {
  it('are never inverted or folded', async () => {
    expect(await greyOf(tiff16([-2048, 0, 2047], { format: 2 }))).toEqual([0, 0.5, 1]);
    expect(await greyOf(tiff16([0, 1024, 4095], { format: 2 }))).toEqual([0, 0.25, 1]);
    expect(await greyOf(tiff16([-32768, 0, 32767], { format: 2 }))).toEqual([0, 0.5, 1]);
    expect(await greyOf(tiff16([0, 32767], { format: 2 }))).toEqual([0, 1]);
  });

  it('of 8 bits go from black to white', async () => {
    const bytes = Int8Array.of(-128, 0, 127);
    const file = tiffFile(3, 1, new Uint8Array(bytes.buffer), {
      bits: 8,
      samples: 1,
      photometric: 1,
      format: 2,
    });
    expect(await greyOf(file)).toEqual([0, 0.5, 1]);
  });

  it('of colours are refused with what to do, not cut off at zero', async () => {
    const bytes = new Uint8Array(Int16Array.of(-100, 0, 100).buffer);
    const file = tiffFile(1, 1, bytes, { bits: 16, samples: 3, photometric: 2, format: 2 });
    await expect(greyOf(file)).rejects.toThrow('colours are signed numbers of 16 bits');
  });

  it('are shrunk as numbers, not as bits', async () => {
    const values = Array.from({ length: 64 }, (_, index) => (index % 2 === 0 ? -1000 : 1000));
    const bytes = new Uint8Array(Int16Array.from(new Array(64).fill(values).flat()).buffer);
    const file = tiffFile(64, 64, bytes, { bits: 16, samples: 1, photometric: 1, format: 2 });
    const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,a.tif,x\n', 'a.tif': file });
    const middle = valuesOf(await importFolder(folder), 'camera', 0)[27];
    expect(middle).toBeCloseTo(0.5, 2);
  });
});

describe('floating-point values', () => {
  it('are fractions where all lie in 0…1', async () => {
    expect(await greyOf(tiffFloat([0, 0.5, 1]))).toEqual([0, 0.5, 1]);
  });

  it('go by the range that the file, or a person, says', async () => {
    expect(await greyOf(tiffFloat([-10, 0, 30], { range: [-10, 30] }))).toEqual([0, 0.25, 1]);
    expect(await greyOf(tiffFloat([-10, 0, 30]), { range: [-10, 30] })).toEqual([0, 0.25, 1]);
  });

  it('are refused where nothing says what white is, with what there is', async () => {
    await expect(readAll([tiffFloat([0, 0.5, 250])])).rejects.toThrow(
      expect.objectContaining({
        code: 'image-range-unknown',
        detail: { stored: 'float 32', lowest: 0, highest: 250 },
      }),
    );
    await expect(readAll([tiffFloat([0, Number.NaN, 1])])).rejects.toThrow(
      expect.objectContaining({ code: 'image-range', detail: expect.objectContaining({ value: 'NaN' }) }),
    );
  });
});

describe('colour profiles', () => {
  it('of 16-bit pictures are applied as those of 8-bit ones are', async () => {
    const data = Uint8Array.from({ length: 64 * 3 }, (_, index) => [200, 80, 40][index % 3]!);
    const plain = sharp(data, { raw: { width: 8, height: 8, channels: 3 } });
    const wide = await plain.clone().withIccProfile('p3').png().toBuffer();
    const deep = await sharp(wide).withIccProfile('p3').toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const [eight, sixteen] = [await rgbOf(wide), await rgbOf(deep)];
    for (const [index, expected] of [200, 80, 40].entries()) {
      expect(eight[index]! * 255).toBeCloseTo(expected, -1);
      expect(sixteen[index]! * 255).toBeCloseTo(expected, -1);
    }
  });
});

describe('a scale', () => {
  it('holds every value that was seen, and no more bits than it needs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65535 }), fc.integer({ min: 0, max: 65535 }), (one, other) => {
        const [lowest, highest] = [Math.min(one, other), Math.max(one, other)];
        const { low, high } = findScale({ format: 'unsigned', bits: 16 }, [{ lowest, highest }], {})!;
        return low === 0 && high >= highest && (high === 255 || (high - 3) / 4 < highest);
      }),
    );
  });
});

describe('an import of pictures', () => {
  const table = 'id,camera,note\nA,a.tif,x\nB,b.tif,y\n';
  const even = (level: number) => {
    const bytes = new Uint8Array(new Uint16Array(64).fill(level).buffer);
    return tiffFile(8, 8, bytes, { bits: 16, samples: 1, photometric: 1 });
  };

  it('says in which scale it read them, in its result and for each picture', async () => {
    const imported = await importFolder(
      folderWith({ 'parts.csv': table, 'a.tif': even(819), 'b.tif': even(4095) }),
    );
    expect(valuesOf(imported, 'camera', 0)[0]).toBeCloseTo(0.2);
    expect(valuesOf(imported, 'camera', 1)[0]).toBe(1);
    expect(imported.result.pictures).toEqual([
      {
        modality: 'camera',
        scales: [expect.objectContaining({ words: '12 bits in 16', from: 'sample', high: 4095 })],
        shapes: [{ width: 8, height: 8, count: 2 }],
      },
    ]);
    expect(imported.parts[0]!.values.camera).toMatchObject({ view: { range: [0, 4095] } });
  });

  it('says of which proportions they are, upright, unless a region has those of the plan', async () => {
    const jpeg = (width: number, height: number, orientation = 1) =>
      sharp({ create: { width, height, channels: 3, background: '#888' } })
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name},${name}.jpg,x`);
    const folder = folderWith({
      'parts.csv': `id,camera,note\n${rows.join('\n')}\n`,
      'a.jpg': await jpeg(40, 30),
      'b.jpg': await jpeg(80, 60),
      'c.jpg': await jpeg(64, 36),
      'd.jpg': await jpeg(30, 40, 6),
      'e.jpg': await jpeg(40, 30, 6),
    });
    const shapesOf = async (region?: 'object') =>
      (await importFolder(folder, {}, { pictures: { settings: { camera: { region } } } })).result.pictures[0]!
        .shapes;
    expect(await shapesOf()).toEqual([
      { width: 40, height: 30, count: 3 },
      { width: 64, height: 36, count: 1 },
      { width: 30, height: 40, count: 1 },
    ]);
    expect(await shapesOf('object')).toEqual([]);
  });

  it('stays in the scale of earlier imports, and refuses what goes beyond until a person says otherwise', async () => {
    const folder = folderWith({ 'parts.csv': table, 'a.tif': even(100), 'b.tif': even(5000) });
    const first = await importFolder(
      folderWith({ 'parts.csv': table, 'a.tif': even(819), 'b.tif': even(4095) }),
    );
    const [{ scales }] = first.result.pictures as [(typeof first.result.pictures)[0]];
    const [{ words: _, ...scale }] = scales as [(typeof scales)[0]];
    const pictures = { scales: { camera: { 'unsigned 16': scale } } };
    const later = await importFolder(folder, {}, { pictures });
    expect(valuesOf(later, 'camera', 0)[0]).toBeCloseTo(100 / 4095, 3);
    expect(later.problems).toMatchObject([{ row: 3, column: 'camera', code: 'image-range' }]);
    const settled = await importFolder(
      folder,
      {},
      { pictures: { ...pictures, settings: { camera: { bits: 14 } } } },
    );
    expect(valuesOf(settled, 'camera', 1)[0]).toBeCloseTo(5000 / 16383, 3);
    expect(settled.problems).toEqual([]);
  });

  it('is not led astray by a modality named as what every object has', async () => {
    const { plan } = await import('./support.ts');
    const named = {
      ...plan,
      modalities: plan.modalities.map((one) =>
        one.name === 'camera' ? { ...one, name: 'constructor' } : one,
      ),
    };
    const folder = folderWith({ 'parts.csv': 'id,constructor,note\nA,a.tif,x\n', 'a.tif': even(4095) });
    const imported = await importFolder(folder, {}, { plan: named });
    expect(valuesOf(imported, 'constructor', 0)[0]).toBe(1);
  });

  it('lists a picture that it cannot scale by row and column', async () => {
    const folder = folderWith({
      'parts.csv': table,
      'a.tif': tiffFloat([0, 300]),
      'b.tif': tiffFloat([0, 200]),
    });
    expect(await codeOf(importFolder(folder))).toBe('no error');
    const { problems } = await importFolder(folder);
    expect(problems).toMatchObject([
      { row: 2, column: 'camera', code: 'image-range-unknown', detail: { file: 'a.tif', highest: 300 } },
      { row: 3, column: 'camera', code: 'image-range-unknown' },
    ]);
  });
});
