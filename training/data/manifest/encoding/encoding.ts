import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { contentOf } from '../../file-content.ts';
import type { Reason } from '../reading-settings.ts';
import { decoderOf } from './decoders.ts';
import {
  type EncodingReading,
  type FoundEncoding,
  isPlausible,
  judgeEncoding,
  readingsOf,
  sureEncoding,
} from './encoding-judge.ts';
import type { CharacterEncoding } from './encodings.ts';
import { foreignCells } from './foreign-cells.ts';
import { sevenBitCells } from './seven-bit.ts';

/** What all bytes of a text file say. */
export interface FileBytes {
  /** Undefined for what is no text (a program, a picture, a damaged file). */
  readonly encoding: FoundEncoding | undefined;
  /** Cells as they would read in an encoding that a person has said, and in the likeliest ones. */
  readingsIn(encoding: CharacterEncoding): readonly EncodingReading[];
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
  /** True if a quotation mark of either sort occurs. */
  readonly hasQuotes: boolean;
}

const byteOrderMarks: readonly (readonly [CharacterEncoding, readonly number[]])[] = [
  ['UTF-8 BOM', [0xef, 0xbb, 0xbf]],
  ['UTF-32LE', [0xff, 0xfe, 0, 0]],
  ['UTF-32BE', [0, 0, 0xfe, 0xff]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

/** NULs of a text, as a share of its bytes, that a damaged disk or a logger that lost its power leaves; of more it is none. */
const mostNuls = 0.01;
/** Letters of two bytes that may be UTF-8 by chance; of more they are not. */
const fewLetters = 4;
/** Runs of characters that were read twice and tell so with certainty. */
const surelyTwice = 3;

/**
 * Finds a text file's encoding from all of its bytes: the byte order mark; the NULs of UTF-16 and UTF-32; the escapes of what is written in
 * ASCII alone; UTF-8 if it is valid throughout, and not twice; else the encoding in which the cells beyond ASCII read most like what people write,
 * with how sure that is. A few bytes that are wrong in an encoding leave it the likeliest: they are bad cells, not a bad file.
 */
export async function surveyBytes(path: string): Promise<FileBytes> {
  const hash = createHash('sha256');
  const strict = new TextDecoder('utf-8', { fatal: true });
  const sample = foreignCells();
  const sevenBit = sevenBitCells();
  let utf8 = true;
  let ascii = true;
  let hasQuotes = false;
  let marked: CharacterEncoding | undefined;
  const nuls: [number, number, number, number] = [0, 0, 0, 0];
  let nulsAtEnd = 0;
  let hasLines = false;
  let position = 0;
  for await (const chunk of contentOf(path)) {
    if (position === 0)
      marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => chunk[index] === byte))?.[0];
    hash.update(chunk);
    hasQuotes ||= chunk.includes(0x22) || chunk.includes(0x27);
    if (marked === undefined) {
      if (chunk.includes(0)) countNuls(chunk, position, nuls);
      hasLines ||= chunk.includes(0x0a) || chunk.includes(0x0d);
      const last = chunk.findLastIndex((byte) => byte !== 0);
      nulsAtEnd = last < 0 ? nulsAtEnd + chunk.length : chunk.length - 1 - last;
      const plain = isAscii(chunk);
      // What is plain needs no decoding, unless a letter was cut off before it.
      if (!plain || !ascii) utf8 &&= decodes(() => strict.decode(chunk, { stream: true }));
      ascii &&= plain;
      if (ascii) sevenBit.add(chunk);
      if (!plain) sample.add(chunk, utf8);
    }
    position += chunk.length;
  }
  utf8 &&= decodes(() => strict.decode());
  const cells = sample.cells();
  const find = (): FoundEncoding | undefined => {
    if (marked) return plainly(marked, 1, 'byte-order-mark');
    const wide = wideEncoding(nuls, position);
    const nulsInside = nuls.reduce((sum, count) => sum + count, 0) - nulsAtEnd;
    // A file of text has lines, whatever was left behind them.
    const isText = nulsInside <= mostNuls * position && (nulsAtEnd === 0 || hasLines);
    if (wide || !isText) return wide && plainly(wide, 0.95, 'letters');
    if (ascii) return inSevenBits(sevenBit.result()) ?? plainly('UTF-8', 1, 'plain-letters');
    return utf8 ? asUtf8(cells) : judgeEncoding(cells);
  };
  const encoding = find();
  const readingsIn = (said: CharacterEncoding): readonly EncodingReading[] => {
    const others = encoding?.readings.map((one) => one.encoding) ?? [];
    const own = ascii ? (encoding?.readings.length ? sevenBit.result().cells : []) : cells;
    const names = new Set([said, ...(encoding ? [encoding.value] : []), ...others]);
    return readingsOf([...names], own);
  };
  return { encoding, readingsIn, sha256: hash.digest('hex'), hasQuotes };
}

