import { inPlainDigits } from './numerals.ts';
import { isSameUnit, isUnit } from './written-units.ts';

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
  const found = together.exec(inPlainDigits(cell).trim());
  if (!found) return undefined;
  const [, value, gap, unit] = found as unknown as [string, string, string, string];
  if (!isUnit(unit) || ofClock.test(unit)) return undefined;
  return {
    number: value,
    unit: unit.normalize('NFKC'),
    mayBeCode: gap === '' && /^\d+$/.test(value) && /^[a-z]$/i.test(unit),
  };
}

/**
 * Parts of a cell of one number or of several that carry a unit: each of them, or the last one for all, as `1.2;1.3 mm` and
 * `1 mm 2 mm`. Undefined where some carry one and others none, or another.
 */
export function numbersWithUnit(cell: string): NumberWithUnit | undefined {
  const one = numberWithUnit(cell);
  if (one || isPlain(cell)) return one;
  const [, open = '', inside = cell, close = '', behind = ''] = bracketed.exec(cell.trim()) ?? [];
  const mark = /[;|]/.exec(inside)?.[0];
  const pieces = mark === undefined ? apart(inside) : inside.split(mark).map((piece) => piece.trim());
  if (pieces.length < 2) return undefined;
  const last = pieces.length - 1;
  const found = pieces.map((piece, index) => numberWithUnit(index === last ? `${piece}${behind}` : piece));
  const measured = found.filter((own) => own !== undefined);
  const isOne = measured.length === 1 && found[last] !== undefined;
  const [first] = measured;
  if (!first || measured.some(({ unit }) => !isSameUnit(unit, first.unit))) return undefined;
  if (pieces.some((piece, index) => piece !== '' && !found[index] && !(isOne && isBareNumber(piece))))
    return undefined;
  const numbers = pieces.map((piece, index) => found[index]?.number ?? piece).join(mark ?? ' ');
  const mayBeCode = measured.every((own) => own.mayBeCode);
  return { number: `${open}${numbers}${close}`, unit: first.unit, mayBeCode };
}

/** A list in brackets, and the unit behind it. */
const bracketed = /^(\[)(.*)(\])(.*)$/;

/** Pieces of a list that blanks separate, each with the unit that stands apart from it. */
function apart(list: string): string[] {
  return list.trim().split(/(?<!\s)\s*,\s+|(?<!\s)\s+(?=[-+−.,\d])/);
}

/** A number and its unit are short. */
const longest = 60;

/** True if a cell begins with a letter, and with no bracket of a list, or ends with a digit that is no power of a unit: most do, and need not be looked at. */
function isPlain(cell: string): boolean {
  const first = cell.charCodeAt(0);
  if (first > 0x39 && first < 0x80 && first !== 0x5b) return true;
  const last = cell.charCodeAt(cell.length - 1);
  if (!(last >= 0x30 && last <= 0x39)) return false;
  const before = cell.charCodeAt(cell.length - 2);
  return !(before > 0x39 || before === 0x2d);
}

/** True if a cell is one number without a unit, in whatever notation. */
export function isBareNumber(cell: string): boolean {
  return alone.test(inPlainDigits(cell).trim());
}
