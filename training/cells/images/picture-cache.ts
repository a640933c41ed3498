import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureFields } from '../../../protocol/kinds/kind.ts';
import type { PictureLook } from './picture-look.ts';
import type { PictureView } from './picture-view.ts';

/** A picture as it was read for a plan. */
export interface ReadPicture {
  /** Height × width × channels, whole 65,535ths in 0…1. */
  readonly values: Float32Array;
  readonly view: PictureView;
}

/** Pictures that were decoded before, by their content and how they were read. It may lose any of them at any time. */
export interface PictureCache {
  /** Undefined where it is not there, or not whole. */
  get(key: string): Promise<ReadPicture | undefined>;
  /** Keeps a picture; a disk that is full is no reason to fail. */
  put(key: string, picture: ReadPicture): Promise<void>;
  /** Removes the longest unused until what is kept is within the bound. */
  trim(): Promise<void>;
}

/** Changes with whatever changes a value of a picture that is read again. */
const reading = 'fedrecon-picture/2';
const usualBound = 2 * 2 ** 30;
/** What is kept after trimming, so that not every import trims. */
const keptShare = 0.8;
const headBytes = 20;
/** A file is marked as used at most so often: marking costs a write. */
const usedEvery = 24 * 3600_000;
/** What a killed import left half-written is older. */
const abandonedAfter = 3600_000;

/** By content, size, colour and look: equal keys are equal values. @param sha256 of the file */
export function pictureKey(
  sha256: string,
  look: PictureLook,
  { width, height, channels }: PictureFields,
): string {
  // Who says what a scale is changes no value.
  const scales = Object.entries(look.scales).map(([name, { low, high }]) => [name, low, high]);
  const named = JSON.stringify([reading, sha256, width, height, channels, look.settings, scales]);
  return createHash('sha256').update(named).digest('hex');
}

/** @param bound bytes that are kept at most */
export function openPictureCache(folder: string, bound = usualBound): PictureCache {
  const pathOf = (key: string) => join(folder, key.slice(0, 2), key.slice(2));
  return {
    async get(key) {
      const path = pathOf(key);
      const bytes = await readFile(path).catch(() => undefined);
      const picture = bytes && unpack(bytes);
      if (!picture) return undefined;
      const now = new Date();
      const used = await stat(path).catch(() => undefined);
      if (used && now.getTime() - used.mtimeMs > usedEvery)
        await utimes(path, now, now).catch(() => undefined);
      return picture;
    },
    async put(key, picture) {
      const path = pathOf(key);
      const unfinished = `${path}.${randomUUID()}.partial`;
      try {
        await mkdir(join(folder, key.slice(0, 2)), { recursive: true });
        await writeFile(unfinished, pack(picture));
        await rename(unfinished, path);
      } catch {
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
    async trim() {
      const kept: { path: string; bytes: number; used: number }[] = [];
      for (const prefix of await readdir(folder).catch(() => []))
        for (const name of await readdir(join(folder, prefix)).catch(() => [])) {
          const path = join(folder, prefix, name);
          const info = await stat(path).catch(() => undefined);
          if (!info) continue;
          const isAbandoned = name.endsWith('.partial') && Date.now() - info.mtimeMs > abandonedAfter;
          if (isAbandoned) await rm(path, { force: true });
          else kept.push({ path, bytes: info.size, used: info.mtimeMs });
        }
      let bytes = kept.reduce((sum, file) => sum + file.bytes, 0);
      if (bytes <= bound) return;
      for (const file of kept.sort((a, b) => a.used - b.used)) {
        if (bytes <= bound * keptShare) break;
        await rm(file.path, { force: true });
        bytes -= file.bytes;
      }
    },
  };
}

/** Sixteen bytes of the rest's SHA-256, the length of the view, the view as JSON, the values as 16 bits. */
function pack({ values, view }: ReadPicture): Uint8Array {
  const text = Buffer.from(JSON.stringify(view));
  // Loops where `from` with a function would do: they take a tenth of its time, which large pictures notice.
  const levels = new Uint16Array(values.length);
  for (let index = 0; index < levels.length; index++) levels[index] = Math.round(values[index]! * 65535);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const rest = Buffer.concat([length, text, Buffer.from(levels.buffer)]);
  return Buffer.concat([checksum(rest), rest]);
}

function unpack(bytes: Buffer): ReadPicture | undefined {
  if (bytes.length < headBytes || !checksum(bytes.subarray(16)).equals(bytes.subarray(0, 16)))
    return undefined;
  const end = headBytes + bytes.readUInt32LE(16);
  const view = JSON.parse(bytes.toString('utf8', headBytes, end)) as PictureView;
  const levels = new Uint16Array(new Uint8Array(bytes.subarray(end)).buffer);
  const values = new Float32Array(levels.length);
  for (let index = 0; index < values.length; index++) values[index] = levels[index]! / 65535;
  return { values, view };
}

function checksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, 16);
}
