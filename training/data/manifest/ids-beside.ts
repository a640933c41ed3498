import { FedReconError } from '../../../protocol/errors.ts';
import { plainName } from '../../cells/series-names.ts';
import { isIdHeader } from '../names.ts';
import { asId } from '../part-identity.ts';
import type { OpenTable } from './open-table.ts';

/** Rows by which it is seen whether two columns of ids say the same. */
const rowsLooked = 300;

/**
 * Refusal of a table that names its ids twice and gives other parts there: two tables stand side by side, and what is measured of the
 * parts of the second would be taken for that of the first's. Undefined where it names them once, or both say the same.
 */
export async function idsBeside({
  names,
  rows,
}: Pick<OpenTable, 'names' | 'rows'>): Promise<FedReconError | undefined> {
  const plain = names.map(plainName);
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
