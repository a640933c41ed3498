import { FedReconError } from '../../../../protocol/errors.ts';
import type { ManifestRow } from '../rows.ts';

/** Row that could not be read. */
export type BadRow = Extract<ManifestRow, { problem: unknown }>;

/**
 * Refusal of a table of which no row fits its names, by the first that does not: a program may have named all columns but the one with
 * the names of its rows.
 */
export function unusableRows(manifest: string, { row, wide, problem: { detail } }: BadRow): FedReconError {
  const expected = Number(detail.expected);
  const actual = expected + 1;
  if (wide && detail.actual === actual)
    return new FedReconError('rows-longer', {
      manifest,
      row,
      actual,
      expected,
      value: wide[0]!.slice(0, 40),
    });
  return new FedReconError('rows-unusable', { manifest, row });
}
