import { isAscii } from 'node:buffer';

/** Bytes of cells that are judged; of more, cells from everywhere in the file. */
const bytesJudged = 1 << 13;
/** Bytes of one cell that are kept. */
const longestCell = 2048;
/** Cells that are kept for a byte that no other holds. */
const mostOfBytes = 128;
const ends: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x22, 0x2c, 0x3b]);

/** Cells beyond ASCII of a file, for its encoding to be judged. */
export interface ForeignCells {
  /** @param isKnown true while the file may be UTF-8 throughout, of which no byte says more than another */
  add(chunk: Buffer, isKnown: boolean): void;
  /** Distinct cells, numbers in them apart: a note that comes a thousand times says no more than one. */
  cells(): Buffer[];
}

/**
 * Keeps cells that hold bytes beyond ASCII, from everywhere in the file: when there are too many, every other one goes. The first cell
 * with each byte stays, so that what is rare is judged too. No encoding of several bytes has the ends of cells inside a letter.
 */
export function foreignCells(): ForeignCells {
  const ofBytes = new Map<string, Buffer>();
  const met = new Uint8Array(256);
  let some = new Map<string, Buffer>();
  let [held, every, seen] = [0, 1, 0];

  function take(cell: Buffer, into: Map<string, Buffer>): boolean {
    const key = cell.toString('latin1').replace(/\d+/g, '0');
    if (into.has(key)) return false;
    into.set(key, Buffer.from(cell));
    return true;
  }

  function takeLine(line: Buffer): void {
    for (const cell of cellsOf(line)) {
      if (!take(cell, some)) continue;
      held += cell.length;
      if (held <= bytesJudged) continue;
      some = new Map([...some].filter((_, index) => index % 2 === 0));
      held = [...some.values()].reduce((sum, { length }) => sum + length, 0);
      every *= 2;
    }
  }

  function hasNewByte(line: Buffer): boolean {
    let isNew = false;
    for (const byte of line)
      if (byte >= 0x80 && met[byte] === 0) {
        met[byte] = 1;
        isNew = true;
      }
    return isNew;
  }

  return {
    add(chunk, isKnown) {
      let start = 0;
      while (start < chunk.length) {
        const end = chunk.indexOf(0x0a, start);
        const line = chunk.subarray(start, end < 0 ? chunk.length : end);
        start = end < 0 ? chunk.length : end + 1;
        if (isAscii(line)) continue;
        if (seen++ % every === 0) takeLine(line);
        if (!isKnown && ofBytes.size < mostOfBytes && hasNewByte(line))
          for (const cell of cellsOf(line)) take(cell, ofBytes);
      }
    },
    cells: () => [...new Map([...ofBytes, ...some]).values()],
  };
}

/** Cells of a line that hold bytes beyond ASCII. */
function* cellsOf(line: Buffer): Generator<Buffer> {
  let begin = 0;
  let isForeign = false;
  for (let at = 0; at <= line.length; at++) {
    const byte = line[at];
    if (byte === undefined || ends.has(byte)) {
      if (isForeign) yield line.subarray(begin, Math.min(at, begin + longestCell));
      begin = at + 1;
      isForeign = false;
    } else if (byte >= 0x80) isForeign = true;
  }
}
