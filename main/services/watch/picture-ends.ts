import type { LookedInto } from './looked-into.ts';

/** Bytes at the end among which the mark of the end is looked for: some writers put something behind it. */
const lookedAt = 1 << 17;
const pngEnd = Buffer.from('IEND\xae\x42\x60\x82', 'latin1');
const jpegEnd = Buffer.from('\xff\xd9', 'latin1');
const startOfScan = 0xda;
/** Larger ones are told by their last byte. */
const largestGif = 1 << 26;

/** Whether a PNG's last chunk is there. */
export async function isPngEnded({ size, at }: LookedInto): Promise<boolean> {
  return (await at(Math.max(0, size - lookedAt), lookedAt)).includes(pngEnd);
}

/** Whether a JPEG's end is marked behind its first scan: small copies in its head have ends of their own. */
export async function isJpegEnded({ size, at }: LookedInto): Promise<boolean> {
  const head = await at(0, lookedAt);
  let scan = 2;
  while (scan + 4 <= head.length && head[scan] === 0xff) {
    const marker = head[scan + 1]!;
    if (marker === startOfScan || marker === 0xd9) break;
    // A mark may have bytes of filling before it.
    scan += marker === 0xff ? 1 : 2 + head.readUInt16BE(scan + 2);
  }
  const from = Math.max(scan, size - lookedAt);
  return from < size && (await at(from, size - from)).includes(jpegEnd);
}

/** Whether a GIF's blocks lead to its last one (GIF89a, 27). */
export async function gifEnds({ size, at }: LookedInto): Promise<boolean> {
  if (size > largestGif) return (await at(size - 1, 1))[0] === 0x3b;
  const bytes = await at(0, size);
  const colours = (flags = 0) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let from = 13 + colours(bytes[10]);
  while (from < bytes.length) {
    if (bytes[from] === 0x3b) return true;
    if (bytes[from] === 0x21) from += 2;
    else if (bytes[from] === 0x2c) from += 11 + colours(bytes[from + 9]);
    else return false;
    while (from < bytes.length && bytes[from] !== 0) from += 1 + bytes[from]!;
    from += 1;
  }
  return false;
}

/** Whether a BMP is as long as it says, and as its size needs where its pixels are not packed. */
export async function isBmpThere({ size, at }: LookedInto): Promise<boolean> {
  const head = await at(0, 54);
  if (head.length < 26 || head.toString('latin1', 0, 2) !== 'BM') return false;
  const isOld = head.readUInt32LE(14) < 40;
  const isPacked = !isOld && ![0, 3].includes(head.length < 34 ? 0 : head.readUInt32LE(30));
  const [width, height, bits] = isOld
    ? [head.readUInt16LE(18), head.readUInt16LE(20), head.readUInt16LE(24)]
    : [head.readInt32LE(18), head.readInt32LE(22), head.length < 30 ? 0 : head.readUInt16LE(28)];
  const pixels = isPacked ? 0 : 4 * Math.ceil((width * bits) / 32) * Math.abs(height);
  return Math.max(head.readUInt32LE(2), head.readUInt32LE(10) + pixels) <= size;
}

/** Whether a WebP is as long as it says. */
export async function isWebpThere({ size, at }: LookedInto): Promise<boolean> {
  const head = await at(0, 12);
  return head.length === 12 && head.toString('latin1', 0, 4) === 'RIFF' && head.readUInt32LE(4) + 8 <= size;
}
