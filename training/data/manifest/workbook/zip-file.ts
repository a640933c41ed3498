import { constants, createInflateRaw } from 'node:zlib';

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const [endBytes, entryBytes, localBytes] = [22, 46, 30] as const;
const [stored, deflated] = [0, 8] as const;
/** Bytes that are unpacked at once. */
const pieceBytes = 1 << 16;

/**
 * A file of an archive in memory, some bytes at a time; undefined where there is none of that name, or one that is packed in a way that
 * spreadsheets do not use.
 */
export function fileInZip(archive: Buffer, name: string): AsyncIterable<Buffer> | undefined {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + endBytes > archive.length || archive.readUInt32LE(end) !== endMark) return undefined;
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (at + entryBytes > archive.length || archive.readUInt32LE(at) !== entryMark) return undefined;
    const nameBytes = archive.readUInt16LE(at + 28);
    if (archive.toString('utf8', at + entryBytes, at + entryBytes + nameBytes) === name)
      return contentAt(archive, at);
    at += entryBytes + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return undefined;
}

function contentAt(archive: Buffer, entry: number): AsyncIterable<Buffer> | undefined {
  const method = archive.readUInt16LE(entry + 10);
  const local = archive.readUInt32LE(entry + 42);
  if (local + localBytes > archive.length || archive.readUInt32LE(local) !== localMark) return undefined;
  const start = local + localBytes + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
  if (method === deflated) return unpacked(packed, archive.readUInt32LE(entry + 24));
  return method === stored ? pieces(packed) : undefined;
}

async function* pieces(packed: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < packed.length; at += pieceBytes) yield packed.subarray(at, at + pieceBytes);
}

/** Unpacks a file, and no more of it than its archive says that it holds: what is more would fill the memory. */
async function* unpacked(packed: Buffer, size: number): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: pieceBytes, finishFlush: constants.Z_SYNC_FLUSH });
  inflate.end(packed);
  let left = size;
  for await (const piece of inflate as AsyncIterable<Buffer>) {
    left -= piece.length;
    if (left < 0) throw new Error('a file of the archive unpacks to more than it says');
    yield piece;
  }
}

/** All of a small file of an archive as a text; empty where there is none. */
export async function textInZip(archive: Buffer, name: string): Promise<string> {
  const read: Buffer[] = [];
  for await (const piece of fileInZip(archive, name) ?? []) read.push(piece);
  return Buffer.concat(read).toString('utf8');
}
