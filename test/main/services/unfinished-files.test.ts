import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isHidden, listFolder } from '../../../main/services/watch/folder-listing.ts';
import { openWriters } from '../../../main/services/watch/open-writers.ts';
import { unfinishedFile } from '../../../main/services/watch/unfinished-file.ts';
import { waitingFinder } from '../../../main/services/watch/waiting-files.ts';
import { temporaryFolder } from '../support/folders.ts';

/** Writes files of a new folder, and says what is wrong with the end of each. */
function looker(): (name: string, content: string | Uint8Array) => Promise<string | undefined> {
  const folder = temporaryFolder();
  return async (name, content) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return unfinishedFile(path);
  };
}

describe('a file that is still being written', () => {
  it('is known by its end', async () => {
    const endOf = looker();
    const zip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);
    const parquet = Buffer.from('PAR1....\x04\0\0\0PAR1', 'latin1');
    const text = 'id,x\n1,2\n';
    const cases: [string, string | Uint8Array, string | undefined][] = [
      ['a.csv', 'id;x\r\n1;2\r\n', undefined],
      ['a.csv', 'id,x\n1,"2,5"\n\n', undefined],
      ['a.csv', 'id,x\n1,"two\nlines"\n', undefined],
      ['a.csv', 'id,x\r\n1,2\r\n\x1a', undefined],
      // Inches, and a quotation mark that is never closed in a hundred lines, are no open cells.
      ['a.csv', 'id,x\n1,5"\n2,6"\n', undefined],
      ['a.csv', `id,x\n1,"2\n${'3,4\n'.repeat(100)}`, undefined],
      ['a.csv', Buffer.from('id,x\n1,2\n', 'utf16le'), undefined],
      ['a.csv', Buffer.from('\ufeffid,x\n1,メモ\n', 'utf16le'), undefined],
      ['a.csv', Buffer.from('\ufeffid,x\n1,メモ', 'utf16le'), 'line'],
      // The second byte of a letter in Shift_JIS may be that of a bar.
      ['a.csv', Buffer.from('id,x\n1,\x83\x7c\x83\x7c\n2,\x83\x41\n', 'latin1'), undefined],
      ['a.csv', 'logger\nid,x,y\n1,2,3\n', undefined],
      ['a.csv', 'id,x\n1,2', 'line'],
      ['a.tsv', 'id\tx\n1\n', 'cells'],
      ['a.csv', 'id,x\n1,"two\n', 'quote'],
      ['a.csv', '', 'empty'],
      ['a.csv', Buffer.concat([Buffer.from(text), Buffer.alloc(4096)]), 'zeros'],
      ['a.csv', Buffer.concat([Buffer.from(text), Buffer.alloc(4096), Buffer.from(text)]), 'zeros'],
      ['a.jsonl', '{"id":1}\n{"id":2}', undefined],
      ['a.jsonl', '{"id":1}\n', undefined],
      ['a.jsonl', '{"id":1}\n{"id":', 'line'],
      ['a.jsonl', '{"id":1}\n{"id":{"n":1}', 'line'],
      ['a.jsonl', Buffer.alloc(100), 'zeros'],
      ['a.xlsx', zip, undefined],
      ['a.parquet', parquet, undefined],
      ['a.parquet', 'PAR1', 'end'],
      ['a.parquet', parquet.subarray(0, -4), 'end'],
      ['a.txt', 'any', undefined],
    ];
    for (const [name, content, expected] of cases)
      expect([name, content, await endOf(name, content)]).toEqual([name, content, expected]);
    expect(await unfinishedFile(join(temporaryFolder(), 'gone.csv'))).toBeUndefined();
  });

  it('is known wherever a picture, a recording or an archive is cut, and where room is reserved for the rest', async () => {
    const endOf = looker();
    const noise = Uint8Array.from({ length: 60 * 60 * 3 }, (_, index) => (index * 7919) % 251);
    const picture = sharp(noise, { raw: { width: 60, height: 60, channels: 3 } });
    const npy = (header: string, values: number) =>
      Buffer.concat([
        Buffer.from(`\x93NUMPY\x01\0${String.fromCharCode(header.length)}\0${header}`, 'latin1'),
        Buffer.alloc(8 * values, 1),
      ]);
    const wav = Buffer.alloc(44 + 100, 1);
    wav.write('RIFF', 0);
    wav.write('WAVEfmt ', 8);
    wav.writeUInt32LE(16, 16);
    wav.write('data', 36);
    wav.writeUInt32LE(100, 40);
    const bmp = Buffer.alloc(54 + 64);
    bmp.write('BM');
    bmp.writeUInt32LE(54, 10);
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(4, 18);
    bmp.writeInt32LE(-4, 22);
    bmp.writeUInt16LE(32, 28);
    const thumbnail = await picture.clone().resize(8, 8).jpeg().toBuffer();
    const jpeg = await picture.clone().jpeg().toBuffer();
    const app = Buffer.from([0xff, 0xe1, (thumbnail.length + 2) >> 8, (thumbnail.length + 2) & 255]);
    const files: Record<string, Uint8Array> = {
      'a.png': encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4) }),
      'b.png': await picture.clone().png().toBuffer(),
      'a.jpg': jpeg,
      'b.jpg': await picture.clone().jpeg({ progressive: true }).toBuffer(),
      'c.jpg': Buffer.concat([jpeg.subarray(0, 2), app, thumbnail, jpeg.subarray(2)]),
      'a.gif': await picture.clone().gif().toBuffer(),
      'a.webp': await picture.clone().webp().toBuffer(),
      'a.tiff': await picture.clone().tiff({ compression: 'lzw' }).toBuffer(),
      'b.tif': await picture
        .clone()
        .tiff({ tile: true, bigtiff: true, tileWidth: 16, tileHeight: 16 })
        .toBuffer(),
      'a.bmp': bmp,
      'a.npy': npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3, ), }\n", 3),
      'a.wav': wav,
    };
    for (const [name, bytes] of Object.entries(files)) {
      expect([name, await endOf(name, bytes)]).toEqual([name, undefined]);
      for (const cut of [1, 2, 9, bytes.length / 4, bytes.length / 2, bytes.length - 3]) {
        const length = bytes.length - Math.ceil(cut);
        const half = Buffer.from(bytes.subarray(0, length));
        expect([name, cut, await endOf(name, half)]).toEqual([name, cut, expect.any(String)]);
        // What is announced is there then, of zeros: only what closes a file can tell.
        if (!/png|jpg|gif/.test(name)) continue;
        const reserved = Buffer.concat([half, Buffer.alloc(bytes.length - length)]);
        expect([name, cut, await endOf(name, reserved)]).toEqual([name, cut, 'end']);
      }
    }
    // Some writers put something behind the end; a recorder announces no samples before it stops.
    expect(await endOf('a.jpg', Buffer.concat([jpeg, Buffer.from('trailer')]))).toBeUndefined();
    wav.writeUInt32LE(0, 40);
    expect(await endOf('a.wav', wav)).toBe('size');
  });

  it('is known in any table, and only where its last line is cut', async () => {
    const endOf = looker();
    const word = fc.stringMatching(/^[a-z0-9 .äメ-]{1,8}$/);
    const quoted = fc.stringMatching(/^[a-z,;\n"]{1,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`);
    const table = fc
      .tuple(fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 4 }))
      .chain(([mark, end, width]) =>
        fc
          .array(fc.array(fc.oneof(word, quoted), { minLength: width, maxLength: width }), {
            minLength: 1,
            maxLength: 6,
          })
          .map((rows) => rows.map((row) => row.join(mark) + end).join('')),
      );
    await fc.assert(
      fc.asyncProperty(table, fc.nat(), async (text, at) => {
        expect(await endOf('t.csv', text)).toBeUndefined();
        const cut = text.slice(0, at % text.length);
        if (/[^\r\n]$/.test(cut)) expect(await endOf('t.csv', cut)).toMatch(/^(line|quote)$/);
      }),
    );
  });

  it('is not looked at under the name that a program gives it first', async () => {
    const own = temporaryFolder();
    const underway = ['a.csv.part', 'b.csv.crdownload', 'c.tmp', '.d.csv.Xy12Zz', 'e.csv.filepart'];
    for (const name of [...underway, '~$f.xlsx', '.~lock.g.csv#', '.hidden', 'h.csv'])
      await writeFile(join(own, name), 'id,x\n');
    const { files, underway: found } = (await listFolder(own))!;
    expect(files.map(({ file }) => file)).toEqual(['h.csv']);
    expect(found.map(({ file }) => file).toSorted()).toEqual(underway.toSorted());
    expect(['x/~$f.xlsx', 'x/a.part', '.git/x'].every(isHidden)).toBe(true);
    expect(['x.csv', 'parts', 'a.template'].some(isHidden)).toBe(false);
    expect(await waitingFinder()(own, { files: [], underway: found, text: '' }, [])).toEqual(
      found.map((file) => ({ ...file, why: 'name', isTable: false })),
    );
  });

  it.runIf(process.platform === 'linux')(
    'is known by the program that has it open, but for a table that is written line by line',
    async () => {
      const own = temporaryFolder();
      const write = (name: string, text: string) => writeFile(join(own, name), text);
      await write('parts.csv', 'id,x\n1,2\n');
      await write('a.png', encode({ width: 2, height: 2, channels: 1, data: new Uint8Array(4) }) as never);
      const find = waitingFinder();
      const look = async (taken: string[] = []) =>
        (await find(own, (await listFolder(own))!, taken)).map(({ file, why }) => `${file} ${why}`);
      const reader = await open(join(own, 'parts.csv'), 'r');
      expect([...(await openWriters([join(own, 'parts.csv')])).keys()]).toEqual([]);
      await reader.close();

      const appending = await open(join(own, 'parts.csv'), 'a');
      const copying = await open(join(own, 'a.png'), 'r+');
      expect(await look()).toEqual(['a.png held']);
      await appending.write('2,3');
      expect(await look()).toEqual(['a.png held', 'parts.csv line']);
      expect(await look((await listFolder(own))!.files.map(({ line }) => line))).toEqual([]);
      await appending.write('\n');
      await copying.close();
      expect(await look()).toEqual([]);
      await appending.close();

      // A copy may stand still at the end of a line; what ends with a line again and again is none.
      const writing = await open(join(own, 'parts.csv'), 'r+');
      const rows = ['id,x\n1,2\n2,3\n', '3,4\n', '4,5\n'];
      const looks: string[][] = [];
      for (const row of rows) {
        await writing.write(row);
        looks.push(await look(), await look());
      }
      const held = ['parts.csv held'];
      expect(looks).toEqual([held, held, held, held, [], []]);
      await writing.close();
    },
  );
});
