/** Row or cell that an import leaves out; the column is empty for a whole row. */
interface ListedProblem {
  readonly row: number;
  /** Table that the row stands in, where several are read as one. */
  readonly table?: string;
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

/** A problem of an import as a line of a terminal. */
export function problemLine({ row, table, column, code, message }: ListedProblem): string {
  return `${table === undefined ? '' : `${table}, `}row ${row}${column && `, ${column}`}: ${message} [${code}]`;
}
