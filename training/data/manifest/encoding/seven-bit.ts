import { decoderOf } from './decoders.ts';
import type { CharacterEncoding } from './encodings.ts';

/** What a file of ASCII bytes is written in, where they mean other letters. */
interface SevenBit {
  readonly encoding: CharacterEncoding | undefined;
  readonly confidence: number;
  /** Cells with such letters. */
  readonly cells: readonly Buffer[];
}

const cellsKept = 20;
/** Letters that are written so and tell it with certainty. */
const surely = 3;
/** Letters between braces of HZ, with what stands around them in their cell. */
const braced = /[^,;\t\n"]{0,60}~\{(?:[\x21-\x77][\x21-\x7e])+~\}[^,;\t\n"]{0,60}/g;
/** A shift of UTF-7: what is between a plus and what ends it. */
const shift = /\+([A-Za-z0-9+/]*)(-?)/g;

/**
 * Looks for texts that are written in ASCII bytes alone: ISO-2022-JP by its escapes, HZ by its braces, UTF-7 where every plus of the
 * file begins letters that only it writes so. What has none of them is ASCII.
 */
export function sevenBitCells(): { add(chunk: Buffer): void; result(): SevenBit } {
  let hasEscapes = false;
  const hz = new Set<string>();
  const utf7 = new Set<string>();
  let mayBeUtf7 = true;
  return {
    add(chunk) {
      hasEscapes ||= chunk.includes('\u001b$', 0, 'latin1');
      const hasBraces = hz.size < cellsKept && chunk.includes('~{', 0, 'latin1');
      const hasPlus = mayBeUtf7 && utf7.size < cellsKept && chunk.includes(0x2b);
      if (!hasBraces && !hasPlus) return;
      const text = chunk.toString('latin1');
      if (hasBraces) for (const [cell] of text.matchAll(braced)) if (hz.size < cellsKept) hz.add(cell);
      if (hasPlus) mayBeUtf7 = areShifts(text, utf7);
    },
    result() {
      if (hasEscapes) return { encoding: 'ISO-2022-JP', confidence: 0.99, cells: [] };
      if (hz.size > 0) return found('HZ-GB-2312', hz);
      if (mayBeUtf7 && utf7.size > 0) return found('UTF-7', utf7);
      return { encoding: undefined, confidence: 1, cells: [] };
    },
  };
}

function found(encoding: CharacterEncoding, cells: ReadonlySet<string>): SevenBit {
  const own = [...cells].map((cell) => Buffer.from(cell, 'latin1'));
  return { encoding, confidence: cells.size >= surely ? 0.95 : 0.6, cells: own };
}

/** True if every plus of a text is one of UTF-7; cells with letters that it writes are added. */
function areShifts(text: string, cells: Set<string>): boolean {
  for (const match of text.matchAll(shift)) {
    const [, letters = '', end] = match;
    if (letters === '') {
      if (end === '-') continue;
      return false;
    }
    // Sixteen bits a letter, and fewer than six of nothing behind them.
    const bits = 6 * letters.length;
    if (bits < 16 || bits % 16 >= 6 || !/[A-Za-z]/.test(letters)) return false;
    const read = decoderOf('UTF-7').decode(Buffer.from(`+${letters}-`));
    if (!/^[^\p{ASCII}\ufffd]+$/u.test(read) || !/^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(read)) return false;
    if (cells.size < cellsKept) cells.add(cellAround(text, match.index));
  }
  return true;
}

function cellAround(text: string, at: number): string {
  const begin = Math.max(...[',', ';', '\t', '\n'].map((end) => text.lastIndexOf(end, at))) + 1;
  return /^[^,;\t\n]*/.exec(text.slice(begin))![0];
}
