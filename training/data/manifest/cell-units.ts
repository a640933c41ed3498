import type { Nothing } from '../../cells/nothing.ts';
import { isBareNumber, type NumberWithUnit, numberWithUnit } from '../../cells/numbers-with-unit.ts';
import { isSameUnit } from '../../cells/written-units.ts';

/** Unit of a column's numbers, and whether it stands in their cells. */
export interface CellUnit {
  /** Empty where nothing says one. */
  readonly unit: string;
  /** `always`: only the cells say it, so that one without it may be in any unit; `maybe`: the heading says it, too; `never`. */
  readonly carried: 'always' | 'maybe' | 'never';
}

/** Units of a measurement's columns, in their order. */
export interface MeasurementUnits {
  readonly columns: readonly CellUnit[];
  /** True if a number may lack its unit, so that each cell has to be looked at. */
  readonly areCarried: boolean;
}

/** Share of a column's cells that are numbers, and of those that carry its unit. */
const [alike, most] = [0.8, 0.5];

/**
 * Units of the columns: what their headings say, else what stands in their cells.
 * @param headings empty where one says none
 * @param rows first ones
 */
export function cellUnits(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  nothing: Nothing,
): CellUnit[] {
  return headings.map((heading, column) => {
    if (heading !== '') return { unit: heading, carried: 'maybe' };
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => !nothing.inReading(cell));
    const unit = unitOfMost(cells);
    return unit === undefined ? { unit: '', carried: 'never' } : { unit, carried: 'always' };
  });
}

function unitOfMost(cells: readonly string[]): string | undefined {
  const found = cells.map(numberWithUnit);
  const measured = found.filter((one) => one !== undefined);
  if (measured.length < most * cells.length) return undefined;
  const numbers = cells.filter((cell, index) => found[index] !== undefined || isBareNumber(cell)).length;
  if (numbers < alike * cells.length) return undefined;
  const groups: [NumberWithUnit, ...NumberWithUnit[]][] = [];
  for (const one of measured) {
    const same = groups.find(([{ unit }]) => isSameUnit(unit, one.unit));
    if (same) same.push(one);
    else groups.push([one]);
  }
  const group = groups.find(({ length }) => length >= most * cells.length);
  // 12A, 12B, 13A are codes, 1.5A is none.
  return group && group.filter(({ mayBeCode }) => mayBeCode).length <= most * group.length
    ? group[0].unit
    : undefined;
}

/**
 * Cell of a number without the column's unit; undefined where the cell carries another unit, or none where the others carry one. What is
 * no number stays as it is.
 */
export function withoutUnit(cell: string, { unit, carried }: CellUnit): string | undefined {
  if (unit === '') return cell;
  const found = numberWithUnit(cell);
  if (found) {
    if (carried !== 'never' && isSameUnit(found.unit, unit)) return found.number;
    return found.mayBeCode ? cell : undefined;
  }
  return carried === 'always' && isBareNumber(cell) ? undefined : cell;
}
