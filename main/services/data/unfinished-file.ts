import { open } from 'node:fs/promises';

/** Why a file looks as if its writer has not come to the end. */
export type Unfinished = 'line' | 'cells' | 'end';

/** Bytes that are looked at from each end of a file: an archive's last record with its comment fits. */
const lookedAt = 1 << 17;
const zipEnd = Buffer.from('PK\x05\x06', 'latin1');
const zipEndBytes = 22;
const pngEnd = Buffer.from('IEND', 'latin1');

/** First and last bytes of a file, and its size. */
interface Ends {
  readonly size: number;
  readonly start: Buffer;
  readonly tail: Buffer;
}

/** Kinds of files by the ending of their names, with what their last bytes must be. */
const checks: readonly (readonly [RegExp, (ends: Ends) => Unfinished | undefined])[] = [
  [/\.(csv|tsv)$/i, ({ tail }) => unfinishedTable(tail)],
  [
    /\.(jsonl|ndjson)$/i,
    ({ tail }) => (/}\s*$/.test(tail.toString('latin1').replaceAll('\0', '')) ? undefined : 'line'),
  ],
  [/\.xlsx$/i, endsWhere(({ tail }) => isZipWhole(tail))],
  [/\.parquet$/i, endsWhere(({ tail }) => /PAR[1E]$/.test(tail.toString('latin1')))],
  [/\.png$/i, endsWhere(({ tail }) => tail.includes(pngEnd))],
  // Some writers fill up what comes after the end.
  [
    /\.(jpe?g|jfif)$/i,
    endsWhere(({ tail }) =>
      tail
        .toString('latin1')
        .replace(/[\0\r\n]+$/, '')
        .endsWith('\xff\xd9'),
    ),
  ],
  [/\.gif$/i, endsWhere(({ tail }) => tail.toString('latin1').replace(/\0+$/, '').endsWith(';'))],
  [/\.bmp$/i, endsWhere(({ size, start }) => start.length >= 6 && start.readUInt32LE(2) <= size)],
  [/\.webp$/i, endsWhere(({ size, start }) => start.length >= 8 && start.readUInt32LE(4) + 8 <= size)],
  [/\.tiff?$/i, endsWhere(({ size, start }) => start.length >= 8 && directoryAt(start) < size)],
];

/**
 * Looks at the end of a file: of a table of text, whether its last line has an end and as many cells as the line before;
 * of workbooks, Parquet and pictures, whether what closes such a file is there. Files of other kinds, and files that
 * cannot be read, count as whole: whoever reads them says more.
 */
export async function unfinishedFile(path: string): Promise<Unfinished | undefined> {
  const check = checks.find(([name]) => name.test(path))?.[1];
  const file = check && (await open(path).catch(() => undefined));
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    const bytes = Math.min(size, lookedAt);
    const start = Buffer.alloc(bytes);
    const tail = Buffer.alloc(bytes);
    await file.read(start, 0, bytes, 0);
    await file.read(tail, 0, bytes, size - bytes);
    return check({ size, start, tail });
  } finally {
    await file.close();
  }
}

function endsWhere(isWhole: (ends: Ends) => boolean): (ends: Ends) => Unfinished | undefined {
  return (ends) => (isWhole(ends) ? undefined : 'end');
}

/** Of UTF-16, the zeros are left out: marks between cells and line ends are then found in any encoding. */
function unfinishedTable(tail: Buffer): Unfinished | undefined {
  const text = tail.toString('latin1').replaceAll('\0', '');
  if (!/[\r\n]$/.test(text)) return 'line';
  const [before, last] = text
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(-2)
    .map(marksIn);
  return last !== undefined && last < before! ? 'cells' : undefined;
}

/** Marks between cells, outside quotes. */
function marksIn(line: string): number {
  return line.replaceAll(/"[^"]*"/g, '').match(/[,;\t|]/g)?.length ?? 0;
}

/** Whether an archive's last record is there with all of its comment (APPNOTE 4.3.16). */
function isZipWhole(tail: Buffer): boolean {
  const at = tail.lastIndexOf(zipEnd);
  return (
    at >= 0 && at + zipEndBytes <= tail.length && at + zipEndBytes + tail.readUInt16LE(at + 20) <= tail.length
  );
}

/** Where a TIFF's first directory stands (TIFF 6.0, section 2); BigTIFF, whose version is 43, says it 8 bytes on. */
function directoryAt(start: Buffer): number {
  const isLittle = start[0] === 0x49;
  const version = isLittle ? start.readUInt16LE(2) : start.readUInt16BE(2);
  if (version === 43) {
    if (start.length < 16) return Number.POSITIVE_INFINITY;
    return Number(isLittle ? start.readBigUInt64LE(8) : start.readBigUInt64BE(8));
  }
  return isLittle ? start.readUInt32LE(4) : start.readUInt32BE(4);
}
