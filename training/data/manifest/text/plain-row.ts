import { cutPlain } from './records.ts';

/**
 * Row of one line without quotation marks. It is cut into cells only when somebody asks for them: most cells of a large table
 * are numbers, which are read where they stand, several times as fast.
 */
export class PlainRow {
  readonly row: number;
  /** Table of several that it stands in, relative to the folder, with slashes. */
  table: string | undefined;
  readonly #text: Buffer;
  readonly #begin: number;
  readonly #end: number;
  readonly #separator: number;
  readonly #isAscii: boolean;
  readonly #numbers: Float64Array;
  /** Place of its numbers among those of other rows. */
  readonly #first: number;
  #cells: readonly string[] | undefined;

  /** @param read the line that `plainRowReader` has read last */
  constructor(row: number, text: Buffer, begin: number, read: ReadLine) {
    this.row = row;
    this.#text = text;
    this.#begin = begin;
    this.#end = read.end;
    this.#separator = read.separator;
    this.#isAscii = read.isAscii;
    this.#numbers = read.numbers;
    this.#first = read.first;
  }

  /** True if some of its bytes meant nothing in the file's encoding; they stand as U+FFFD in their cells. */
  get isDamaged(): boolean {
    return !this.#isAscii && this.#line().includes('\ufffd');
  }

  get cells(): readonly string[] {
    this.#cells ??= this.cut();
    return this.#cells;
  }

