import type { CallName } from '../../main/api/contract.ts';
import type { ErrorView } from '../../main/api/views.ts';

/** Error of a refused call: it stays until the person dismisses it, or that very call succeeds. */
export interface KeptError {
  readonly call: CallName;
  readonly view: ErrorView;
  /** Dialog that was open when it came, and shows it. */
  readonly dialog: symbol | undefined;
}

/** Errors with a new one, which takes the place of the one before of the same call. */
export function withError(errors: readonly KeptError[], error: KeptError): readonly KeptError[] {
  return [...errors.filter(({ call }) => call !== error.call), error];
}

/** Errors but those of which one is so; the same list where there is none. */
export function without(
  errors: readonly KeptError[],
  isSo: (error: KeptError) => boolean,
): readonly KeptError[] {
  return errors.some(isSo) ? errors.filter((error) => !isSo(error)) : errors;
}

/**
 * Errors after a call succeeded: its own is over, and so is it of each that the program did not answer. That another
 * call succeeds says nothing of the rest.
 */
export function afterSuccess(errors: readonly KeptError[], call: CallName): readonly KeptError[] {
  return without(errors, (error) => error.call === call || error.view.code === 'host-gone');
}
