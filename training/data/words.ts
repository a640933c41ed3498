/**
 * Texts as sets of words, and words as positions. Both ends of a federation must agree on every bit of
 * this, so it depends on nothing that differs between machines (no dictionary, no locale).
 */

/** Scripts written without blanks between words. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー々`;
const run = new RegExp(`([${unspaced}]+)|((?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+)`, 'gu');

/**
 * The words of a text, in order, at most `maxWords`: letters and digits between anything else, in lower
 * case and compatibility form (NFKC). Scripts without blanks give their overlapping pairs of characters.
 */
export function wordsOf(text: string, maxWords: number): string[] {
  const words: string[] = [];
  for (const [, characters, word] of text.normalize('NFKC').toLowerCase().matchAll(run)) {
    if (word !== undefined) words.push(word);
    else words.push(...pairs([...characters!]));
    if (words.length >= maxWords) break;
  }
  return words.slice(0, maxWords);
}

function pairs(characters: readonly string[]): string[] {
  if (characters.length === 1) return [characters[0]!];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/**
 * The two different positions of a word among `buckets`: two words rarely share both, where one
 * position alone would merge them. FNV-1a (32 bit) of the UTF-8 bytes, finished by MurmurHash3's mixer once
 * as it is and once with the golden ratio's bits flipped in.
 */
export function positionsOf(word: string, buckets: number): [number, number] {
  const hash = fnv1a(Buffer.from(word, 'utf8'));
  const first = mix(hash) % buckets;
  const other = mix(hash ^ 0x9e3779b9) % (buckets - 1);
  return [first, other < first ? other : other + 1];
}

/** http://www.isthe.com/chongo/tech/comp/fnv/ */
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
