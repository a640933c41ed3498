import { otherBadReadings, otherNothing } from './nothing-words.ts';

/**
 * What instruments, spreadsheets and people write where there is no measurement. The lists are shown before an import, and a
 * person may replace them for it.
 */

/** Words that mean "nothing" in whatever column they stand: a note that says `N/A` is no note. */
export const usualNothing: readonly string[] = [
  ...['-', '--', '---', '----', '.', '..', '...', '?', '??', '*', '**', '***', '/', '_'],
  ...[
    'na',
    'n/a',
    'n.a.',
    'n.a',
    '<na>',
    'nan',
    '-nan',
    'nat',
    'null',
    '(null)',
    'nil',
    'none',
    'undefined',
    'void',
  ],
  ...[
    '#n/a',
    '#n/a n/a',
    '#na',
    '#value!',
    '#ref!',
    '#div/0!',
    '#name?',
    '#num!',
    '#null!',
    '#spill!',
    '#calc!',
  ],
  ...['#getting_data', '#field!', '#blocked!', '#connect!', '-1.#ind', '-1.#qnan'],
  ...['empty', 'blank', '(empty)', '(blank)', '(none)', 'no data', 'no value', 'no reading', 'not available'],
  ...[
    'not applicable',
    'not measured',
    'unmeasured',
    'not recorded',
    'not tested',
    'tbd',
    'n.m.',
    'n/m',
    'k.a.',
  ],
  // not measured, nothing, unknown, not applicable, not entered, cannot be measured, no data, under preparation
  ...[
    '欠測',
    '欠測値',
    'なし',
    '無し',
    '無',
    'ナシ',
    '未測定',
    '未計測',
    '未実施',
    '未検査',
    '未記入',
    '未入力',
  ],
  ...[
    '測定なし',
    '計測なし',
    '測定せず',
    '測定不可',
    '測定不能',
    '計測不能',
    '該当なし',
    '該当無し',
    '記入なし',
    '記載なし',
  ],
  ...[
    '記録なし',
    'データなし',
    'データ無し',
    '値なし',
    '空欄',
    '空白',
    '不明',
    'ー',
    '―',
    '‐',
    '−',
    '–',
    '—',
  ],
  ...otherNothing,
];

/**
 * Words that say of a number or of a picture that it is none; in a note or in a list of values they may well be the finding
 * ("missing", 不良).
 */
export const usualBadReading: readonly string[] = [
  ...[
    'bad',
    'missing',
    'error',
    'err',
    'err.',
    'fault',
    'fail',
    'failed',
    'invalid',
    'disconnected',
    'offline',
  ],
  ...[
    'timeout',
    'no signal',
    'inf',
    '+inf',
    '-inf',
    'infinity',
    '-infinity',
    'ol',
    '+ol',
    '-ol',
    'o.l.',
    'over',
  ],
  ...[
    'overload',
    'overflow',
    'over range',
    'under',
    'underflow',
    'ovf',
    '+ovf',
    '-ovf',
    'out of range',
    'ng',
  ],
  // bad, lost, abnormal, error, over, cut wire
  ...['不良', '欠損', '異常', 'エラー', 'オーバー', '断線', '範囲外', '測定異常'],
  ...otherBadReadings,
];

/** Words that mean "nothing" in one import. */
export interface NothingWords {
  /** Everywhere. */
  readonly words: readonly string[];
  /** For numbers and pictures, in addition. */
  readonly badReadings: readonly string[];
}

/** Tells whether a cell says that nothing was measured. An empty cell always does. */
export interface Nothing {
  /** Of a note, or a value of a list. */
  inText(cell: string): boolean;
  /** Of a number or a picture; a bad-quality reading is a missing one. */
  inReading(cell: string): boolean;
  /** True if a number is among the words, as the `-9999` of a logger. */
  readonly hasNumbers: boolean;
}

/** Makes the test for a list of words, compared without case, width and surrounding blanks. */
export function nothingOf({ words, badReadings }: NothingWords): Nothing {
  const texts = new Set(['', ...words.map(plainWord)]);
  const readings = new Set([...texts, ...badReadings.map(plainWord)]);
  // Most cells are numbers, and few lists hold words that begin with a digit.
  const digits = [...readings].some((word) => isDigit(word.charCodeAt(0)));
  // And most ids end with a digit.
  const endings = [...texts].some((word) => isDigit(word.charCodeAt(word.length - 1)));
  return {
    hasNumbers: [...readings].some((word) => /^-?[\d.]+(e[-+]?\d+)?$/.test(word) && /\d/.test(word)),
    inText: (cell) =>
      cell === '' || ((endings || !isDigit(cell.charCodeAt(cell.length - 1))) && texts.has(plainWord(cell))),
    inReading: (cell) =>
      cell === '' || ((digits || !isDigit(cell.charCodeAt(0))) && readings.has(plainWord(cell))),
  };
}

/** Lists that hold unless a person has replaced them. */
export const usualWords: NothingWords = { words: usualNothing, badReadings: usualBadReading };
export const usuallyNothing: Nothing = nothingOf(usualWords);

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function plainWord(word: string): string {
  return word.normalize('NFKC').trim().toLowerCase();
}
