import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { heatMap } from '../../../main/pictures/heat-map.ts';
import { encodePicture } from '../../../main/pictures/picture.ts';
import { settingNames } from '../../../main/services/context.ts';
import { imageAddress, serveImage } from '../../../main/services/images.ts';
import { hashFile } from '../../../main/store/files.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { parsePlan, planHash } from '../../../protocol/plan.ts';
import { encodeTensors } from '../../../protocol/safetensors.ts';
import type { PictureView } from '../../../training/cells/images/picture-view.ts';
import { temporaryFolder } from '../support/folders.ts';
import { putImport } from '../support/imported.ts';
import { tinyPlan } from '../support/plants.ts';

const plan = parsePlan(tinyPlan);

/** A store with one part whose camera image is `file`; its stored values are all 0.5. */
async function storeWith(file: string, view?: PictureView): Promise<{ store: Store; part: number }> {
  const store = await openStore(temporaryFolder());
  onTestFinished(() => store.close());
  store.settings.set(settingNames.offered, { plan, hash: planHash(plan) });
  const values = { 'camera/values': { shape: [1, 64], data: new Float32Array(64).fill(0.5) } };
  const { sha256 } = await store.files.put(encodeTensors(values));
  const camera = { file, sha256: (await hashFile(file)).sha256, ...(view && { view }) };
  putImport(store, { file: sha256, parts: [['A', { camera, note: 'a note' }]] });
  return { store, part: store.parts.byRow()[0]! };
}

/** A BMP of 24 bits; `pixels` are blue, green, red, a row padded to four bytes. */
function bitmap(width: number, height: number, pixels: ArrayLike<number>): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.set(pixels, 54);
  return bytes;
}

describe('a measured image', () => {
  it.each(['plain.png', 'plain.jpg'])(
    'is its own file where a window shows that as it was read: %s',
    async (name) => {
      const file = join(temporaryFolder(), name);
      const picture = sharp({ create: { width: 4, height: 3, channels: 3, background: '#804020' } });
      const bytes = await (name.endsWith('png') ? picture.png() : picture.jpeg()).toBuffer();
      writeFileSync(file, bytes);
      const { store, part } = await storeWith(file);
      const served = await serveImage(store, imageAddress.part(part, 'camera'));
      const type = name.endsWith('png') ? 'image/png' : 'image/jpeg';
      expect(served).toEqual({ shows: 'measurements', type, bytes });
    },
  );

  it('stands upright, as the model saw it', async () => {
    const file = join(temporaryFolder(), 'lying.png');
    const row = sharp(Uint8Array.of(0, 85, 255), { raw: { width: 3, height: 1, channels: 1 } });
    writeFileSync(file, await row.withMetadata({ orientation: 6 }).png().toBuffer());
    const { store, part } = await storeWith(file);
    const png = decode((await serveImage(store, imageAddress.part(part, 'camera')))!.bytes);
    const grey = Array.from({ length: 3 }, (_, pixel) => png.data[pixel * png.channels]);
    expect([png.width, png.height, grey]).toEqual([1, 3, [0, 85, 255]]);
  });

  it('is in the scale that it was read in, and only the region that was taken', async () => {
    const file = join(temporaryFolder(), 'deep.png');
    const data = Uint16Array.of(0, 819, 4095, 4095);
    writeFileSync(file, encode({ width: 4, height: 1, channels: 1, depth: 16, data }));
    const shown = async (view: PictureView) => {
      const { store, part } = await storeWith(file, view);
      const png = decode((await serveImage(store, imageAddress.part(part, 'camera')))!.bytes);
      return Array.from(png.data);
    };
    expect(await shown({ range: [0, 4095] })).toEqual([0, 51, 255, 255]);
    const region = { left: 0.25, top: 0, width: 0.5, height: 1 };
    expect(await shown({ range: [0, 4095], region })).toEqual([51, 255]);
  });

  it('is a PNG where a window could not show it, no larger than a window needs', async () => {
    const file = join(temporaryFolder(), 'colour.bmp');
    writeFileSync(file, bitmap(2, 1, [0, 0, 255, 255, 255, 255]));
    const small = await storeWith(file);
    const served = await serveImage(small.store, imageAddress.part(small.part, 'camera'));
    const png = decode(served!.bytes);
    expect([served!.type, png.depth, Array.from(png.data)]).toEqual([
      'image/png',
      8,
      [255, 0, 0, 255, 255, 255],
    ]);

    writeFileSync(file, bitmap(2400, 1200, new Uint8Array(2400 * 1200 * 3).fill(51)));
    const large = await storeWith(file);
    const asSeen = decode((await serveImage(large.store, imageAddress.part(large.part, 'camera')))!.bytes);
    expect([asSeen.width, asSeen.height, asSeen.data[0]]).toEqual([1024, 512, 51]);
  });

  it('comes from the stored values when its file is no more the one that was imported', async () => {
    const file = join(temporaryFolder(), 'a.png');
    writeFileSync(file, encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) }));
    const { store, part } = await storeWith(file);
    writeFileSync(file, encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(9) }));
    const png = decode((await serveImage(store, imageAddress.part(part, 'camera')))!.bytes);
    expect([png.width, png.height, png.data[0]]).toEqual([8, 8, 128]);
  });

  it('is not served for what is no image, not there, or no address', async () => {
    const file = join(temporaryFolder(), 'a.png');
    writeFileSync(file, encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) }));
    const { store, part } = await storeWith(file);
    for (const path of [
      imageAddress.part(part, 'note'),
      imageAddress.part(part + 1, 'camera'),
      imageAddress.part(part, 'x-ray'),
      imageAddress.reconstruction(part, 'camera', 1),
      imageAddress.uncertainty(part, 'camera', 1),
      `/images/part/${part}/camera/../../../etc/passwd`,
      '/images/part/1e3/camera',
      '/images/settings/1/camera',
    ])
      expect(await serveImage(store, path)).toBeUndefined();
  });
});

describe('a PNG of our own', () => {
  it('clamps values and carries its text where every reader finds it', () => {
    const png = encodePicture(
      { width: 3, height: 1, channels: 1, values: [-1, 0.5, 2] },
      { Title: 'not a measurement' },
    );
    const read = decode(png, { checkCrc: true });
    expect(Array.from(read.data)).toEqual([0, 128, 255]);
    expect(read.text).toEqual({ Title: 'not a measurement' });
  });
});

describe('a heat map', () => {
  it('runs from dark to bright and stays at its ends', () => {
    const map = { width: 4, height: 1, channels: 1 as const, values: [-5, 0.1, 0.3, 9] };
    const { values } = heatMap(map, 0.1, 0.3);
    const colour = (pixel: number) => Array.from({ length: 3 }, (_, channel) => values[pixel * 3 + channel]!);
    expect(colour(0)).toEqual(colour(1));
    expect(colour(2)).toEqual(colour(3));
    const brightness = (pixel: number) => colour(pixel).reduce((sum, value) => sum + value, 0);
    expect(brightness(1)).toBeLessThan(brightness(2));
  });

  it('shows the mean of several channels, and a flat scale as its lower end', () => {
    const map = { width: 1, height: 1, channels: 3 as const, values: [0, 0.2, 0.4] };
    const one = { width: 1, height: 1, channels: 1 as const, values: [0.2] };
    expect(Array.from(heatMap(map, 0, 1).values)).toEqual(Array.from(heatMap(one, 0, 1).values));
    expect(heatMap(one, 0.5, 0.5).values[0]).toBeCloseTo(0.267);
  });
});
