import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { plainGif, pngFile } from './image-files.ts';
import { greyOf } from './picture-values.ts';
import { folderWith, greyPng, importFolder, plan, temporaryFolder, valuesOf } from './support.ts';

/** A thousand million zeros, deflated: about a megabyte, put together from equal pieces, each deflated by itself. */
const swelling = (() => {
  const count = 1 << 30;
  const piece = deflateRawSync(Buffer.alloc(1 << 24), { finishFlush: constants.Z_FULL_FLUSH });
  // An empty last block, and the checksum (Adler-32) of so many zeros.
  const tail = Buffer.from([0x03, 0x00, 0, 0, 0, 1]);
  tail.writeUInt16BE(count % 65521, 2);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...new Array<Buffer>(count >> 24).fill(piece), tail]);
})();

/** A PNG with a chunk put behind its header. */
function withChunk(name: string, content: Uint8Array): Uint8Array {
  return pngFile(8, 8, 8, 0, new Array(8).fill(new Array(8).fill(51)), [
    [name, content as unknown as number[]],
  ]);
}

/** A PNG of 8 × 8 whose pixel data is this. */
function withPixels(data: Uint8Array): Uint8Array {
  const whole = Buffer.from(pngFile(8, 8, 8, 0, []));
  const at = whole.indexOf('IDAT') - 4;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([
    whole.subarray(0, at),
    length,
    Buffer.from('IDAT'),
    data,
    Buffer.alloc(4),
    whole.subarray(at),
  ]);
}

describe('a file that swells', () => {
  it('is refused where its pixel data is more than its size can need', async () => {
    expect(swelling.length).toBeLessThan(1.1e6);
    await expect(greyOf(withPixels(swelling))).rejects.toThrow('more pixel data than its size can need');
  });

  it('is refused where its colour profile does', async () => {
    const profile = Buffer.concat([Buffer.from('swells\0\0'), swelling]);
    await expect(greyOf(withChunk('iCCP', profile))).rejects.toThrow('profile swells to more than 8 MB');
  });

  it.each([
    ['zTXt', 'comment\0\0'],
    ['iTXt', 'comment\0\x01\0\0\0'],
  ])('is read where only its text does (%s), which is never inflated as a whole', async (name, head) => {
    const text = Buffer.concat([Buffer.from(head, 'latin1'), swelling]);
    expect(await greyOf(withChunk(name, text))).toEqual(new Array(64).fill(0.2));
  });

  it('is read where it is a plain GIF, however few bytes it has', async () => {
    expect(await greyOf(plainGif(8, 8, 51))).toEqual(new Array(64).fill(0.2));
  });

  it('and all of these, imported, take no more memory than a photograph', async () => {
    const files = {
      'size.png': pngFile(32_768, 32_768, 8, 0, []),
      'bytes.png': pngFile(10_000, 10_000, 16, 6, [[0]]),
      'pixels.png': withPixels(swelling),
      'profile.png': withChunk('iCCP', Buffer.concat([Buffer.from('swells\0\0'), swelling])),
      'text.png': withChunk('zTXt', Buffer.concat([Buffer.from('comment\0\0'), swelling])),
      'large.gif': plainGif(9000, 9000, 51),
      'large.jpg': await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#333' } })
        .jpeg({ progressive: true })
        .toBuffer(),
    };
    const rows = Object.keys(files).map((name, index) => `P${index},${name},x`);
    const folder = folderWith({ ...files, 'parts.csv': `id,camera,note\n${rows.join('\n')}\n` });
    const script = join(temporaryFolder(), 'import.ts');
    const support = (name: string) =>
      JSON.stringify(fileURLToPath(new URL(`../../../${name}`, import.meta.url)));
    writeFileSync(
      script,
      `import { importParts } from ${support('training/data/import.ts')};
       import { createPictureReader, usePictureReader } from ${support('training/cells/images/reader/picture-reader.ts')};
       import { measuredPictureHost } from ${support('test/support/measured-picture-host.ts')};
       import { peakMemory } from ${support('test/support/peak-memory.ts')};
       const { host, peak: pictures } = measuredPictureHost();
       usePictureReader(createPictureReader(host));
       const plan = ${JSON.stringify(plan)};
       const request = { plan, folder: ${JSON.stringify(folder)}, manifest: 'parts.csv', columns: {}, output: ${JSON.stringify(temporaryFolder())} };
       const { problems } = await importParts(request, { progress() {}, abort: new AbortController().signal });
       console.log(JSON.stringify({ problems, peak: peakMemory(), pictures: pictures() }));`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    const { problems, peak, pictures } = JSON.parse(
      stdout || JSON.stringify({ problems: stderr, peak: stderr }),
    ) as Record<string, number>;
    // Four images, and what is said of the folder: some are grey and some in colour.
    expect(problems).toBe(5);
    // What reads them, and the import itself, which holds none of them.
    expect(pictures).toBeLessThan(600);
    expect(peak).toBeLessThan(200);
  });
});

describe('a picture among thousands', () => {
  it('of a large file is read where it lies, and gives the same as in memory', async () => {
    const [width, height] = [2600, 2600];
    const noise = new Uint8Array(width * height * 3);
    for (let at = 0; at < noise.length; at++) noise[at] = (at * 2654435761) >>> 24;
    const large = await sharp(noise, { raw: { width, height, channels: 3 } })
      .tiff({ compression: 'none' })
      .toBuffer();
    expect(large.length).toBeGreaterThan(16 << 20);
    const small = await sharp(noise, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const files = { 'a.tif': large, 'b.png': small, 'c.png': greyPng(7) };
    const imported = await importFolder(
      folderWith({ ...files, 'parts.csv': 'id,camera,note\nA,a.tif,x\nB,b.png,y\nC,c.png,z\n' }),
    );
    expect(imported.problems.map(({ code }) => code)).toEqual(['image-colours']);
    expect(valuesOf(imported, 'camera', 0)).toEqual(valuesOf(imported, 'camera', 1));
  });
});
