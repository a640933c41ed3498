const number = String.raw`[-+−]?\d[\d.,'’]*`;
/** Number with its name: `force=1.5`, `Druck: 2,5`. */
const name = String.raw`\p{L}[\p{L}\d_]{0,30}\s*[=:]\s*`;
const keyed = `${name}${number}`;

/**
 * Notations by which a person means a number, and which are not read, each because it says something else to somebody or more than one
 * number: `5.5-`, `(5.5)`, `1_000`, `1.234.567,8`, `1,23,456.5`, `0x1F`, `<0.5`, `5 ± 0.1`, `¥120`, `12°30'`, `3/8`, `1 1/2`, `5²`, `1.5×10³`,
 * `1.5D+02`, `12個`, `1分30秒`, `force=1.5`. A date, a version and a code look otherwise.
 */
const meant: readonly RegExp[] = [
  /^[-+(−]?\d+(?:[.,_'’]\d+)*[-)]?$/,
  /^0x[\da-f]+$/i,
  new RegExp(`^(?:[<>≤≥≦≧~≈≒=±]|[$€£¥￥₩₫฿₹])\\s*${number}$`),
  new RegExp(`^${number}\\s*(?:[$€£¥￥₩₫฿₹円元원個本枚回件点台箱]|pcs|pc)$`, 'i'),
  new RegExp(`^${number}\\s*(?:±|\\+/-|\\+-)\\s*${number}$`),
  /^[-+−]?\d+\s*°\s*\d+(?:[.,]\d+)?\s*['’′](?:\s*\d+(?:[.,]\d+)?\s*["”″])?$/,
  /^(?:[-+−]?\d+[ -])?\d+\/(?:2|4|8|16|32|64|128)(?:\s*(?:["”″]|in))?$/,
  /^\d+(?:\.\d+)?\s*(?:秒|分(?:\s*\d+(?:\.\d+)?\s*秒)?)$/,
  /^[-+−]?\d+ \d+\/\d+$/,
  /^[-+−]?[\d.,]*\d*\p{No}+$/u,
  new RegExp(`^${number}\\s*[x×*·]\\s*10\\s*(?:\\^\\s*|\\*\\*)?[-+−]?[\\d\\p{No}⁺⁻]+$`, 'u'),
  /^[-+−]?\d+(?:\.\d*)?d[-+]\d+$/i,
  new RegExp(`^${keyed}$`, 'u'),
];

/** True if a person means one number by a cell of another notation. */
export function meansNumber(cell: string): boolean {
  return cell.length < 40 && meant.some((pattern) => pattern.test(cell));
}

/** True if cells are lengths of time, and not times of day: one goes beyond a day. */
export function areDurations(cells: readonly string[]): boolean {
  const hours = cells.map((cell) =>
    Number(/^-?(\d{1,5}):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?$/.exec(cell)?.[1] ?? Number.NaN),
  );
  return hours.every((hour) => !Number.isNaN(hour)) && hours.some((hour) => hour >= 24);
}

/** Several numbers with their names: `left=1.5 right=2.5`. A comma behind a number belongs to what parts them alone: in two ways each, a long list would take for ever. */
const oneKeyed = String.raw`${name}[-+−]?\d(?:[\d.,'’]*[\d.'’])?`;
const severalKeyed = new RegExp(`^${oneKeyed}(?:(?:\\s*[;,|]\\s*|\\s+)${oneKeyed})+,?$`, 'u');

/**
 * True if a cell holds values with names, or lists of such, as a program nests them (`{"left": 1.5}`, `[[0, 1.5], [1, 1.6]]`), or a person
 * writes them (`left=1.5 right=2.5`).
 */
export function isNested(cell: string): boolean {
  if (cell.length < 400 && /[=:]/.test(cell) && severalKeyed.test(cell)) return true;
  return /^\s*[[{].*[}\]]\s*$/s.test(cell) && (cell.includes('{') || /^\s*\[\s*\[/.test(cell));
}
