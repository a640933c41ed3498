import { FedReconError } from '../../../protocol/errors.ts';

/** Stands for what could not be read. */
const unread = '\ufffd';

/** Cell of a formula that was saved without its value. */
export function unsavedFormula(formula: string): string {
  return `=${formula}${unread}`;
}

/** Why a cell of a row that is damaged cannot be used: `formula-unsaved`, `cell-damaged`; undefined where it can. */
export function damageIn(cell: string): FedReconError | undefined {
  if (!cell.includes(unread)) return undefined;
  const isFormula = cell.startsWith('=') && cell.indexOf(unread) === cell.length - 1;
  return isFormula
    ? new FedReconError('formula-unsaved', { value: cell.slice(0, -1).slice(0, 40) })
    : new FedReconError('cell-damaged', { value: cell.slice(0, 40) });
}
