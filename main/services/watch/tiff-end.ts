import type { LookedInto } from './looked-into.ts';

/** Where a TIFF's pages have their pieces, and how long these are: of strips, then of tiles. */
const pieces: readonly (readonly [offsets: number, lengths: number])[] = [
  [273, 279],
  [324, 325],
];
/** Bytes of a value by its type's number; 0 where there is no such type. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const mostPages = 4096;
const mostEntries = 4096;
/** Larger than any file: where a number itself is not there. */
const beyond = Number.POSITIVE_INFINITY;

/** How numbers and directories of a file are laid out: as of TIFF 6.0, or as of BigTIFF. */
interface Layout {
  number(bytes: Buffer, from: number, width: number): number;
  readonly wide: 4 | 8;
  readonly countBytes: 2 | 8;
  readonly entryBytes: 12 | 20;
}

/** Whether a TIFF's directories and all pieces of its pages are there (TIFF 6.0, section 2, and BigTIFF). */
export async function isTiffThere(file: LookedInto): Promise<boolean> {
  const head = await file.at(0, 16);
  if (head.length < 8 || !['II', 'MM'].includes(head.toString('latin1', 0, 2))) return false;
  const layout = layoutOf(head);
  const { number, wide, countBytes, entryBytes } = layout;
  let next = number(head, wide, wide);
  for (let page = 0; next !== 0 && page < mostPages; page++) {
    if (next >= file.size) return false;
    const count = number(await file.at(next, countBytes), 0, countBytes);
    if (count > mostEntries) return false;
    const directory = await file.at(next + countBytes, count * entryBytes + wide);
    if (directory.length < count * entryBytes + wide) return false;
    if (!(await arePiecesThere(file, directory, count, layout))) return false;
    next = number(directory, count * entryBytes, wide);
  }
  return true;
}

function layoutOf(head: Buffer): Layout {
  const isLittle = head[0] === 0x49;
  const number: Layout['number'] = (bytes, from, width) => {
    if (from + width > bytes.length) return beyond;
    if (width === 8) return Number(isLittle ? bytes.readBigUInt64LE(from) : bytes.readBigUInt64BE(from));
    return isLittle ? bytes.readUIntLE(from, width) : bytes.readUIntBE(from, width);
  };
  return number(head, 2, 2) === 43
    ? { number, wide: 8, countBytes: 8, entryBytes: 20 }
    : { number, wide: 4, countBytes: 2, entryBytes: 12 };
}

async function arePiecesThere(
  file: LookedInto,
  directory: Buffer,
  entries: number,
  { number, wide, entryBytes }: Layout,
): Promise<boolean> {
  const lists = new Map<number, number[]>();
  for (let from = 0; from < entries * entryBytes; from += entryBytes) {
    const tag = number(directory, from, 2);
    const width = typeBytes[number(directory, from + 2, 2)] ?? 0;
    const items = number(directory, from + 4, wide);
    const place = from + 4 + wide;
    const isInside = items * width <= wide;
    const start = isInside ? 0 : number(directory, place, wide);
    if (start + items * width > file.size) return false;
    if (!pieces.flat().includes(tag) || width === 0) continue;
    const list = isInside ? directory.subarray(place) : await file.at(start, items * width);
    lists.set(
      tag,
      Array.from({ length: items }, (_, item) => number(list, item * width, width)),
    );
  }
  for (const [offsets, lengths] of pieces) {
    const [starts, long] = [lists.get(offsets) ?? [], lists.get(lengths) ?? []];
    if (starts.some((start, index) => start + (long[index] ?? 0) > file.size)) return false;
  }
  return true;
}
