/**
 * Ids that a person means to be the same and that are written otherwise: in case, width, composition, blanks, separators, leading zeros,
 * characters that nobody sees, or letters of another alphabet that look alike.
 */

/** Capital letters of other alphabets that look like those of ASCII, as ids hold them. */
const alike: ReadonlyMap<string, string> = new Map(
  [
    // Cyrillic
    ['АВЕКМНОРСТХУІЈЅԚԜҺ', 'ABEKMHOPCTXYIJSQWH'],
    // Greek
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
    // Turkish, and Latin letters with a stroke through them that stand for none other
    ['İ', 'I'],
  ].flatMap(([others = '', latin = '']) => [...others].map((letter, at) => [letter, latin[at]!] as const)),
);
const lookAlikes = new RegExp(`[${[...alike.keys()].join('')}]`, 'gu');
/** What is not seen: joiners, marks of direction, soft hyphens, byte order marks, variants. */
const unseen = /[\p{Cf}\p{Variation_Selector}]+/gu;
/** What stands between the parts of an id, as people vary it; the long mark of kana is typed for a dash. */
const separators = /[\s\p{Pd}\u2212_./\\#'’"]+|(?<=[\dA-Z])ー+(?=[\dA-Z])/gu;
const isPlain = /^[\x20-\x7e]*$/;

/** An id without what people vary, its separators as one sort. */
function formOf(id: string): string {
  const bare = isPlain.test(id)
    ? id.toUpperCase()
    : id
        .normalize('NFKC')
        .replace(unseen, '')
        .toUpperCase()
        .replace(lookAlikes, (letter) => alike.get(letter)!);
  return bare.replace(separators, '-').replace(/(?<!\d)0+(?=\d)/g, '');
}

/** What ids share that may be the same; see `areNear`. */
export function idKey(id: string): string {
  return formOf(id).replaceAll('-', '');
}

/** True of two ids of one key that a person may mean to be the same: `1-12` and `11-2` are two, `1-12` and `112` may be one. */
export function areNear(one: string, other: string): boolean {
  if (one === other) return false;
  const [first, second] = [betweenDigits(one), betweenDigits(other)];
  return first === second || !first.includes('-') || !second.includes('-');
}

function betweenDigits(id: string): string {
  return formOf(id).replace(/(?<!\d)-|-(?!\d)/g, '');
}

/**
 * Two ids as a person is to read them: where they look the same, each character in which that may be wrong is followed by its number,
 * as `В(U+0412)-1002`.
 */
export function inWriting(id: string, known: string): { readonly id: string; readonly known: string } {
  if (seenAs(id) !== seenAs(known)) return { id, known };
  return { id: spelled(id), known: spelled(known) };
}

/** An id as it looks. */
function seenAs(id: string): string {
  return id
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s/g, ' ')
    .trim()
    .replace(
      /\p{L}/gu,
      (letter) => alike.get(letter) ?? alike.get(letter.toUpperCase())?.toLowerCase() ?? letter,
    );
}

function spelled(id: string): string {
  return [...id]
    .map((character) => {
      const isPlainOne = /[\x21-\x7e]/.test(character);
      const isOdd =
        /[\p{Cf}\p{Variation_Selector}\s\p{Pd}\u2212\p{M}]/u.test(character) ||
        alike.has(character.toUpperCase());
      if (isPlainOne || !isOdd) return character;
      const number = `(U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')})`;
      return /[\p{Cf}\p{Variation_Selector}\s\p{M}]/u.test(character) ? number : character + number;
    })
    .join('');
}
