import { contentOf } from '../../../training/data/file-content.ts';
import type { LookedInto, UnfinishedEnd } from './looked-into.ts';

/** Marks that may stand between cells. */
const marks = [...',;\t|'].map((mark) => mark.charCodeAt(0));
const [lineFeed, carriageReturn, quote, blank, endOfFile] = [0x0a, 0x0d, 0x22, 0x20, 0x1a] as const;
/** Lines of a cell from which its quotation mark is a stray one, which the import lists. */
const longestCell = 100;
/** Lines before the last one that must have as many cells as one another before fewer say something. */
const linesCompared = 10;
/** Zeros in a row that no encoding has: room that is reserved, or a piece that is left out. */
const zeros = Buffer.alloc(8);
/** Bytes by which an encoding of two bytes a sign is told where no mark says it. */
const sampled = 1024;
const longestLine = 1 << 20;

/**
 * Looks through a table of text: whether it has no hole, whether every quotation mark is closed, whether its last line has an
 * end, and as many cells as the lines before.
 */
export async function unfinishedTable(path: string): Promise<UnfinishedEnd | undefined> {
  const end = tableEnd();
  let decode: ((bytes: Buffer | undefined) => string) | undefined;
  let zerosBefore = 0;
  for await (const piece of contentOf(path)) {
    if (piece.includes(zeros) || zerosBefore + zerosAtStart(piece) >= zeros.length) return 'zeros';
    zerosBefore = zerosAtEnd(piece);
    decode ??= decoderFor(piece);
    end.take(decode(piece));
  }
  if (decode) end.take(decode(undefined));
  return end.found();
}

/** Looks at the last line of a file of JSON objects: one that is closed needs no end of its line. */
export async function unfinishedLines({ size, at }: LookedInto): Promise<UnfinishedEnd | undefined> {
  const tail = await at(Math.max(0, size - longestLine), longestLine);
  if (tail.includes(zeros)) return 'zeros';
  // Of two bytes a sign, the zeros are left out.
  const text = tail.toString('utf8').replaceAll('\0', '');
  const last = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1).trim();
  return last === '' || isObject(last) ? undefined : 'line';
}

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Reads a table of text sign by sign, and says at its end whether something of it is missing. */
function tableEnd(): { take(text: string): void; found(): UnfinishedEnd | undefined } {
  let isQuoted = false;
  let wasQuoted = false;
  let isCellStart = true;
  let isLineEmpty = true;
  let linesInCell = 0;
  let lines = 0;
  const own = marks.map(() => 0);
  const before = marks.map(() => 0);
  /** Lines in a row with as many of this mark as the one before the last. */
  const alike = marks.map(() => 0);
  let hasFewer = false;

  function endLine(): void {
    isCellStart = true;
    if (isLineEmpty) return;
    hasFewer = own.some(
      (count, mark) => count < before[mark]! && alike[mark]! >= Math.min(lines, linesCompared),
    );
    for (const [mark, count] of own.entries()) {
      alike[mark] = count === before[mark] && lines > 0 ? alike[mark]! + 1 : 1;
      before[mark] = count;
    }
    own.fill(0);
    isLineEmpty = true;
    lines += 1;
  }

  function sign(code: number): void {
    const isEnd = code === lineFeed || code === carriageReturn;
    if (isQuoted) {
      if (code === quote) [isQuoted, wasQuoted] = [false, true];
      else if (!isEnd || ++linesInCell < longestCell) return;
      else isQuoted = false;
      if (!isEnd) return;
    }
    // A mark that comes twice in a quoted cell stands for itself.
    const opens = code === quote && (isCellStart || wasQuoted);
    if (opens && isCellStart) linesInCell = 0;
    wasQuoted = false;
    if (isEnd) endLine();
    if (isEnd || (code === endOfFile && isLineEmpty)) return;
    isLineEmpty = false;
    isQuoted = opens;
    const mark = marks.indexOf(code);
    if (mark >= 0) own[mark]! += 1;
    isCellStart = mark >= 0 || (isCellStart && code === blank);
  }

  return {
    take(text) {
      for (let at = 0; at < text.length; at++) sign(text.charCodeAt(at));
    },
    found() {
      if (isQuoted) return 'quote';
      if (!isLineEmpty) return 'line';
      return hasFewer ? 'cells' : undefined;
    },
  };
}

/**
 * Decoder of a file that begins so, as far as marks and line ends need it: no encoding of a letter in several bytes holds them,
 * but for those of two bytes a sign.
 */
function decoderFor(start: Buffer): (bytes: Buffer | undefined) => string {
  const label = twoByteEncoding(start);
  if (!label) return (bytes) => bytes?.toString('latin1').replace(/^\xef\xbb\xbf/, '') ?? '';
  const decoder = new TextDecoder(label);
  return (bytes) => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
}

function twoByteEncoding(start: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const sample = start.subarray(0, sampled);
  const zerosAt = (parity: number) =>
    sample.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  if (Math.max(even, odd) < sample.length / 8) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function zerosAtStart(piece: Buffer): number {
  const first = piece.findIndex((byte) => byte !== 0);
  return first < 0 ? piece.length : first;
}

function zerosAtEnd(piece: Buffer): number {
  return piece.length - 1 - piece.findLastIndex((byte) => byte !== 0);
}
