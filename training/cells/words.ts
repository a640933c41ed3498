/**
 * Words: texts as sets of words, and words as positions. Both ends of a federation must agree on every bit of this, so
 * it depends on nothing that differs between machines (no dictionary, no locale).
 */

/** Characters of scripts that are written without blanks between words. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー々`;
const run = new RegExp(`([${unspaced}]+)|((?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+)`, 'gu');

/** Word and its place in a text. */
interface WordSpan {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Words of a text, in order, at most `maxWords`: letters and digits between anything else, in lower case and
 * compatibility form (NFKC). Scripts without blanks give their overlapping pairs of characters.
 */
export function wordsOf(text: string, maxWords: number): string[] {
  return wordSpans(text, maxWords).spans.map(({ word }) => word);
}

/**
 * Words of a text with their places in `shown`: the text itself, or its compatibility form where that has another
 * length.
 */
export function wordSpans(text: string, maxWords: number): { shown: string; spans: WordSpan[] } {
  const normal = text.normalize('NFKC').toLowerCase();
  const spans: WordSpan[] = [];
  for (const { 1: characters, 2: word, index } of normal.matchAll(run)) {
    if (word !== undefined) spans.push({ word, start: index, end: index + word.length });
    else spans.push(...pairs([...characters!], index));
    if (spans.length >= maxWords) break;
  }
  return { shown: normal.length === text.length ? text : normal, spans: spans.slice(0, maxWords) };
}

function pairs(characters: readonly string[], start: number): WordSpan[] {
  const [only] = characters;
  if (characters.length === 1) return [{ word: only!, start, end: start + only!.length }];
  let place = start;
  return characters.slice(1).map((character, index) => {
    const word = `${characters[index]}${character}`;
    const span = { word, start: place, end: place + word.length };
    place += characters[index]!.length;
    return span;
  });
}

/**
 * Positions of a word among `buckets`, two different ones: two words rarely share both, where one position alone would
 * merge them. FNV-1a (32 bit) of the UTF-8 bytes, finished by MurmurHash3's mixer once as it is and once with the
 * golden ratio's bits flipped in.
 */
export function positionsOf(word: string, buckets: number): [number, number] {
  const hash = fnv1a(Buffer.from(word, 'utf8'));
  const first = mix(hash) % buckets;
  const other = mix(hash ^ 0x9e3779b9) % (buckets - 1);
  return [first, other < first ? other : other + 1];
}

/** FNV-1a hash, 32 bit. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

/** MurmurHash3's 32-bit finaliser. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
