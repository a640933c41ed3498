import { createReadStream } from 'node:fs';

/**
 * Encodings that spreadsheets in Japanese, European and American plants write.
 * Code points: UTF-8 and UTF-16 (Unicode), Shift_JIS as Windows-31J, Windows-1252 (Western Excel's "CSV").
 */
export const encodings = ['UTF-8', 'UTF-8 BOM', 'UTF-16LE', 'UTF-16BE', 'Shift_JIS', 'Windows-1252'] as const;
export type CharacterEncoding = (typeof encodings)[number];

const byteOrderMarks: readonly (readonly [CharacterEncoding, readonly number[]])[] = [
  ['UTF-8 BOM', [0xef, 0xbb, 0xbf]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

/**
 * Finds a text file's encoding from all of its bytes: the byte order mark; else UTF-8 if it is valid UTF-8 throughout;
 * else Shift_JIS or Windows-1252, whichever the bytes above 0x7F speak for.
 * Returns undefined for a file that is no text (a spreadsheet renamed to .csv, for instance).
 */
export async function detectEncoding(path: string): Promise<CharacterEncoding | undefined> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const legacy = legacyVotes();
  let utf8 = true;
  let first = true;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (first) {
      const marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => chunk[index] === byte));
      if (marked) return marked[0];
      first = false;
    }
    if (chunk.includes(0)) return undefined;
    utf8 &&= decodes(() => strict.decode(chunk, { stream: true }));
    legacy.add(chunk);
  }
  utf8 &&= decodes(() => strict.decode());
  return utf8 ? 'UTF-8' : legacy.winner();
}

function decodes(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

/** Bytes that Windows-1252 leaves undefined. */
const undefinedInWestern: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Tells Shift_JIS from Windows-1252. Japanese text is mostly two-byte characters led by 0x81–0x9F, or runs
 * of half-width katakana (0xA1–0xDF); Western letters are single bytes from 0xA0 up between ASCII ones.
 */
function legacyVotes(): { add(chunk: Uint8Array): void; winner(): CharacterEncoding | undefined } {
  let lead = 0;
  let kanaBefore = false;
  let japanese = 0;
  let western = 0;
  let shiftJis = true;
  let windows = true;
  return {
    add(chunk) {
      for (const byte of chunk) {
        if (undefinedInWestern.has(byte)) windows = false;
        if (lead > 0) {
          if (byte < 0x40 || byte === 0x7f || byte > 0xfc) shiftJis = false;
          if (lead <= 0x9f) japanese++;
          else western++;
          lead = 0;
        } else if (byte >= 0xa1 && byte <= 0xdf) {
          if (kanaBefore) japanese++;
          else western++;
          kanaBefore = true;
          continue;
        } else if ((byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)) lead = byte;
        else if (byte >= 0x80) shiftJis = false;
        kanaBefore = false;
      }
    },
    winner() {
      if (shiftJis && lead === 0 && (japanese >= western || !windows)) return 'Shift_JIS';
      return windows ? 'Windows-1252' : undefined;
    },
  };
}
