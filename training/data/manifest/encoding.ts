import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { contentOf } from '../file-content.ts';
import { centralEvidence } from './central-letters.ts';
import { plausibility, type Script } from './letters.ts';
import type { CharacterEncoding, Found } from './reading-settings.ts';

/** What all bytes of a text file say. */
export interface FileBytes {
  /** Undefined for what is no text (a program, a picture, a damaged file). */
  readonly encoding: Found<CharacterEncoding> | undefined;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
  /** True if a quotation mark of either sort occurs. */
  readonly hasQuotes: boolean;
}

const byteOrderMarks: readonly (readonly [CharacterEncoding, readonly number[]])[] = [
  ['UTF-8 BOM', [0xef, 0xbb, 0xbf]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

/** Encodings that are told apart by their letters. UTF-8's form is so strict that any letter speaks for it. */
const candidates: readonly (readonly [CharacterEncoding, Script])[] = [
  ['UTF-8', 'any'],
  ['Shift_JIS', 'japanese'],
  ['EUC-JP', 'japanese'],
  ['GB18030', 'simplified'],
  ['Big5', 'traditional'],
  ['EUC-KR', 'korean'],
  ['Windows-1251', 'cyrillic'],
  ['Windows-1252', 'western'],
];

/** Bytes by which Central European text is told from Western: notes of a few thousand parts. */
const bytesOfLanguage = 1 << 16;
/** Lines with letters beyond ASCII that are judged; of a longer file, lines from all of it. */
const bytesJudged = 1 << 18;
/** NULs of a text, as a share of its bytes, that a damaged disk or a logger that lost its power leaves; of more it is none. */
const mostNuls = 0.01;
/**
 * Evidence for Central Europe, and letters of a text that may be from either half, that make it as sure as one letter's lead: where so many
 * show none that is strange to the West, it is hardly Central European.
 */
const [evidenceOfOne, lettersOfOne] = [1.5, 10];
/** Mean score under this is no text in any language. */
const leastScore = -1;

/**
 * Finds a text file's encoding from all of its bytes: the byte order mark (that of UTF-32, which nothing here reads, is refused); the NULs of UTF-16; UTF-8 if it is valid
 * throughout; else the encoding in which the lines beyond ASCII read most like what people write, with how sure that is. A few
 * bytes that are wrong in an encoding leave it the likeliest: they are bad cells, not a bad file.
 */
export async function surveyBytes(path: string): Promise<FileBytes> {
  const hash = createHash('sha256');
  const strict = new TextDecoder('utf-8', { fatal: true });
  const sample = lineSample();
  let utf8 = true;
  let ascii = true;
  let escapes = false;
  let hasQuotes = false;
  let marked: CharacterEncoding | undefined;
  const nuls = { even: 0, odd: 0 };
  let nulsAtEnd = 0;
  let hasLines = false;
  let position = 0;
  let isWide = false;
  for await (const chunk of contentOf(path)) {
    if (position === 0) {
      marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => chunk[index] === byte))?.[0];
      if (marked === 'UTF-16LE' && chunk[2] === 0 && chunk[3] === 0) isWide = true;
    }
    hash.update(chunk);
    hasQuotes ||= chunk.includes(0x22) || chunk.includes(0x27);
    if (marked === undefined) {
      if (chunk.includes(0)) countNuls(chunk, position, nuls);
      hasLines ||= chunk.includes(0x0a) || chunk.includes(0x0d);
      const last = chunk.findLastIndex((byte) => byte !== 0);
      nulsAtEnd = last < 0 ? nulsAtEnd + chunk.length : chunk.length - 1 - last;
      escapes ||= chunk.includes('\u001b$', 0, 'latin1');
      const plain = isAscii(chunk);
      // What is plain needs no decoding, unless a letter was cut off before it.
      if (!plain || !ascii) utf8 &&= decodes(() => strict.decode(chunk, { stream: true }));
      ascii &&= plain;
      if (!plain) sample.add(chunk);
    }
    position += chunk.length;
  }
  utf8 &&= decodes(() => strict.decode());
  const find = (): Found<CharacterEncoding> | undefined => {
    if (isWide) return undefined;
    if (marked) return { value: marked, confidence: 1, reason: 'byte-order-mark' };
    const wide = wideEncoding(nuls, position);
    const nulsInside = nuls.even + nuls.odd - nulsAtEnd;
    // A file of text has lines, whatever was left behind them.
    const isText = nulsInside <= mostNuls * position && (nulsAtEnd === 0 || hasLines);
    if (wide || !isText) return wide;
    if (ascii && escapes) return { value: 'ISO-2022-JP', confidence: 0.99, reason: 'letters' };
    if (ascii) return { value: 'UTF-8', confidence: 1, reason: 'plain-letters' };
    if (utf8) return { value: 'UTF-8', confidence: 0.99, reason: 'valid-throughout' };
    return likeliest(sample.bytes());
  };
  return { encoding: find(), sha256: hash.digest('hex'), hasQuotes };
}

