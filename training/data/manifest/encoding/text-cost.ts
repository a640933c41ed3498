import { type WrittenLanguage, writtenLanguage } from './languages.ts';

/**
 * How unlikely a text is in a language, in nats: the sum over its characters. Encodings are told apart by what their readings of the
 * same bytes cost; those of the languages that are likeliest count.
 */
export interface TextCost {
  readonly nats: number;
  /** Characters beyond ASCII, and those of them that no text of this language has where they stand. */
  readonly characters: number;
  readonly strange: number;
}

/** Costs of characters that stand nowhere in a text, of letters of other languages, and of signs that nobody writes there. */
const [impossible, foreign, odd] = [16, 12, 11];
/** Cost of an ASCII letter, digit or blank, and of another ASCII sign, which an encoding of several bytes may take for half a letter. */
const [plain, sign] = [2.4, 4.2];

/** Signs of measurements and of typed text, with where they stand: what is before and behind, as ASCII classes. */
const signs: readonly {
  readonly of: string;
  readonly cost: number;
  readonly before?: RegExp;
  readonly after?: RegExp;
}[] = [
  { of: '°', cost: 1.2, before: /^$|[\d\s[(/,;."]/, after: /[CFK]/ },
  { of: '°', cost: 3, before: /\d/, after: /[\s,;.)\]\r"\d]|^$/ },
  { of: 'µμ', cost: 0.5, before: /^$|[\d\s[(/,;."]/, after: /[mAVsgFlLNSWHT]/ },
  { of: '±', cost: 1.8, before: /^$|[\d\s(,;."]/, after: /[\d\s.]/ },
  { of: '²³', cost: 1.2, before: /[mscn)]/, after: /[\s,;.)\]/\r"]|^$/ },
  { of: 'ΩΩ', cost: 2, before: /^$|[\d\skMm[(,;."]/, after: /[\s,;.)\]\r"]|^$|c|m/ },
  { of: 'Øø⌀∅', cost: 3.5, before: /^$|[\s(,;."]/, after: /[\s\d=]/ },
  { of: '×', cost: 5, before: /[\d\s]/, after: /[\d\s]/ },
  { of: '–—', cost: 5, before: /[\s\d]/, after: /[\s\d]/ },
  { of: '’', cost: 4.5, before: /\p{L}/u, after: /\p{L}/u },
  { of: '“„«‘‚', cost: 5, before: /^$|[\s(,;"]/, after: /[\p{L}\d\s]/u },
  { of: '”“»’', cost: 5, before: /[\p{L}\d.,!?%\s]/u, after: /[\s,;.)\r"]|^$/ },
  { of: '…', cost: 5.5, before: /[\p{L}\d\s]/u, after: /[\s,;.)\r"]|^$/u },
  { of: '¿¡', cost: 5, before: /^$|[\s(,;"]/, after: /\p{L}/u },
  { of: '‰', cost: 5, before: /[\d\s]/, after: /[\s,;.)\r"]|^$/ },
  { of: '€£¥', cost: 5.5, before: /[\d\s,;]|^$/, after: /[\d\s,;\r]|^$/ },
  { of: '№', cost: 4.5, before: /^$|[\s(,;"]/, after: /[\d\s]/ },
  { of: 'ºª', cost: 6, before: /\d/, after: /[\s,;.)\r"]|^$/ },
  { of: '½¼¾', cost: 6, before: /[\d\s]|^$/, after: /[\s,;"]|^$/ },
  { of: '§', cost: 6, before: /^$|[\s(,;"]/, after: /[\s\d]/ },
  { of: '\u00a0', cost: 5, before: /[\d\p{L}]/u, after: /[\d\p{L}%€:;!?]/u },
  { of: '·•→≤≥≈√Δ', cost: 7.5 },
];
const signsOf = Map.groupBy(
  signs.flatMap((entry) => [...entry.of].map((character) => ({ ...entry, character }))),
  ({ character }) => character,
);

/** Punctuation of East Asia, and signs that its notes hold. */
const eastern = new Set(
  '、。・「」『』（）〜～％℃㎜㎝㎏№①②③④⑤⑥⑦⑧⑨⑩ー々：；，．！？／＋－＝【】〔〕《》“”‘’…　',
);
const drawn = new Set('○●△▲◎※→←↑↓□■◇◆☆★×÷±°Ωμαβφσ≦≧');

/** How strange an ideograph or syllable is that is none of the common ones: a text of them alone is none. */
const rareIsStrange = 0.3;
const rareCosts = { ideograph: 9.2, syllable: 8.8 };

function isRare(code: number, cost: number): boolean {
  if (code >= 0xac00 && code <= 0xd7a3) return cost >= rareCosts.syllable;
  return code >= 0x4e00 && code <= 0x9fff && cost >= rareCosts.ideograph;
}

/** Cost of a text in one language. @param text decoded without a refusal; U+FFFD where bytes meant nothing */
export function textCost(text: string, language: WrittenLanguage): TextCost {
  let [nats, characters, strange] = [0, 0, 0];
  const all = [...text];
  for (const [at, character] of all.entries()) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) {
      if (isAsciiLetter(character)) nats += plain + language.asciiCost;
      else nats += /[0-9 \r\n,;\t.]/.test(character) ? plain : code < 0x20 ? impossible : sign;
      continue;
    }
    characters++;
    const cost = costOf(character, code, all, at, language);
    strange += cost >= odd ? 1 : isRare(code, cost) ? rareIsStrange : 0;
    nats += cost;
  }
  return { nats, characters, strange };
}

function costOf(
  character: string,
  code: number,
  all: readonly string[],
  at: number,
  language: WrittenLanguage,
): number {
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code < 0xf900))
    return impossible;
  if (language.script === 'any') return 6;
  const before = all[at - 1] ?? '';
  const after = all[at + 1] ?? '';
  const asSign = signCost(character, before, after);
  if (asSign !== undefined && asSign < odd) return asSign;
  switch (language.script) {
    case 'latin':
    case 'cyrillic':
    case 'greek':
      return Math.min(asSign ?? impossible, casedCost(character, all, at, language));
    case 'hebrew':
    case 'arabic':
    case 'thai':
      return uncasedCost(character, before, after, language);
    default:
      return easternCost(character, code, before, after, language);
  }
}

/** Cost of a sign where it stands; undefined for what is none. */
function signCost(character: string, before: string, after: string): number | undefined {
  const entries = signsOf.get(character);
  if (!entries) return undefined;
  const fits = entries.find(
    (entry) => (entry.before?.test(before) ?? true) && (entry.after?.test(after) ?? true),
  );
  return fits?.cost ?? odd;
}

const isLetter = (character: string) => /[\p{L}\p{M}]/u.test(character);
const isUpper = (character: string) => character !== character.toLowerCase();
const isAsciiLetter = (character: string) => /[a-z]/i.test(character);

/** Scripts with capitals: these begin a word or are all of it. */
function casedCost(character: string, all: readonly string[], at: number, language: WrittenLanguage): number {
  const small = character.toLowerCase();
  const own = language.costs.get(small);
  if (own === undefined) return isLetter(character) ? foreign : odd;
  const [before, after] = [all[at - 1] ?? '', all[at + 1] ?? ''];
  const [isAfter, isBefore] = [isLetter(before), isLetter(after)];
  let cost = own;
  if (isUpper(character)) {
    if (isAfter && !isUpper(before)) cost += 8;
    else if (isAfter) cost += 0.8;
    else cost += isBefore ? 1.5 : 2.5;
    // A capital among small letters begins a word; of two capitals the word is all capitals.
    if (isAfter && isBefore && !isUpper(after)) cost += 2;
  } else if (isAfter && isUpper(before) && isLetter(all[at - 2] ?? '') && isUpper(all[at - 2]!)) cost += 4;
  if (!isUpper(character) && !isAfter && isUpper(after)) cost += 4;
  if (language.name === 'Vietnamese' && !isSyllable(all, at)) cost += 5;
  if (language.script === 'latin') return cost + (isAfter || isBefore ? 0 : 3);
  if (isAsciiLetter(before)) cost += 4;
  if (isAsciiLetter(after)) cost += 4;
  if (small === 'ς' && isBefore) cost += 6;
  if (small === 'σ' && !isBefore && isAfter) cost += 4;
  return cost + pairCost(before.toLowerCase() + small, language, isAfter);
}

const syllable =
  /^(?:ng?h?|ch?|gh|gi|kh?|ph?|qu|th?|tr|[bdđghlmrsvx])?[aeiouyăâêôơư]{1,3}(?:ch|ng|nh|[cmnpt])?$/;

/** True for a word of Vietnamese, each of which is one syllable. */
function isSyllable(all: readonly string[], at: number): boolean {
  let [begin, end] = [at, at + 1];
  while (begin > 0 && isLetter(all[begin - 1]!)) begin--;
  while (end < all.length && isLetter(all[end]!)) end++;
  const word = all.slice(begin, end).join('').toLowerCase();
  return syllable.test(
    word
      .normalize('NFD')
      .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
      .normalize('NFC'),
  );
}

/** A pair that is common is likelier than its letters, another less so. */
function pairCost(pair: string, { pairs, costs }: WrittenLanguage, isAfter: boolean): number {
  if (!isAfter || pairs.size === 0 || !costs.has(pair[0]!)) return 0;
  return pairs.has(pair) ? -0.6 : 0.5;
}

const finals = new Set('םןךףץ');
const thaiMark = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/;
const thaiLead = /[\u0e40-\u0e44]/;
const thaiConsonant = /[\u0e01-\u0e2e]/;

/** Scripts without capitals. */
function uncasedCost(character: string, before: string, after: string, language: WrittenLanguage): number {
  const own = language.costs.get(character);
  if (own === undefined) return isLetter(character) ? foreign : odd;
  let cost = own;
  if (isAsciiLetter(before)) cost += 4;
  if (isAsciiLetter(after)) cost += 4;
  if (language.script === 'hebrew' && finals.has(character) && language.costs.has(after)) cost += 6;
  if (language.script === 'arabic' && /[ةى]/.test(character) && language.costs.has(after)) cost += 5;
  if (language.script === 'thai') {
    if (thaiMark.test(character) && !thaiConsonant.test(before) && !thaiMark.test(before)) cost += 8;
    if (thaiLead.test(character) && !thaiConsonant.test(after)) cost += 7;
    if (/[\u0e30\u0e32\u0e33]/.test(character) && !thaiConsonant.test(before) && !thaiMark.test(before))
      cost += 5;
  }
  return cost + pairCost(before + character, language, language.costs.has(before));
}

/** Ideographs, kana and syllables. */
function easternCost(
  character: string,
  code: number,
  before: string,
  after: string,
  { script, costs }: WrittenLanguage,
): number {
  // Words stand beside Latin letters seldom, amid them never.
  const [latinBefore, latinAfter] = [/[a-z]/i.test(before), /[a-z]/i.test(after)];
  const mixed = latinBefore && latinAfter ? 8 : (latinBefore ? 2 : 0) + (latinAfter ? 2.5 : 0);
  if (eastern.has(character) || (code >= 0xff01 && code <= 0xff5e)) return 6;
  if (code >= 0x3041 && code <= 0x3096) return (script === 'japanese' ? 4.3 : foreign + 2) + mixed;
  if (code >= 0x30a1 && code <= 0x30fe) return (script === 'japanese' ? 5 : foreign + 2) + mixed;
  if (code >= 0xff61 && code <= 0xff9f)
    return (script === 'japanese' ? halfWidthCost(character, before, after) : foreign + 2) + mixed;
  if (code >= 0xac00 && code <= 0xd7a3)
    return (script !== 'korean' ? foreign + 2 : costs.has(character) ? 5.2 : rareCosts.syllable) + mixed;
  if (code >= 0x4e00 && code <= 0x9fff) {
    if (script === 'korean') return foreign + 2;
    const isAlone = !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(before + after);
    return (costs.has(character) ? 6 : rareCosts.ideograph + (isAlone ? 2.5 : 0)) + mixed;
  }
  return drawn.has(character) ? 8 : foreign + 3;
}

/** Half-width kana, the commonest first. */
const halfWidth = 'ﾝｲｼｸﾞｶｷﾄﾗﾘｳﾙｽﾀｱｺﾚﾌﾊｻﾏﾃﾅﾑﾛﾐｾﾋﾁﾖｮｭｯｬﾎﾜﾔﾉﾆﾕﾂｹｵｿﾓｴﾒﾍﾈｰﾇｦｧｨｩｪｫ';
const halfWidthCosts = new Map([...halfWidth].map((kana, rank) => [kana, 2.7 + 0.055 * rank]));

/** Half-width kana: a voicing mark follows a letter that can be voiced; one stands beside another. */
function halfWidthCost(kana: string, before: string, after: string): number {
  if (kana === 'ﾟ') return /[ﾊ-ﾎ]/.test(before) ? 2.5 : 11;
  if (kana === 'ﾞ') return /[ｶ-ﾄﾊ-ﾎ]/.test(before) ? 2.2 : 11;
  const isAlone = !/[ｦ-ﾟ]/.test(before) && !/[ｦ-ﾟ]/.test(after);
  return (halfWidthCosts.get(kana) ?? 8) + (isAlone ? 5 : 0);
}

/** What it costs that a cell is in another language than most. */
const otherLanguage = 5;

/** Cost of cells in whichever of the languages most are the likeliest in, given how much speaks for each otherwise; a cell may be in another. */
export function leastCost(
  cells: readonly string[],
  names: readonly WrittenLanguage['name'][],
  evidence: ReadonlyMap<WrittenLanguage['name'], number>,
): TextCost {
  const costs = cells.map((cell) => names.map((name) => textCost(cell, writtenLanguage(name))));
  const cheapest = costs.map((own) => own.reduce((least, cost) => (cost.nats < least.nats ? cost : least)));
  const totals = names.map((name, at) => {
    let [nats, characters, strange] = [-(evidence.get(name) ?? 0), 0, 0];
    for (const [cell, own] of costs.entries()) {
      const [main, other] = [own[at]!, cheapest[cell]!];
      const isOther = other.nats + otherLanguage < main.nats;
      nats += isOther ? other.nats + otherLanguage : main.nats;
      characters += (isOther ? other : main).characters;
      strange += (isOther ? other : main).strange;
    }
    return { nats, characters, strange };
  });
  return totals.reduce((least, cost) => (cost.nats < least.nats ? cost : least));
}
