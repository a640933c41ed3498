import { hasRange } from '../../protocol/kinds/index.ts';
import type { Nothing } from '../cells/nothing.ts';
import { splitNumbers } from '../cells/numbers.ts';
import { numbersWithUnit } from '../cells/numbers-with-unit.ts';
import { numberIn } from '../kinds/columns.ts';
import { trainingKind } from '../kinds/index.ts';
import type { Binding } from './columns.ts';
import { type JudgedMarks, marksIn } from './manifest/numbers/number-marks.ts';
import { placeIn, type ReadableRow } from './manifest/rows.ts';

/** What the guesses of a reading make of the cells, for a person to check. */
export interface ReadingSamples {
  /** Cells that another encoding would write otherwise. */
  readonly letters: readonly string[];
  /** Numbers as they are written, and as they are read; those with marks first. */
  readonly numbers: readonly { readonly cell: string; readonly value: number }[];
  /** Cells with a word that are read as empty, and how many of them the first rows hold. */
  readonly nothing: readonly { readonly cell: string; readonly count: number }[];
}

const shown = 3;
const longest = 40;

/** Samples of the first rows. @param binding undefined where the columns cannot be bound: then of no cell it is known what it holds */
export function readingSamples(
  { columns, nothing }: { readonly columns: readonly string[]; readonly nothing: Nothing },
  binding: Pick<Binding, 'modalities'> | undefined,
  rows: readonly ReadableRow[],
  marks: JudgedMarks,
): ReadingSamples {
  const letters = new Set<string>();
  for (const cell of [columns, ...rows.map(({ cells }) => cells)].flat())
    if (letters.size < shown && /[^\p{ASCII}]/u.test(cell)) letters.add(cell.slice(0, longest));
  const numbers = new Map<string, number>();
  const empty = new Map<string, number>();
  for (const { modality, columns: own } of binding?.modalities ?? []) {
    const isNothing = trainingKind(modality).isReading ? nothing.inReading : nothing.inText;
    const cells = rows.flatMap((row) =>
      own.map((column) => ({ cell: row.cells[column] ?? '', table: placeIn(row, column).table })),
    );
    for (const { cell, table } of cells) {
      if (cell === '') continue;
      if (isNothing(cell)) empty.set(cell, (empty.get(cell) ?? 0) + 1);
      else if (hasRange(modality) && numbers.size < 1000) {
        const token = splitNumbers(numbersWithUnit(cell)?.number ?? cell, false)[0] ?? '';
        const value = numberIn(token, marksIn(marks, table));
        if (!Number.isNaN(value)) numbers.set(token.slice(0, longest), value);
      }
    }
  }
  const hasMark = ([cell]: readonly [string, number]) => (/\d[.,' ]\d/.test(cell) ? 0 : 1);
  return {
    letters: [...letters],
    numbers: [...numbers]
      .sort((a, b) => hasMark(a) - hasMark(b))
      .slice(0, shown)
      .map(([cell, value]) => ({ cell, value })),
    nothing: [...empty]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 2 * shown)
      .map(([cell, count]) => ({ cell: cell.slice(0, longest), count })),
  };
}
