/** Row or cell that an import leaves out; the column is empty for a whole row. */
interface ListedProblem {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

/** A problem of an import as a line of a terminal. */
export function problemLine({ row, column, code, message }: ListedProblem): string {
  return `row ${row}${column && `, ${column}`}: ${message} [${code}]`;
}
