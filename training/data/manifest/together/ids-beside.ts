import { FedReconError } from '../../../../protocol/errors.ts';
import { plainName } from '../../../cells/series-names.ts';
import { isIdHeader } from '../../names.ts';
import { asId } from '../../part-identity.ts';
import type { OpenTable } from '../open-table.ts';
import { firstCells, type ManifestRow } from '../rows.ts';

/** Rows by which it is seen whether two columns of ids say the same. */
const rowsLooked = 300;

/** True if no cell of a column says anything. */
async function isEmpty(rows: AsyncIterable<ManifestRow>, column: number): Promise<boolean> {
  return (await firstCells(rows, rowsLooked)).every((cells) => (cells[column] ?? '') === '');
}

/**
 * Refusal of two tables that stand side by side: behind an empty column ids, or the same names, come again, or ids come again and are
 * others. What is measured of the parts of the second would be taken for that of the first's. Undefined where there is one table.
 */
export async function idsBeside({
  names,
  rows,
}: Pick<OpenTable, 'names' | 'rows'>): Promise<FedReconError | undefined> {
  const plain = names.map(plainName);
  const gap = names.findIndex((name, column) => name === '' && column > 0);
  const [before, behind] = [plain.slice(0, gap), plain.slice(gap + 1).filter((name) => name !== '')];
  const isAgain =
    (before.some(isIdHeader) && behind.some(isIdHeader)) ||
    (behind.length > 1 && behind.every((name) => before.includes(name)));
  if (gap > 0 && isAgain && (await isEmpty(rows(), gap)))
    return new FedReconError('columns-beside', { column: names.slice(gap + 1).find((name) => name !== '')! });
  const second = plain.findIndex(
    (name, column) => plain.indexOf(name) < column && isIdHeader(names[column]!),
  );
  if (second < 0) return undefined;
  const first = plain.indexOf(plain[second]!);
  let looked = 0;
  for await (const row of rows()) {
    if (!('cells' in row)) continue;
    if (looked++ === rowsLooked) break;
    const [id, other] = [asId(row.cells[first] ?? ''), asId(row.cells[second] ?? '')];
    if (id !== '' && other !== '' && id !== other)
      return new FedReconError('ids-beside', { column: names[first]!, row: row.row, id, other });
  }
  return undefined;
}
