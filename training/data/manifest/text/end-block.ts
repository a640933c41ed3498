import { isIdHeader } from '../../names.ts';
import { asId, isSummaryWord, saysSummary } from '../../part-identity.ts';
import { cellOf, type ManifestRow } from '../rows.ts';
import { patternOf } from './row-shape.ts';

/** Rows before a gap from which those behind it stand apart, rows of such a block at most, and ids by whose looks a part is known. */
const [leastBefore, mostInBlock, idsLooked] = [3, 30, 300];

/**
 * Rows of a table without the figures below it: of a block behind a blank line at its end, in which one row sums the others up, each row
 * does whose id is written as none of the parts above. Statistics are called by more words than any list holds.
 * @param blocks rows below the names
 */
export async function* withoutEndBlock(
  blocks: AsyncIterable<readonly ManifestRow[]>,
  names: readonly string[],
): AsyncGenerator<readonly ManifestRow[]> {
  const id = names.findIndex(isIdHeader);
  const looks = new Set<string>();
  let held: ManifestRow[] = [];
  let isHolding = false;
  let [before, last] = [0, 0];
  for await (const rows of blocks) {
    let own: ManifestRow[] | undefined = isHolding ? [] : undefined;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!;
      if (row.row > last + 1 && before >= leastBefore && !isHolding) {
        isHolding = true;
        own ??= rows.slice(0, index);
      }
      last = row.row;
      before++;
      if (isHolding) {
        held.push(row);
        if (held.length <= mostInBlock) continue;
        own?.push(...held);
        held = [];
        isHolding = false;
        continue;
      }
      own?.push(row);
      if (id >= 0 && looks.size < idsLooked && before <= idsLooked && 'cells' in row)
        looks.add(patternOf(cellOf(row, id)));
    }
    yield own ?? rows;
  }
  if (held.length > 0)
    yield isSummed(held, id) ? held.map((row) => asSummary(row, id, names[id] ?? '', looks)) : held;
}

/** True if some row of a block sums up others. */
function isSummed(rows: readonly ManifestRow[], id: number): boolean {
  return rows.some((row) => {
    if ('problem' in row) return false;
    return id < 0 ? row.cells.some(saysSummary) : isSummaryWord(asId(cellOf(row, id)));
  });
}

/** A row of figures as one that is left out; a part stays. */
function asSummary(row: ManifestRow, id: number, column: string, looks: ReadonlySet<string>): ManifestRow {
  if ('problem' in row || id < 0) return row;
  const own = cellOf(row, id);
  if (own === '' || looks.has(patternOf(own))) return row;
  const detail = { value: own.slice(0, 40) };
  return { row: row.row, problem: { row: row.row, column, code: 'row-summary', detail } };
}
