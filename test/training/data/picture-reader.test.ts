import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forkPictureHost, type PictureHost } from '../../../training/cells/images/reader/picture-host.ts';
import {
  createPictureReader,
  type PictureReader,
  pictureReader,
  usePictureReader,
} from '../../../training/cells/images/reader/picture-reader.ts';
import { relayedPictureReader, relayPicture } from '../../../training/cells/images/reader/picture-relay.ts';
import { folderWith, greyPng, importFolder, temporaryFolder } from './support.ts';

const breaking = fileURLToPath(new URL('../../support/breaking-picture-process.ts', import.meta.url));

/** A reader whose process breaks at files of certain names, how often it was started, and files to ask it for. */
function breakingReader(names: readonly string[] = []): {
  reader: PictureReader;
  starts(): number;
  glance(): Promise<Record<string, string>>;
} {
  const forked = forkPictureHost(breaking);
  const folder = temporaryFolder();
  const hangs = join(folder, 'hang.png.hangs');
  let starts = 0;
  let last: ReturnType<PictureHost['start']> | undefined;
  const host: PictureHost = {
    start() {
      starts++;
      rmSync(hangs, { force: true });
      last = forked.start();
      return last;
    },
  };
  onTestFinished(() => last?.kill());
  const reader = createPictureReader(host, {
    seconds: 2,
    // Seconds pass while a picture hangs, and only then: a busy machine is slow with the others.
    clock: (tick) => setInterval(() => existsSync(hangs) && tick(), 20),
  });
  for (const name of names) writeFileSync(join(folder, name), greyPng(51));
  return {
    reader,
    starts: () => starts,
    async glance() {
      const found = names.map(async (name) => {
        const size = await reader.ask('glance', { path: join(folder, name) }).then(
          ({ width, height }) => `${width} × ${height}`,
          (error: { code?: string; message: string }) => error.code ?? error.message,
        );
        return [name, size] as const;
      });
      return Object.fromEntries(await Promise.all(found));
    },
  };
}

describe('a picture that brings the process that reads it down', () => {
  it('is refused by name and not tried again, and all others are read', async () => {
    const expected = {
      'a.png': '8 × 8',
      'crash.png': 'image-crash',
      'hang.png': 'image-slow',
      'b.png': '8 × 8',
      'swell.png': 'image-memory',
      'lie.png': 'its reading makes no sense',
      'c.png': '8 × 8',
    };
    const { glance, starts } = breakingReader(Object.keys(expected));
    expect(await glance()).toEqual(expected);
    const before = starts();
    expect(await glance()).toEqual(expected);
    expect(starts()).toBe(before);
  });

  it('is read again, with all others, where it is none: the process came down by something else', async () => {
    const { glance, starts } = breakingReader(['a.png', 'once.png', 'b.png']);
    expect(await glance()).toEqual({ 'a.png': '8 × 8', 'once.png': '8 × 8', 'b.png': '8 × 8' });
    expect(starts()).toBe(2);
  });

  it('is a listed problem of an import, and the rest goes on', async () => {
    const before = usePictureReader(breakingReader().reader);
    onTestFinished(() => void usePictureReader(before));
    const pictures = { 'a.png': greyPng(1), 'crash.png': greyPng(2), 'b.png': greyPng(3) };
    const rows = Object.keys(pictures).map((name, index) => `P${index},${name},x`);
    const { parts, problems } = await importFolder(
      folderWith({ ...pictures, 'parts.csv': `id,camera,note\n${rows.join('\n')}\n` }),
    );
    expect(problems).toMatchObject([
      { row: 3, column: 'camera', code: 'image-crash', detail: { file: 'crash.png', reason: 'SIGKILL' } },
    ]);
    expect(parts.map(({ values }) => Object.keys(values))).toEqual([
      ['camera', 'note'],
      ['note'],
      ['camera', 'note'],
    ]);
  });
});

describe('a process that can start no other', () => {
  /** A reader at the other end of a channel that copies what it carries. */
  function relayed(): PictureReader {
    const near = relayedPictureReader((message) => {
      expect(relayPicture(structuredClone(message), pictureReader(), (told) => hears(told))).toBe(true);
    });
    const hears = (told: object) => near.hears(structuredClone(told));
    expect(near.hears({ type: 'job' })).toBe(false);
    return near.reader;
  }

  it('has its pictures read by the one that started it, with the same values and the same errors', async () => {
    const folder = folderWith({ 'a.png': greyPng(51), 'b.png': Uint8Array.of(1, 2, 3) });
    const [a, b] = ['a.png', 'b.png'].map((name) => join(folder, name));
    const asked = (path: string) => ({
      path,
      look: { settings: {}, scales: {} },
      fields: { width: 8, height: 8, channels: 1 } as const,
    });
    const values = await relayed().ask('values', asked(a!));
    expect(values).toEqual(await pictureReader().ask('values', asked(a!)));
    expect(values.values).toEqual(new Float32Array(64).fill(0.2));
    await expect(relayed().ask('glance', { path: b! })).rejects.toThrow('it is no PNG');
  });
});