  /** Its cells, which it does not keep: for many rows that stay in memory. */
  cut(): readonly string[] {
    return cutPlain(this.#line(), String.fromCharCode(this.#separator));
  }

  /** Cell of one column, without the others. */
  cell(column: number): string {
    if (this.#cells) return this.#cells[column] ?? '';
    const text = this.#text;
    const separator = this.#separator;
    const end = this.#end;
    let begin = this.#begin;
    for (let before = 0; before < column; before++) {
      while (begin < end && text[begin] !== separator) begin++;
      if (begin === end) return '';
      begin++;
    }
    let stop = begin;
    while (stop < end && text[stop] !== separator) stop++;
    return text.toString(this.#isAscii ? 'latin1' : 'utf8', begin, stop).trim();
  }

  /** Number of a column with a decimal point; NaN where its cell holds anything else. */
  number(column: number): number {
    return this.#numbers[this.#first + column]!;
  }

  /** Numbers of columns with a decimal point; NaN where a cell holds anything else. */
  numbers(columns: readonly number[]): Float64Array {
    const [first = 0] = columns;
    for (let index = 0; index < columns.length; index++)
      if (columns[index] !== first + index) return Float64Array.from(columns, (own) => this.number(own));
    return this.#numbers.subarray(this.#first + first, this.#first + first + columns.length);
  }

  #line(): string {
    return this.#text.toString(this.#isAscii ? 'latin1' : 'utf8', this.#begin, this.#end);
  }
}

/** What was found in the line that was read last. */
interface ReadLine {
  readonly separator: number;
  /** Its end, without the CR and the LF. */
  end: number;
  /** Begin of the line after it. */
  next: number;
  isAscii: boolean;
  numbers: Float64Array;
  first: number;
}

const [lineFeed, carriageReturn, blank, plus, minus, point, zero] = [
  0x0a, 0x0d, 0x20, 0x2b, 0x2d, 0x2e, 0x30,
];
/** Numbers that share an array: making one for each row takes longer than reading it. */
const numbersTogether = 1 << 13;
/** A double holds so many digits exactly, and these powers of ten: one operation with the two is then rounded as `Number` rounds. */
const mostDigits = 15;
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** A whole number of 32 bits holds so many digits, and is counted up several times as fast. */
const fewDigits = 9;

/** Reader of lines as rows. */
export interface PlainRowReader {
  /**
   * Reads a line as a row of at most `width` cells; undefined for a line with a quotation mark or more cells, or with nothing but
   * blanks in them.
   * @param text UTF-8 in which each line ends with LF, and a CR stands only before one
   * @param begin of the line
   */
  read(row: number, text: Buffer, begin: number): PlainRow | undefined;
  /** Begin of the line after the row that was read last. */
  readonly next: number;
}

/**
 * Reader of lines that can be cut into cells at their separators.
 * @param delimiter one character of ASCII
 * @param quote one of ASCII, or `none`
 */
export function plainRowReader(delimiter: string, quote: string, width: number): PlainRowReader {
  const mark = quote === 'none' ? -1 : quote.charCodeAt(0);
  const line: ReadLine = {
    ...{ separator: delimiter.charCodeAt(0), end: 0, next: 0, isAscii: true },
    ...{ numbers: new Float64Array(0), first: 0 },
  };
  let used = 0;
  return {
    read(row, text, begin) {
      if (used + width > line.numbers.length) {
        line.numbers = new Float64Array(Math.max(width, numbersTogether));
        used = 0;
      }
      line.first = used;
      if (!readLine(text, begin, mark, width, line)) return undefined;
      used += width;
      return new PlainRow(row, text, begin, line);
    },
    get next() {
      return line.next;
    },
  };
}

/** Reads the cells of a line into `line.numbers`, each exactly as `Number` would, and finds its end. @returns whether it is a plain row */
function readLine(text: Buffer, begin: number, mark: number, width: number, line: ReadLine): boolean {
  const { separator, numbers, first } = line;
  let isFilled = false;
  let isAscii = true;
  let at = begin;
  let code = 0;
  for (let column = 0; column < width; column++) {
    code = text[at]!;
    while (code === blank) code = text[++at]!;
    const start = at;
    if (code === minus) code = text[++at]!;
    const whole = at;
    let mantissa = 0;
    for (let digit = code - zero; digit >= 0 && digit <= 9; digit = code - zero) {
      mantissa = (mantissa * 10 + digit) | 0;
      code = text[++at]!;
    }
    let digits = at - whole;
    let fraction = 0;
    if (code === point && digits > 0) {
      code = text[++at]!;
      const after = at;
      for (let digit = code - zero; digit >= 0 && digit <= 9; digit = code - zero) {
        mantissa = (mantissa * 10 + digit) | 0;
        code = text[++at]!;
      }
      fraction = at - after;
      // A point with nothing behind it is left to the other reader.
      digits = fraction === 0 ? 0 : digits + fraction;
    }
    let isLong = digits > fewDigits;
    if ((code | 0x20) === 0x65 && digits > 0) {
      code = text[++at]!;
      if (code === plus || code === minus) code = text[++at]!;
      const exponent = at;
      for (let digit = code - zero; digit >= 0 && digit <= 9; digit = code - zero) code = text[++at]!;
      isLong = true;
      if (at === exponent) digits = 0;
    }
    const end = at;
    if (end > start) isFilled = true;
    while (code === blank) code = text[++at]!;
    if (code !== separator && code !== lineFeed && code !== carriageReturn) {
      digits = 0;
      for (; code !== separator && code !== lineFeed && code !== carriageReturn; code = text[++at]!) {
        if (code === mark) return false;
        if (code > 0x7f) isAscii = false;
        else if (code > blank && code < 0x7f) isFilled = true;
      }
    }
    numbers[first + column] =
      digits === 0
        ? Number.NaN
        : isLong
          ? longNumber(text, start, end)
          : text[start] === minus
            ? -(mantissa / powers[fraction]!)
            : mantissa / powers[fraction]!;
    if (code !== separator) {
      numbers.fill(Number.NaN, first + column + 1, first + width);
      line.end = at;
      line.next = at + (code === carriageReturn ? 2 : 1);
      line.isAscii = isAscii;
      return isFilled;
    }
    at++;
  }
  return false;
}

/** Number of many digits or with an exponent; NaN where it is too large for a double. */
function longNumber(text: Buffer, start: number, end: number): number {
  const isNegative = text[start] === minus;
  let mantissa = 0;
  let digits = 0;
  let exponent = 0;
  let at = isNegative ? start + 1 : start;
  let isFraction = false;
  for (; at < end; at++) {
    const digit = text[at]! - zero;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (isFraction) exponent--;
    } else if (text[at] === point) isFraction = true;
    else break;
  }
  const sign = text[at + 1];
  const isSigned = sign === minus || sign === plus;
  let power = 0;
  for (let place = at + (isSigned ? 2 : 1); place < end && power < 1000; place++)
    power = power * 10 + text[place]! - zero;
  exponent += sign === minus ? -power : power;
  if (digits <= mostDigits && Math.abs(exponent) < powers.length) {
    const value = exponent < 0 ? mantissa / powers[-exponent]! : mantissa * powers[exponent]!;
    return isNegative ? -value : value;
  }
  const value = Number(text.toString('latin1', start, end));
  return Number.isFinite(value) ? value : Number.NaN;
}
