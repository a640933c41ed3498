import { usuallyNothing } from '../cells/nothing.ts';
import { trainingKind } from '../kinds/index.ts';
import type { ColumnMeasurement } from './understood-columns.ts';

/** Least number of columns of single numbers that are joined. */
const leastJoined = 3;
/** Share of the rows in which columns are measured, or missing, together. */
const together = 0.98;
/** Name of the measurement that joined columns become. */
const joinedHeader = 'values';
export const joinedLabel = { en: 'Values', ja: '計測値' };

/**
 * Joins columns of single numbers that are measured together to one measurement, a channel each: what an instrument says of a
 * part at once is known or missing at once, and a mapping for each pair of its numbers would teach nothing else. Where nothing
 * else is measured they stay apart, since then one is reconstructed from the others.
 */
export function joinNamedColumns(
  measurements: readonly ColumnMeasurement[],
  rows: readonly (readonly string[])[],
): ColumnMeasurement[] {
  const groups: ColumnMeasurement[][] = [];
  for (const measurement of measurements) {
    if (!isSingle(measurement)) continue;
    const known = groups.find(([first]) => agree(first!, measurement, rows) >= together * rows.length);
    if (known) known.push(measurement);
    else groups.push([measurement]);
  }
  const joined = groups.filter((group) => group.length >= leastJoined && group.length < measurements.length);
  return measurements.flatMap((measurement) => {
    const group = joined.find((one) => one.includes(measurement));
    if (!group) return measurement;
    if (group[0] !== measurement) return [];
    const columns = group.flatMap((one) => one.columns);
    return { ...measurement, header: joinedHeader, columns, length: columns.length, isNamed: true };
  });
}

function isSingle({ kind, columns, length }: ColumnMeasurement): boolean {
  return trainingKind({ kind }).joinsColumns && columns.length === 1 && length === 1;
}

/** Number of rows in which both are measured, or neither is. */
function agree(
  one: ColumnMeasurement,
  other: ColumnMeasurement,
  rows: readonly (readonly string[])[],
): number {
  const has = ({ columns: [column] }: ColumnMeasurement, row: readonly string[]) =>
    !usuallyNothing.inReading(row[column!] ?? '');
  return rows.filter((row) => has(one, row) === has(other, row)).length;
}
