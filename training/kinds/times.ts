const month =
  '\\b(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\\b';

/**
 * Patterns of dates and times: marks between digits, the signs of Japanese calendars, names of months, or eight digits
 * in a row.
 */
const times = [
  /\d[-/.:]\d/,
  /\d\s*[年月日時分秒]/,
  /(明治|大正|昭和|平成|令和)\s*(\d|元)/,
  new RegExp(`\\d\\W*${month}|${month}\\W*\\d`),
  /^(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/,
];

/** True if a value holds a date or a time. @param value in small letters */
export function holdsTime(value: string): boolean {
  return times.some((time) => time.test(value));
}

/** Words that belong to a date or a time, and say nothing else. */
const words = new RegExp(
  `${month}|\\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\\b|\\b(am|pm|utc|gmt|jst|ict|ce?s?t|[ap]m)\\b|午前|午後|[年月日時分秒]|(明治|大正|昭和|平成|令和)元?|(?<=\\d)[tz]`,
  'g',
);

/** True if a cell is a date or a time and nothing else: `2026-03-01T08:15:22+09:00`, `May 1, 2026 8:15 PM`, `令和8年3月1日`. */
export function isTime(cell: string): boolean {
  const plain = cell.normalize('NFKC').toLowerCase();
  return plain.length < 60 && holdsTime(plain) && !/\p{L}/u.test(plain.replace(words, ' '));
}
