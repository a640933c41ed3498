import { cutPlain } from './records.ts';

/**
 * Row of one line without quotation marks. It is cut into cells only when somebody asks for them: most cells of a large table
 * are numbers, which are read where they stand, several times as fast.
 */
export class PlainRow {
  readonly row: number;
  readonly isDamaged: boolean;
  readonly #line: string;
  readonly #delimiter: string;
  readonly #block: Float64Array;
  /** Place of its numbers in the block. */
  readonly #start: number;
  #cells: readonly string[] | undefined;

  constructor(row: number, line: string, delimiter: string, block: Float64Array, start: number) {
    this.row = row;
    this.isDamaged = line.includes('\ufffd');
    this.#line = line;
    this.#delimiter = delimiter;
    this.#block = block;
    this.#start = start;
  }

  get cells(): readonly string[] {
    this.#cells ??= cutPlain(this.#line, this.#delimiter);
    return this.#cells;
  }

  /** Cell of one column, without the others. */
  cell(column: number): string {
    if (this.#cells) return this.#cells[column] ?? '';
    let start = 0;
    for (let before = 0; before < column; before++) {
      start = this.#line.indexOf(this.#delimiter, start) + 1;
      if (start === 0) return '';
    }
    const end = this.#line.indexOf(this.#delimiter, start);
    return this.#line.slice(start, end < 0 ? this.#line.length : end).trim();
  }

  /** Numbers of columns with a decimal point; NaN where a cell holds anything but digits, a minus and a point. */
  numbers(columns: readonly number[]): Float64Array {
    const [first = 0] = columns;
    for (let index = 0; index < columns.length; index++)
      if (columns[index] !== first + index)
        return Float64Array.from(columns, (own) => this.#block[this.#start + own]!);
    return this.#block.subarray(this.#start + first, this.#start + first + columns.length);
  }
}

/** More digits might not fit into a double's mantissa, and would need rounding. */
const mostDigits = 15;
const powers = Array.from({ length: mostDigits + 1 }, (_, exponent) => 10 ** exponent);
const [minus, point, zero] = [0x2d, 0x2e, 0x30] as const;
/** Numbers that share an array: making one for each row takes longer than reading it. */
const numbersTogether = 1 << 13;

/**
 * Reader of lines as rows of at most `width` cells; undefined for a line with more, or with nothing but blanks in them.
 * @param delimiter one character of ASCII
 */
export function plainRowReader(
  delimiter: string,
  width: number,
): (row: number, line: string) => PlainRow | undefined {
  const separator = delimiter.charCodeAt(0);
  let bytes = Buffer.allocUnsafe(1 << 12);
  let block = new Float64Array(0);
  let used = 0;
  return (row, line) => {
    // A character takes three bytes at most, and none of a longer one is an ASCII character's.
    if (bytes.length <= 3 * line.length) bytes = Buffer.allocUnsafe(6 * line.length);
    const length = bytes.write(line);
    bytes[length] = separator;
    if (used + width > block.length) {
      block = new Float64Array(Math.max(width, numbersTogether));
      used = 0;
    }
    const start = used;
    if (!readNumbers(bytes, length, separator, block, start, width)) return undefined;
    used += width;
    return new PlainRow(row, line, delimiter, block, start);
  };
}

/**
 * Reads the cells of a line into `numbers` from `start` on, each exactly as `Number` would.
 * @param bytes of the line, with a separator behind its end
 * @returns whether the line has at most `width` cells, and something in one of them
 */
function readNumbers(
  bytes: Uint8Array,
  length: number,
  separator: number,
  numbers: Float64Array,
  start: number,
  width: number,
): boolean {
  let isFilled = false;
  let column = 0;
  for (let at = 0; at <= length; at++, column++) {
    if (column === width) return false;
    let code = bytes[at]!;
    const begin = at;
    const isNegative = code === minus;
    if (isNegative) code = bytes[++at]!;
    const first = at;
    let mantissa = 0;
    let dot = -1;
    for (; ; code = bytes[++at]!) {
      const digit = code - zero;
      if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
      else if (code === point && dot < 0) dot = at;
      else break;
    }
    const digits = at - first - (dot < 0 ? 0 : 1);
    let value = Number.NaN;
    if (code === separator && digits > 0 && digits <= mostDigits && dot !== first && dot !== at - 1) {
      value = dot < 0 ? mantissa : mantissa / powers[at - 1 - dot]!;
      if (isNegative) value = -value;
    }
    if (at > begin) isFilled = true;
    numbers[start + column] = value;
    for (; code !== separator; code = bytes[++at]!) if (code > 0x20 && code < 0x7f) isFilled = true;
  }
  numbers.fill(Number.NaN, start + column, start + width);
  return isFilled;
}
