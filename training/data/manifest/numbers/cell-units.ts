import type { Nothing } from '../../../cells/nothing.ts';
import { splitNumbers } from '../../../cells/numbers.ts';
import { isBareNumber, type NumberWithUnit, numbersWithUnit } from '../../../cells/numbers-with-unit.ts';
import { isSameUnit } from '../../../cells/written-units.ts';

/** Unit of a column's numbers, and whether it stands in their cells. */
export interface CellUnit {
  /** Empty where nothing says one. */
  readonly unit: string;
  /** `always`: only the cells say it, so that one without it may be in any unit; `maybe`: the heading says it, too; `never`. */
  readonly carried: 'always' | 'maybe' | 'never';
  /** Unit of a column that may as well hold codes, as `12A`: where it is known to be a measurement, its numbers are in it. */
  readonly ofCodes?: string;
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
 * Unit of a column: what its heading says, else what stands in its cells.
 * @param heading empty where it says none
 * @param cells first ones
 */
export function cellUnit(heading: string, cells: readonly string[], nothing: Nothing): CellUnit {
  if (heading !== '') return { unit: heading, carried: 'maybe' };
  const group = commonUnit(cells.filter((cell) => !nothing.inReading(cell)));
  if (!group) return { unit: '', carried: 'never' };
  const [{ unit }] = group;
  // 12A, 12B, 13A are codes, 1.5A is none.
  return group.filter(({ mayBeCode }) => mayBeCode).length > most * group.length
    ? { unit: '', carried: 'never', ofCodes: unit }
    : { unit, carried: 'always' };
}

/** The unit of a column that is known to be a measurement. */
export function measuredIn(column: CellUnit): CellUnit {
  return column.ofCodes === undefined ? column : { unit: column.ofCodes, carried: 'always' };
}

/** Numbers of the one unit that most cells carry, if these are numbers. */
function commonUnit(cells: readonly string[]): [NumberWithUnit, ...NumberWithUnit[]] | undefined {
  const found = cells.map(numbersWithUnit);
  const measured = found.filter((one) => one !== undefined);
  if (measured.length < most * cells.length) return undefined;
  const numbers = cells.filter((cell, index) => found[index] !== undefined || areBare(cell)).length;
  if (numbers < alike * cells.length) return undefined;
  const groups: [NumberWithUnit, ...NumberWithUnit[]][] = [];
  for (const one of measured) {
    const same = groups.find(([{ unit }]) => isSameUnit(unit, one.unit));
    if (same) same.push(one);
    else groups.push([one]);
  }
  return groups.find(({ length }) => length >= most * cells.length);
}

/** True if a cell is one number without a unit, or several. */
function areBare(cell: string): boolean {
  return isBareNumber(cell) || splitNumbers(cell, true).every((token) => isBareNumber(token));
}

/**
 * Cell of a number, or of several, without the column's unit; undefined where the cell carries another unit, or none where the others carry one. What is
 * no number stays as it is.
 */
export function withoutUnit(cell: string, { unit, carried }: CellUnit): string | undefined {
  if (unit === '') return cell;
  const found = numbersWithUnit(cell);
  if (found) {
    if (carried !== 'never' && isSameUnit(found.unit, unit)) return found.number;
    return found.mayBeCode ? cell : undefined;
  }
  return carried === 'always' && areBare(cell) ? undefined : cell;
}
