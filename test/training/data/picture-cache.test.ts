import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPictureCache, pictureKey } from '../../../training/cells/images/picture-cache.ts';
import { usualLook } from '../../../training/cells/images/picture-look.ts';
import { folderWith, greyPng, importFolder, plan, temporaryFolder, valuesOf } from './support.ts';

const size = { width: 2, height: 1, channels: 1 } as const;
const key = pictureKey('aa', usualLook, size);
const picture = {
  values: Float32Array.of(0, 1 / 3).map((value) => Math.round(value * 65535) / 65535),
  view: { page: '表' },
};

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('pictures that were decoded before', () => {
  it('come back to the last bit, with how they were read', async () => {
    const cache = openPictureCache(join(temporaryFolder(), 'pictures'));
    expect(await cache.get(key)).toBeUndefined();
    await cache.put(key, picture);
    expect(await cache.get(key)).toEqual(picture);
  });

  it('are others for another content, size, colour or look', () => {
    const scale = {
      low: 0,
      high: 4095,
      bits: 12,
      stored: { format: 'unsigned', bits: 16 },
      from: 'sample',
    } as const;
    const looks = [
      usualLook,
      { settings: { region: 'object' }, scales: {} },
      { settings: {}, scales: { 'unsigned 16': scale } },
    ] as const;
    const keys = looks.flatMap((look) => [
      pictureKey('aa', look, size),
      pictureKey('bb', look, size),
      pictureKey('aa', look, { ...size, channels: 3 }),
      pictureKey('aa', look, { ...size, width: 1, height: 2 }),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
    const earlier = { settings: {}, scales: { 'unsigned 16': { ...scale, from: 'earlier' } } } as const;
    expect(pictureKey('aa', earlier, size)).toBe(pictureKey('aa', looks[2], size));
  });

  it('that were written by halves, or changed, are as if they were not there', async () => {
    const folder = join(temporaryFolder(), 'pictures');
    const cache = openPictureCache(folder);
    await cache.put(key, picture);
    const [path] = filesIn(folder) as [string];
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      expect(await cache.get(key)).toBeUndefined();
    }
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      writeFileSync(path, changed);
      expect(await cache.get(key)).toBeUndefined();
    }
  });

  it('stay within a bound: the longest unused go, and what a kill left half-written', async () => {
    const folder = join(temporaryFolder(), 'pictures');
    const cache = openPictureCache(folder, 1000);
    const keys = Array.from({ length: 40 }, (_, index) => pictureKey(`${index}`, usualLook, size));
    for (const [index, one] of keys.entries()) {
      await cache.put(one, picture);
      const path = join(folder, one.slice(0, 2), one.slice(2));
      utimesSync(path, 1000 + index, 1000 + index);
    }
    const abandoned = join(folder, 'aa', 'b.partial');
    mkdirSync(dirname(abandoned), { recursive: true });
    writeFileSync(abandoned, 'half');
    utimesSync(abandoned, 1, 1);
    await cache.trim();
    const kept = filesIn(folder);
    expect(kept.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThanOrEqual(800);
    expect(kept).not.toContain(abandoned);
    expect(await cache.get(keys[0]!)).toBeUndefined();
    expect(await cache.get(keys.at(-1)!)).toEqual(picture);
  });

  it('that cannot be kept are no reason to fail', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    await expect(openPictureCache(join(file, 'pictures')).put(key, picture)).resolves.toBeUndefined();
  });

  it('make a second import the same without decoding anything', async () => {
    const pictureCache = join(temporaryFolder(), 'pictures');
    const folder = folderWith({ 'parts.csv': 'id,camera,note\nA,a.png,x\n', 'a.png': greyPng(51) });
    const first = await importFolder(folder, {}, { pictureCache });
    expect(filesIn(pictureCache)).toHaveLength(1);
    // What stands in the cache is taken: decoding would give .2.
    const cache = openPictureCache(pictureCache);
    const [{ sha256 }] = first.parts.map(({ values }) => values.camera as { sha256: string }) as [
      { sha256: string },
    ];
    const camera = { width: 8, height: 8, channels: 1 } as const;
    await cache.put(pictureKey(sha256, usualLook, camera), {
      values: new Float32Array(64).fill(1),
      view: {},
    });
    expect(valuesOf(await importFolder(folder, {}, { pictureCache }), 'camera', 0)).toEqual(
      new Array(64).fill(1),
    );
    expect(plan.modalities[0]).toMatchObject(camera);
  });
});
