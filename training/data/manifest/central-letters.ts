/**
 * Tells Central European text (Windows-1250: Polish, Czech, Slovak, Hungarian, Croatian, Romanian) from Western (Windows-1252). Most bytes
 * are a letter in both, so a language has to be found: text is Central European only where one of its alphabets has the letters, and no
 * Western alphabet does.
 */

/** Letters beyond ASCII of Central European languages. */
const central: readonly ReadonlySet<string>[] = [
  'ąćęłńóśźż',
  'áčďéěíňóřšťúůýž',
  'áäčďéíĺľňóôŕšťúýž',
  'áéíóöőúüű',
  'ćčđšž',
  'ăâîşţ',
].map((letters) => new Set(letters));

/** Letters beyond ASCII of Western languages; of Switzerland its three together. */
const western: readonly ReadonlySet<string>[] = [
  'äöüßàâæçèéêëîïôœùûìòó',
  'áéíñóúü',
  'ªºàáâãçéêíóôõú',
  'àçèéíïòóúü·',
  'áàâäèéêëíîïóôöúûü',
  'àåäéöü',
  'åæéøòôü',
  'äõöüšž',
  'áæðéíóöúýþ',
].map((letters) => new Set(letters));

/** Share of the letters that the alphabet of a text in it has. */
const mostFit = 0.95;
/** Letters that no Western alphabet has, as many and as a share, from which it is none. A sign amid a word counts twice. */
const [leastStrange, leastShare] = [2, 0.15];

/** What the letters of a text say of the half of Europe that it is from. */
export interface CentralEvidence {
  /** Letters that are in no Western language, those that can be nothing else counted twice; 0 where the text may be Western. */
  readonly central: number;
  /** Letters that are others in a text that may be Western, and may as well be Central European; undefined where it may not. */
  readonly either?: number;
}

/**
 * How much speaks for Central European text.
 * @param asCentral text decoded as Windows-1250
 * @param asWestern the same bytes decoded as Windows-1252: as many characters
 */
export function centralEvidence(asCentral: string, asWestern: string): CentralEvidence {
  const places: number[] = [];
  for (let at = 0; at < asCentral.length; at++) {
    // Signs that are the same in both say nothing.
    const isLetter = /\p{L}/u.test(asCentral[at]!);
    if (asCentral.charCodeAt(at) >= 0x80 && (isLetter || asCentral[at] !== asWestern[at])) places.push(at);
  }
  const fit = (alphabet: ReadonlySet<string>) =>
    places.filter((at) => isInWord(asCentral, at) && alphabet.has(asCentral[at]!.toLowerCase())).length;
  if (places.length === 0 || Math.max(...central.map(fit)) < mostFit * places.length) return { central: 0 };
  const strange = Math.min(
    ...western.map((alphabet) => places.reduce((sum, at) => sum + strangeness(asWestern, at, alphabet), 0)),
  );
  if (strange >= Math.max(leastStrange, leastShare * places.length)) return { central: strange };
  const either = places.filter((at) => asCentral[at] !== asWestern[at]).length;
  return { central: 0, ...(either > 0 && { either }) };
}

/** How strange a character is to a Western language: 1 for a letter that it has not, 2 for a sign where only a letter can stand. */
function strangeness(text: string, at: number, alphabet: ReadonlySet<string>): number {
  const letter = text[at]!;
  if (alphabet.has(letter.toLowerCase())) return 0;
  // A diameter stands by itself, as `Ø 12`.
  if (/\p{L}/u.test(letter)) return isInWord(text, at) ? 1 : 0;
  // Exponents end a unit, and Spanish questions begin with a mark.
  const isExponent = /[¹²³]/.test(letter) && !isWordAt(text, at + 1);
  const isOpening = /[¿¡]/.test(letter) && !isWordAt(text, at - 1);
  return isExponent || isOpening ? 0 : 2;
}

function isInWord(text: string, at: number): boolean {
  return isWordAt(text, at - 1) || isWordAt(text, at + 1);
}

function isWordAt(text: string, at: number): boolean {
  return /\p{L}/u.test(text[at] ?? '');
}
