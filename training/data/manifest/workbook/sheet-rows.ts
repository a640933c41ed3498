import { streamXlsxRows } from 'hucre/xlsx';
import { unsavedFormula } from '../damaged-cells.ts';
import { cellText } from '../typed-table.ts';
import { type CellSheet, type RowNotes, rowNotes } from './sheet-notes.ts';

/** Row of a sheet: its values by column, and what is to be known of them. */
export interface SheetRow {
  /** From 0. */
  readonly index: number;
  readonly values: readonly unknown[];
  readonly notes: RowNotes | undefined;
}

/** Rows of a sheet down to one, in their order. @param last from 0 */
export async function* sheetRows(workbook: Buffer, sheet: CellSheet, last: number): AsyncGenerator<SheetRow> {
  const notes = rowNotes(workbook, sheet);
  try {
    let next = await notes.next();
    for await (const { index, values } of streamXlsxRows(workbook, { sheet: sheet.name })) {
      if (index > last) break;
      while (!next.done && next.value.index < index) next = await notes.next();
      yield { index, values, notes: !next.done && next.value.index === index ? next.value : undefined };
    }
  } finally {
    await notes.return(undefined);
  }
}

/** A cell as a person sees it, and a formula without a value as one that cannot be read. */
export function shownCell({ notes }: SheetRow, column: number, value: unknown): string {
  const formula = notes?.unsaved.get(column);
  if (formula !== undefined) return unsavedFormula(formula);
  return notes?.shown.get(column) ?? cellText(value);
}