/** Decoder of an encoding; what it cannot read becomes U+FFFD. NULs are left to the lines. */
export function decoderOf(encoding: CharacterEncoding): TextDecoder {
  return new TextDecoder(encoding === 'UTF-8 BOM' ? 'utf-8' : encoding.toLowerCase());
}

function likeliest(bytes: Uint8Array): Found<CharacterEncoding> | undefined {
  const some = bytes.subarray(0, bytesOfLanguage);
  const [central, western] = [decoderOf('Windows-1250'), decoderOf('Windows-1252')];
  const evidence = centralEvidence(central.decode(some), western.decode(some));
  const rivals: typeof candidates =
    evidence.central === 0
      ? candidates
      : [...candidates.filter(([value]) => value !== 'Windows-1252'), ['Windows-1250', 'central']];
  const judged = rivals
    .map(([value, script]) => ({ value, ...plausibility(decoderOf(value).decode(bytes), script) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = [judged[0]!, judged[1]!];
  if (best.score < leastScore) return undefined;
  // The surer the further apart they are, and the more letters say so.
  const lead = (best.score - second.score) * Math.sqrt(Math.min(best.characters, 400));
  const europe =
    best.value === 'Windows-1250'
      ? evidence.central / evidenceOfOne
      : best.value === 'Windows-1252'
        ? (evidence.either ?? Number.POSITIVE_INFINITY) / lettersOfOne
        : Number.POSITIVE_INFINITY;
  const sure = Math.min(lead, europe);
  const confidence = Math.round(100 * (1 - 0.5 * Math.exp(-sure / 4))) / 100;
  const reason = best.value === 'UTF-8' ? 'few-bad-bytes' : 'letters';
  return { value: best.value, confidence: Math.min(0.99, confidence), reason };
}

function decodes(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

function countNuls(chunk: Buffer, start: number, nuls: { even: number; odd: number }): void {
  for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1))
    if ((start + at) % 2 === 0) nuls.even++;
    else nuls.odd++;
}

/** UTF-16 without its mark: the high bytes of separators and digits are NUL, all on the same side. */
function wideEncoding(
  { even, odd }: { even: number; odd: number },
  size: number,
): Found<CharacterEncoding> | undefined {
  if (size % 2 !== 0 || Math.max(even, odd) < size / 20 || Math.min(even, odd) > 0) return undefined;
  return { value: odd > even ? 'UTF-16LE' : 'UTF-16BE', confidence: 0.95, reason: 'letters' };
}

/** Keeps lines that hold bytes beyond ASCII, from everywhere in the file: when there are too many, every other one goes. */
function lineSample(): { add(chunk: Buffer): void; bytes(): Uint8Array } {
  let lines: Buffer[] = [];
  let held = 0;
  let every = 1;
  let met = 0;
  return {
    add(chunk) {
      let start = 0;
      while (start < chunk.length) {
        const end = chunk.indexOf(0x0a, start);
        const line = chunk.subarray(start, Math.min(end < 0 ? chunk.length : end + 1, start + 4096));
        start = end < 0 ? chunk.length : end + 1;
        if (isAscii(line) || met++ % every !== 0) continue;
        lines.push(Buffer.from(line));
        held += line.length;
        if (held <= bytesJudged) continue;
        lines = lines.filter((_, index) => index % 2 === 0);
        held = lines.reduce((sum, { length }) => sum + length, 0);
        every *= 2;
      }
    },
    bytes: () => Buffer.concat(lines),
  };
}
