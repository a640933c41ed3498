import { isUnit } from './written-units.ts';

/** Number that stands in a cell together with its unit. */
export interface NumberWithUnit {
  /** As it is written. */
  readonly number: string;
  readonly unit: string;
  /** True if it may as well be a code: a whole number and one letter, as `12A`. */
  readonly mayBeCode: boolean;
}

const number = String.raw`[-+−]?(?:\d[\d.,'’]*(?:\s\d{3}(?!\d)[\d.,]*)*|[.,]\d+)(?:e[-+]?\d+)?`;
const together = new RegExp(`^(${number})(\\s*)([^\\d\\s].*)$`, 'i');
const alone = new RegExp(`^${number}$`, 'i');
/** Hours of a clock are no picometres. */
const ofClock = /^[ap]m$/i;

/** Parts of `5%`, `12.5 mm`, `３.５ ℃`; undefined for a cell that is not one number and a unit. */
export function numberWithUnit(cell: string): NumberWithUnit | undefined {
  if (isPlain(cell) || cell.length > longest) return undefined;
  const found = together.exec(cell.normalize('NFKC').trim());
  if (!found) return undefined;
  const [, value, gap, unit] = found as unknown as [string, string, string, string];
  if (!isUnit(unit) || ofClock.test(unit)) return undefined;
  return { number: value, unit, mayBeCode: gap === '' && /^\d+$/.test(value) && /^[a-z]$/i.test(unit) };
}

/** A number and its unit are short. */
const longest = 60;

/** True if a cell begins with a letter, or ends with a digit that is no power of a unit: most do, and need not be looked at. */
function isPlain(cell: string): boolean {
  const first = cell.charCodeAt(0);
  if (first > 0x39 && first < 0x80) return true;
  const last = cell.charCodeAt(cell.length - 1);
  if (!(last >= 0x30 && last <= 0x39)) return false;
  const before = cell.charCodeAt(cell.length - 2);
  return !(before > 0x39 || before === 0x2d);
}

/** True if a cell is one number without a unit, in whatever notation. */
export function isBareNumber(cell: string): boolean {
  return alone.test(cell.normalize('NFKC').trim());
}