function plainly(value: CharacterEncoding, confidence: number, reason: Reason): FoundEncoding {
  return { value, confidence, reason, readings: [] };
}

/** Text of ASCII bytes that mean others: escapes tell it, and few of them may be meant as they stand. */
function inSevenBits({
  encoding,
  confidence,
  cells,
}: ReturnType<ReturnType<typeof sevenBitCells>['result']>) {
  if (encoding === undefined) return undefined;
  return {
    ...plainly(encoding, confidence, confidence < sureEncoding ? 'unclear' : 'letters'),
    readings: readingsOf([encoding, 'UTF-8'], cells),
  };
}

/** Bytes that are valid as UTF-8: a few may be so by chance, and some are UTF-8 that was read in a page of 256 and written again. */
function asUtf8(cells: readonly Buffer[]): FoundEncoding {
  const sure = plainly('UTF-8', 0.99, 'valid-throughout');
  const text = Buffer.concat(cells.flatMap((cell) => [cell, Buffer.of(0x0a)])).toString();
  for (const twice of ['UTF-8 twice (1252)', 'UTF-8 twice (1251)'] as const) {
    const found = readTwice(text, twice);
    if (found.changed === 0) continue;
    const isAll = found.changed === found.runs;
    const isMost = 2 * found.changed > found.runs;
    const isSure = isAll && found.distinct >= surelyTwice;
    return {
      ...plainly(isMost ? twice : 'UTF-8', isSure ? 0.97 : 0.6, isSure ? 'letters' : 'unclear'),
      readings: readingsOf(isMost ? [twice, 'UTF-8'] : ['UTF-8', twice], cells),
    };
  }
  const letters = [...text].filter((letter) => letter > '\x7f');
  const isFew = letters.length <= fewLetters && letters.every((letter) => letter < '\u0800');
  return isFew && !isPlausible(text) ? (judgeEncoding(cells) ?? sure) : sure;
}

/** How many runs of characters beyond ASCII there are, and how many become others when they are read once more. */
function readTwice(
  text: string,
  encoding: CharacterEncoding,
): { readonly runs: number; readonly changed: number; readonly distinct: number } {
  const runs = text.match(/\P{ASCII}+/gu) ?? [];
  const decoder = decoderOf(encoding);
  const known = new Map([...new Set(runs)].map((run) => [run, decoder.decode(Buffer.from(run)) !== run]));
  return {
    runs: runs.length,
    changed: runs.filter((run) => known.get(run)).length,
    distinct: [...known.values()].filter(Boolean).length,
  };
}

function decodes(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

function countNuls(chunk: Buffer, start: number, nuls: [number, number, number, number]): void {
  for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1)) nuls[(start + at) % 4]!++;
}

/** UTF-16 and UTF-32 without their mark: the high bytes of separators and digits are NUL, on the same side; few letters end in one. */
function wideEncoding(nuls: readonly number[], size: number): CharacterEncoding | undefined {
  const [first, second, third, fourth] = nuls as [number, number, number, number];
  if (size % 4 === 0 && first === size / 4 && second > 0.9 * first && third > 0 && fourth === 0)
    return 'UTF-32BE';
  if (size % 4 === 0 && fourth === size / 4 && third > 0.9 * fourth && second > 0 && first === 0)
    return 'UTF-32LE';
  const [even, odd] = [first + third, second + fourth];
  if (size % 2 !== 0 || Math.max(even, odd) < size / 20 || 6 * Math.min(even, odd) > Math.max(even, odd))
    return undefined;
  return odd > even ? 'UTF-16LE' : 'UTF-16BE';
}
