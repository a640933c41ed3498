import { FedReconError } from '../../protocol/errors.ts';
import { inPlainDigits, withoutArabicMarks } from './numerals.ts';
import { isNumberWithUnit } from './written-units.ts';

/** Decimal mark, between a number's digits and its fraction. */
export type DecimalMark = '.' | ',';

/** What stands between groups of three digits; a blank is any kind of blank, `none` nothing. */
export type ThousandsMark = ',' | '.' | "'" | ' ' | 'none';

/** How a file writes its numbers. */
export interface NumberMarks {
  readonly decimal: DecimalMark;
  readonly thousands: ThousandsMark;
}

const groupedByBlanks = /^[-+]?[1-9]\d{0,2}(\s\d{3})+([.,]\d*)?$/;

/** True for `1,5` and `1,234`: two whole numbers, or one that is written with a comma. */
function isPerhapsOne(text: string): boolean {
  return /^[-+]?\d+,\d+$/.test(text);
}

/**
 * Splits a cell with several numbers, separated by blanks, semicolons, bars or (where they do not mark decimals)
 * commas; square brackets around them are dropped. `several` is false where the plan asks for one number, so that `1,5`
 * stays whole, and `12 mm` too. Two whole numbers with nothing but a comma between them stay whole everywhere, because
 * they may be one: such a cell is no number, and is refused by its row, unless brackets say that it is a list.
 */
export function splitNumbers(cell: string, several: boolean): string[] {
  const text = cell.replace(/^\s*\[|\]\s*$/g, '').trim();
  const isList = text.length < cell.trim().length;
  if (!several && (groupedByBlanks.test(text) || (/\s/.test(text) && isNumberWithUnit(text)))) return [text];
  if (/[;|]/.test(text)) {
    // Nothing between two marks is a value that is missing: without it the others would move up.
    const pieces = text.replace(/(?<!\s)\s*[;|]$/, '').split(/[;|]/);
    return pieces.flatMap((piece) => splitByBlanks(piece.trim()));
  }
  if (/\s/.test(text)) return splitByBlanks(text);
  return several && (isList || !isPerhapsOne(text)) ? text.split(',') : [text];
}

function splitByBlanks(text: string): string[] {
  return text === '' ? [''] : text.split(/\s*,\s+|\s+,?\s*/);
}

/** Most numbers that instruments write: digits, and a point. */
const usual = /^-?\d+(?:\.\d+)?$/;

/**
 * One finite number, with the file's marks; digits of any script and width are read. A thousands mark counts only between groups of three
 * digits, so that `12,34` is no number where the comma is one.
 * @throws FedReconError `number-invalid`, `number-with-unit`
 */
export function parseNumber(token: string, decimal: DecimalMark, thousands: ThousandsMark = 'none'): number {
  if (decimal === '.' && usual.test(token)) {
    const value = Number(token);
    if (Number.isFinite(value)) return value;
  }
  const text = withoutArabicMarks(inPlainDigits(token), decimal).trim().replace('−', '-').replace('’', "'");
  const whole = thousands === 'none' ? text : withoutThousands(text, decimal, thousands);
  const point = decimal === ',' ? whole.replace(',', '.') : whole;
  const plain =
    /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(point) && !(decimal === ',' && whole.includes('.'));
  const value = plain ? Number(point) : Number.NaN;
  if (!Number.isFinite(value)) {
    const shown = withVisibleControls(token.slice(0, 40));
    throw isNumberWithUnit(shown)
      ? new FedReconError('number-with-unit', { value: shown })
      : new FedReconError('number-invalid', { value: shown, decimal });
  }
  return value;
}

/** A text in which characters that nobody sees stand as their pictures: U+001F as `␟`. */
export function withVisibleControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '␡' : '�';
  });
}

/** `1,234,567.8` → `1234567.8`; a text that is not grouped in threes stays as it is. */
function withoutThousands(text: string, decimal: DecimalMark, thousands: ThousandsMark): string {
  const grouped = new RegExp(`^[-+]?[1-9]\\d{0,2}(\\${thousands}\\d{3})+(\\${decimal}\\d*)?$`);
  return grouped.test(text) ? text.replaceAll(thousands, '') : text;
}

/** True if numbers are written with the same marks. */
export function areSameMarks(one: NumberMarks, other: NumberMarks): boolean {
  return one.decimal === other.decimal && one.thousands === other.thousands;
}

/** A cell of numbers as a file with other marks writes it; one that holds anything else stays as it is. */
export function rewritten(cell: string, from: NumberMarks, to: NumberMarks): string {
  if (areSameMarks(from, to)) return cell;
  const again = (token: string) =>
    String(parseNumber(token, from.decimal, from.thousands)).replace('.', to.decimal);
  for (const several of [false, true])
    try {
      return splitNumbers(cell, several && from.decimal !== ',')
        .map(again)
        .join(' ');
    } catch (thrown) {
      if (!(thrown instanceof FedReconError)) throw thrown;
    }
  return cell;
}
