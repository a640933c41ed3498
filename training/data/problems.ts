import { type ErrorCode, type ErrorDetail, FedReconError } from '../../protocol/errors.ts';

/** A row or a cell that was not used: where, and why (a code of the error table). */
export interface ImportProblem {
  /** Row of the manifest as a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** Name of the column; of the first one for a measurement spread over several; empty for a whole row. */
  readonly column: string;
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
}

/** The code and detail of a thrown FedReconError as a problem of one cell; anything else goes on being thrown. */
export function asProblem(row: number, column: string, thrown: unknown): ImportProblem {
  if (!(thrown instanceof FedReconError)) throw thrown;
  return { row, column, code: thrown.code, detail: thrown.detail };
}

const diskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A failed write to `path`: `disk-full` where that is the cause, else the error as it came. */
export function writeError(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return diskCodes.has(code) ? new FedReconError('disk-full', { path }, { cause }) : cause;
}
