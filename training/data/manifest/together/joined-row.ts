import { roomForNumbers } from '../numbers/number-pool.ts';
import type { ReadableRow, RowPlace } from '../rows.ts';

/** Where the columns of a joined table come from: the place of a table among those that are joined, and the column in it. */
export type JoinedColumns = readonly { readonly table: number; readonly column: number }[];

/** Row made of those of one part in several tables; it is cut into cells only when somebody asks for them. */
export class JoinedRow {
  readonly row: number;
  readonly table: string | undefined;
  readonly isDamaged: boolean;
  readonly isUnrepeated: boolean;
  readonly #id: string;
  readonly #idColumn: number;
  readonly #rows: readonly (ReadableRow | undefined)[];
  readonly #columns: JoinedColumns;
  readonly #placeOf: (table: number) => RowPlace | undefined;
  #cells: readonly string[] | undefined;

  /**
   * @param id of the part, which stands in the column `idColumn`
   * @param rows the part's of each table; the first that is there gives the place
   * @param placeOf where the row of a table stands
   * @param isUnrepeated see `ManifestRow`
   */
  constructor(
    { id, column }: { readonly id: string; readonly column: number },
    rows: readonly (ReadableRow | undefined)[],
    columns: JoinedColumns,
    placeOf: (table: number) => RowPlace | undefined,
    isUnrepeated: boolean,
  ) {
    const place = placeOf(rows.findIndex((row) => row !== undefined))!;
    this.row = place.row;
    this.table = place.table;
    this.isDamaged = rows.some((row) => row?.isDamaged === true);
    this.isUnrepeated = isUnrepeated;
    this.#id = id;
    this.#idColumn = column;
    this.#rows = rows;
    this.#columns = columns;
    this.#placeOf = placeOf;
  }

  /** The rows stay in memory with their table: they must not keep their cells. */
  get cells(): readonly string[] {
    if (!this.#cells) {
      const own = this.#rows.map((row) => (row?.cut ? row.cut() : row?.cells));
      this.#cells = this.#columns.map(({ table, column }, joined) =>
        joined === this.#idColumn ? this.#id : (own[table]?.[column] ?? ''),
      );
    }
    return this.#cells;
  }

  /** Cell of one column, without the others. */
  cell(column: number): string {
    if (column === this.#idColumn) return this.#id;
    const from = this.#columns[column];
    const row = from && this.#rows[from.table];
    if (!row) return '';
    return row.cell ? row.cell(from.column) : (row.cells[from.column] ?? '');
  }

  /** Number of a column; NaN where its cell holds anything else, or is not cut out of its line as a number. */
  number(column: number): number {
    const from = this.#columns[column]!;
    return this.#rows[from.table]?.number?.(from.column) ?? Number.NaN;
  }

  /** Numbers of columns. */
  numbers(columns: readonly number[]): Float64Array {
    const numbers = roomForNumbers(columns.length);
    for (let index = 0; index < columns.length; index++) numbers[index] = this.number(columns[index]!);
    return numbers;
  }

  placeOf(column: number): RowPlace | undefined {
    return this.#placeOf(this.#columns[column]!.table);
  }
}
