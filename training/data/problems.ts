import { type ErrorCode, type ErrorDetail, FedReconError } from '../../protocol/errors.ts';

/**
 * Problem of an import: a row or a cell that was not used, with its place and the reason (a code of the error table).
 */
export interface ImportProblem {
  /** Row of the manifest as a spreadsheet counts it: the header is row 1. */
  readonly row: number;
  /** Name of the column; empty for a whole row. */
  readonly column: string;
  readonly code: ErrorCode;
  /** `table` is the table of several that the row stands in. */
  readonly detail: ErrorDetail;
}

/** A problem in its table, where there are several. */
export function inTable(problem: ImportProblem, table: string | undefined): ImportProblem {
  return table === undefined ? problem : { ...problem, detail: { ...problem.detail, table } };
}

/** Where a problem stands, for `{place}` of an error's texts: a cell, or a whole row. */
export function placeInWords({ row, column }: Pick<ImportProblem, 'row' | 'column'>): ErrorDetail {
  if (column === '') return { place: `row ${row}`, placeJa: `${row} 行目` };
  return { place: `row ${row}, column ${column}`, placeJa: `${row} 行目、列 ${column}` };
}

/** Problem of one cell from a thrown FedReconError; anything else is thrown again. */
export function asProblem(row: number, column: string, thrown: unknown): ImportProblem {
  if (!(thrown instanceof FedReconError)) throw thrown;
  return { row, column, code: thrown.code, detail: thrown.detail };
}

const diskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Error of a failed write to `path`: `disk-full` if that is the cause, else the error as it came. */
export function writeError(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return diskCodes.has(code) ? new FedReconError('disk-full', { path }, { cause }) : cause;
}
