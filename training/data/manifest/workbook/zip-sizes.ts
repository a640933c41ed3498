import { open } from 'node:fs/promises';

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const endBytes = 22;
const entryBytes = 46;
/** Comment behind the end of an archive, at most. */
const mostComment = 0xffff;

/**
 * Bytes that an archive says its files unpack to, all together; undefined where it is no archive, or says of a file with content
 * that it unpacks to nothing. Nothing is unpacked for it.
 */
export async function unpackedBytes(path: string): Promise<number | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (start: number, length: number) => {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, start);
      return buffer.subarray(0, bytesRead);
    };
    const tailStart = Math.max(0, size - endBytes - mostComment);
    const tail = await read(tailStart, size - tailStart);
    const end = lastEnd(tail);
    if (end < 0) return undefined;
    const listBytes = tail.readUInt32LE(end + 12);
    const listStart = tail.readUInt32LE(end + 16);
    if (listStart + listBytes > size) return undefined;
    return sizesIn(await read(listStart, listBytes), tail.readUInt16LE(end + 10));
  } finally {
    await file.close();
  }
}

function lastEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) if (tail.readUInt32LE(at) === endMark) return at;
  return -1;
}

function sizesIn(list: Buffer, count: number): number | undefined {
  let at = 0;
  let total = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + entryBytes > list.length || list.readUInt32LE(at) !== entryMark) return undefined;
    const packed = list.readUInt32LE(at + 20);
    const unpacked = list.readUInt32LE(at + 24);
    // An empty file is packed into two bytes at most.
    if (unpacked === 0 && packed > 2) return undefined;
    total += unpacked;
    at += entryBytes + list.readUInt16LE(at + 28) + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
  }
  return total;
}
