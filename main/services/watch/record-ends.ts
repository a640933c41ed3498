import type { LookedInto } from './looked-into.ts';

/** An archive's last record with the longest comment (APPNOTE 4.3.16). */
const zipTail = 22 + 0xff_ff;
const zipEnd = Buffer.from('PK\x05\x06', 'latin1');
const inZip64 = 0xff_ff_ff_ff;
const headStart = 4096;

/** Whether an archive's last record is there with all of its comment, and the list of files before it. */
export async function isZipEnded({ size, at }: LookedInto): Promise<boolean> {
  const from = Math.max(0, size - zipTail);
  const tail = await at(from, zipTail);
  const found = tail.lastIndexOf(zipEnd);
  if (found < 0 || found + 22 > tail.length) return false;
  const [bytes, offset] = [tail.readUInt32LE(found + 12), tail.readUInt32LE(found + 16)];
  const isListed = offset === inZip64 || offset + bytes <= from + found;
  return isListed && found + 22 + tail.readUInt16LE(found + 20) <= tail.length;
}

/** Whether a Parquet file's footer is there: its length and the format's mark are its last eight bytes. */
export async function isParquetEnded({ size, at }: LookedInto): Promise<boolean> {
  if (size < 12) return false;
  const last = await at(size - 8, 8);
  const footer = last.readUInt32LE(0);
  return /^PAR[1E]$/.test(last.toString('latin1', 4)) && footer > 0 && footer + 12 <= size;
}

/** Whether all values that an array's header announces are there (NumPy format, versions 1 to 3). */
export async function isNumpyThere({ size, at }: LookedInto): Promise<boolean> {
  const head = await at(0, headStart);
  if (head.length < 12) return false;
  const isFirst = head[6] === 1;
  const start = isFirst ? 10 : 12;
  const end = start + (isFirst ? head.readUInt16LE(8) : head.readUInt32LE(8));
  if (size < end) return false;
  const header = head.toString('latin1', start, end);
  const bytes = /'descr':\s*'[<>|=]?[a-z](\d+)'/i.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1]?.match(/\d+/g);
  if (bytes === undefined || !shape) return !isAllZeros(head);
  return shape.reduce((product, length) => product * Number(length), Number(bytes)) + end <= size;
}

/** Whether all samples that a sound file announces are there. A recorder that still writes has announced none, or no end of them. */
export async function isWaveThere({ size, at }: LookedInto): Promise<boolean> {
  const head = await at(0, 12);
  if (head.length < 12 || isAllZeros(head)) return false;
  if (head.toString('latin1', 0, 4) !== 'RIFF') return true;
  for (let from = 12; from + 8 <= size; ) {
    const chunk = await at(from, 8);
    const bytes = chunk.readUInt32LE(4);
    if (chunk.toString('latin1', 0, 4) === 'data') return bytes > 0 && from + 8 + bytes <= size;
    from += 8 + bytes + (bytes % 2);
  }
  return false;
}

function isAllZeros(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
