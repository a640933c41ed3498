import { describeError, type ErrorRecord, type Language } from '../../protocol/errors.ts';
import { withVisibleControls } from '../../training/cells/numbers.ts';
import type { ErrorView } from '../api/views.ts';
import { isErrorCode } from '../jobs/training-events.ts';

/** Row or cell that an import leaves out; the column is empty for a whole row. */
interface ListedProblem {
  readonly row: number;
  /** Table that the row stands in, where several are read as one. */
  readonly table?: string;
  readonly column: string;
  readonly code: string;
  readonly message: string;
}

/** What happened and what to do, as the command line says it. */
export function problemMessage({ code, detail }: ErrorRecord | ErrorView, language: Language): string {
  const { title, cure } = describeError(isErrorCode(code) ? code : 'internal', detail, language);
  return /[.?!。？！]$/.test(title) ? `${title} ${cure}` : `${title}. ${cure}`;
}

/** A problem of an import as a line of a terminal, to which no cell says anything. */
export function problemLine({ row, table, column, code, message }: ListedProblem): string {
  const place = `${table === undefined ? '' : `${table}, `}row ${row}${column && `, ${column}`}`;
  return withVisibleControls(`${place}: ${message} [${code}]`);
}
