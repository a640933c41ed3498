import type { ErrorCode, ErrorDetail } from '../../../protocol/errors.ts';
import type { ProblemView } from '../../api/views.ts';
import { isErrorCode } from '../../jobs/training-events.ts';
import { errorView } from '../error-view.ts';

/** A row or a cell that was not used, in words; of a code that another version wrote, that it is unknown. */
export function problemView({
  row,
  column,
  code,
  detail,
}: {
  readonly row: number;
  readonly column: string;
  readonly code: string;
  readonly detail: ErrorDetail;
}): ProblemView {
  const known: ErrorCode = isErrorCode(code) ? code : 'internal';
  const { table } = detail;
  const error = errorView({ code: known, detail });
  return { row, column, error, ...(typeof table === 'string' && { table }) };
}
