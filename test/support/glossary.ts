import type { TextPair } from './texts.ts';

/** Row of the glossary. */
export interface Term {
  readonly term: string;
  /** Spellings by which the term is found in an English text, itself among them; none where it is only explained. */
  readonly forms: readonly string[];
  readonly ja: string;
  readonly meaning: string;
  readonly forbidden: readonly string[];
}

const listOf = (cell: string) =>
  cell
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** The terms of `docs/glossary.md`: the rows of all its tables. */
export function readGlossary(markdown: string): Term[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (Term |---)/.test(line))
    .map((line) => {
      const [term = '', forms = '', ja = '', meaning = '', not = ''] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return {
        term,
        forms: forms === '–' ? [] : [term, ...listOf(forms)],
        ja,
        meaning,
        forbidden: listOf(not),
      };
    });
}

/** Breaches of the glossary by a text, in words; empty where it keeps to it. */
export function breachesOf(terms: readonly Term[], { where, en, ja }: TextPair): string[] {
  const { found, rest } = termsIn(terms, en);
  // Without the terms themselves: one of them may hold what is forbidden for another.
  const japaneseRest = [...terms]
    .toSorted((a, b) => b.ja.length - a.ja.length)
    .reduce((text, term) => text.replaceAll(term.ja, '…'), ja);
  return [
    ...terms.flatMap(({ term, forbidden }) =>
      forbidden
        .filter((word) =>
          isJapanese(word) ? japanesePattern(word).test(japaneseRest) : patternOf([word]).test(rest),
        )
        .map((word) => `${where}: “${word}” must not stand for ${term} (${en} / ${ja})`),
    ),
    ...[...found]
      .filter((term) => !ja.includes(term.ja))
      .map((term) => `${where}: ${term.term} without ${term.ja} (${en} / ${ja})`),
  ];
}

/** Commands and names of fields, which are in no language: they are typed, or stand so in a plan. */
const commands = /["“](?:aggregator|npm) [^"”]*["”]|--\w+|\w+(?:\.\w+)+/g;

/** Terms that an English text has, longer ones first, and the rest of the text. */
function termsIn(terms: readonly Term[], english: string): { found: Set<Term>; rest: string } {
  const byForm = new Map(
    terms.flatMap((term) => term.forms.map((form) => [form.toLowerCase(), term] as const)),
  );
  const found = new Set<Term>();
  const rest = english.replace(commands, '…').replace(patternOf([...byForm.keys()]), (form) => {
    found.add(byForm.get(form.toLowerCase())!);
    return '…';
  });
  return { found, rest };
}

function patternOf(words: readonly string[]): RegExp {
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\w{])(?:${longestFirst.join('|')})(?![\\w}])`, 'gi');
}

/** Pattern of a Japanese word. One in katakana stands alone: プログラム does not hold ログ. */
function japanesePattern(word: string): RegExp {
  return /^[ァ-ヶー]+$/.test(word) ? new RegExp(`(?<![ァ-ヶー])${word}(?![ァ-ヶー])`) : new RegExp(word);
}

function isJapanese(word: string): boolean {
  return /[^\p{ASCII}’]/u.test(word);
}
