import { usuallyNothing } from '../cells/nothing.ts';
import { parseNumber } from '../cells/numbers.ts';
import { numbersWithUnit } from '../cells/numbers-with-unit.ts';
import { type JudgedMarks, marksIn } from './manifest/number-marks.ts';
import type { ManifestRow } from './manifest/rows.ts';
import { asProblem, type ImportProblem, inTable } from './problems.ts';

/** Share of a column's cells that are numbers in a notation that is not read. */
const alike = 0.8;

/** `5.5-`, `(5.5)`, `1_000`, `1.234.567,8`: a person means a number. A date, a version and a code look otherwise. */
const meansNumber = /^(?:[-+(−]?\d+(?:[.,_'’]\d+)*[-)]?|0x[\da-f]+)$/i;

/**
 * Columns that would go unused, or be taken for notes, though a person means numbers by their cells; each by the first of them.
 * @param columns name of each column, and whether it is unused or holds notes; undefined where it is something else
 */
export function unreadColumns(
  columns: readonly { readonly name: string; readonly use: 'unused' | 'notes' | undefined }[],
  rows: readonly ManifestRow[],
  marks: JudgedMarks,
): ImportProblem[] {
  return columns.flatMap(({ name, use }, index) => {
    if (use === undefined) return [];
    const filled = rows.flatMap((row) => {
      const cell = 'cells' in row ? (row.cells[index] ?? '') : '';
      return usuallyNothing.inReading(cell) ? [] : [{ row: row.row, cell, table: tableOf(row) }];
    });
    const unread = filled.flatMap(({ row, cell, table }) => {
      if (!(numbersWithUnit(cell) || (use === 'unused' && meansNumber.test(cell)))) return [];
      try {
        const { decimal, thousands } = marksIn(marks, table);
        parseNumber(cell, decimal, thousands);
        return [];
      } catch (thrown) {
        return [inTable(asProblem(row, name, thrown), table)];
      }
    });
    return unread.length > 0 && unread.length >= alike * filled.length ? unread.slice(0, 1) : [];
  });
}

function tableOf(row: ManifestRow): string | undefined {
  return 'cells' in row ? row.table : undefined;
}
