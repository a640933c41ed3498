import { roomForNumbers } from './numbers/number-pool.ts';
import { cellText } from './typed-table.ts';

/**
 * Row of a table whose values have types. They stay in their columns, and become cells only when somebody asks for them: most are numbers,
 * which would be written as decimals to be read again.
 */
export class TypedRow {
  readonly row: number;
  readonly isDamaged = false;
  /** Table of several that it stands in, relative to the folder, with slashes. */
  table: string | undefined;
  readonly #columns: readonly ArrayLike<unknown>[];
  readonly #at: number;
  #cells: readonly string[] | undefined;

  /** @param columns values of many rows, by column @param at place of this row's in each */
  constructor(row: number, columns: readonly ArrayLike<unknown>[], at: number) {
    this.row = row;
    this.#columns = columns;
    this.#at = at;
  }

  /** True if it says nothing. */
  get isBlank(): boolean {
    return this.#columns.every((own) => typeof own[this.#at] !== 'number' && cellText(own[this.#at]) === '');
  }

  get cells(): readonly string[] {
    this.#cells ??= this.cut();
    return this.#cells;
  }

  /** Its cells, which it does not keep. */
  cut(): string[] {
    return this.#columns.map((own) => cellText(own[this.#at]));
  }

  /** Cell of one column, without the others. */
  cell(column: number): string {
    return cellText(this.#columns[column]?.[this.#at]);
  }

  /** Number of a column; NaN where it holds anything else. */
  number(column: number): number {
    const value = this.#columns[column]![this.#at];
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return Number.NaN;
    return typeof value === 'bigint' && !Number.isSafeInteger(number) ? Number.NaN : number;
  }

  /** Numbers of columns. */
  numbers(columns: readonly number[]): Float64Array {
    const numbers = roomForNumbers(columns.length);
    for (let index = 0; index < columns.length; index++) numbers[index] = this.number(columns[index]!);
    return numbers;
  }
}
