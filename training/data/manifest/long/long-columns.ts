import { usuallyNothing } from '../../../cells/nothing.ts';
import { numberWithUnit } from '../../../cells/numbers-with-unit.ts';
import { isPlaceName, isTimeName, plainName } from '../../../cells/series-names.ts';
import { isUnit } from '../../../cells/written-units.ts';
import { isChannelName, isIdHeader, isOrderName, isValueName } from '../../names.ts';
import type { ReadingSettings } from '../reading-settings.ts';

/** What the columns of a table of one value a row are, by their places. */
export interface LongColumns {
  readonly id: number;
  /** What orders the values of a series, its time or its place; −1 where nothing does. */
  readonly time: number;
  /** −1 where the columns of the values are the channels. */
  readonly channel: number;
  readonly values: readonly number[];
  /** Unit of the row's value; −1 where no column says it. */
  readonly unit: number;
  /** Columns that say the same of all rows of a part. */
  readonly same: readonly number[];
  /** Columns that say something else in each row, and are not used. */
  readonly left: readonly number[];
  /** 0…1. */
  readonly confidence: number;
}

/** Rows of a part, on average, from which a table may be one of values. */
const leastRows = 2;
const alike = 0.9;

/** Column of the ids: the one that a person has named, else by its usual name; −1 where there is none. */
export function idColumn(names: readonly string[], { partColumn }: ReadingSettings): number {
  return partColumn === undefined ? names.findIndex(isIdHeader) : names.indexOf(partColumn);
}

/** Columns of a table of values: the part, the time, the channel, the value, the unit, and a few that say more. */
const mostColumns = 16;

/** True unless a table has more columns than one of values has, and none that is called after a time, a place or a channel. */
export function mayBeLong(own: readonly string[], id: number): boolean {
  const tests = [isTimeName, isPlaceName, isChannelName];
  return (
    own.length <= mostColumns || own.some((name, column) => column !== id && tests.some((test) => test(name)))
  );
}

/** True if ids come again so often that a row is no part. @param rows some rows of some parts */
export function hasRepeatedIds(id: number, rows: readonly (readonly string[])[]): boolean {
  return new Set(rows.map((row) => row[id] ?? '')).size * leastRows <= rows.length;
}

/**
 * Finds out whether each row of a table is one value of a part, and not a part: ids that come again and again, beside the time or
 * place of a value or the name of its channel. What a person has said of a column holds.
 * @param own the columns' names, each different
 * @param rows some rows of some parts
 * @returns undefined where it is not so
 */
export function longColumns(
  own: readonly string[],
  id: number,
  rows: readonly (readonly string[])[],
  given: ReadingSettings,
): LongColumns | undefined {
  const said = (name: string) => own.indexOf(name);
  const isSaid = given.rows === 'values';
  const ids = rows.map((row) => row[id] ?? '');
  if (!isSaid && !hasRepeatedIds(id, rows)) return undefined;
  const columns = own.map((_, column) => rows.map((row) => row[column] ?? ''));
  const isFree = (column: number) => column !== id;
  const filled = (column: number) => columns[column]!.filter((cell) => !usuallyNothing.inText(cell));
  const share = (column: number, test: (cell: string) => boolean) => {
    const cells = filled(column);
    return cells.length > 0 && cells.filter(test).length >= alike * cells.length;
  };
  const isNumeric = (column: number) =>
    share(column, (cell) => isNumber(cell) || isMeasured(cell, isValueName(own[column]!)));
  const find = (test: (name: string, column: number) => boolean) =>
    own.findIndex((name, column) => isFree(column) && test(name, column));
  const isMoving = (column: number) => variation(ids, columns[column]!) > 0;
  const timed = find((name, column) => isTimeName(name) && isMoving(column));
  const time =
    given.timeColumn !== undefined
      ? said(given.timeColumn)
      : timed >= 0
        ? timed
        : find((name, column) => isPlaceName(name) && isNumeric(column) && isMoving(column));
  const isPair = (column: number) => {
    const cells = columns[column]!;
    return (
      new Set(cells).size > 1 &&
      new Set(cells).size * leastRows <= cells.length &&
      new Set(cells.map((cell, row) => `${ids[row]}\n${cell}`)).size === cells.length
    );
  };
  const named = find((name, column) => isChannelName(name) && column !== time && filled(column).length > 0);
  const channel =
    given.channelColumn !== undefined
      ? said(given.channelColumn)
      : named >= 0 || time >= 0
        ? named
        : find((_, column) => !isNumeric(column) && isPair(column));
  if (time < 0 && channel < 0) return undefined;
  const others = own.flatMap((_, column) => ([id, time, channel].includes(column) ? [] : [column]));
  const unit = others.find((column) => unitNames.has(plainName(own[column]!)) && share(column, isUnit)) ?? -1;
  // A slip in a column that says the same of a part makes it no series; a numeric one that changes at all may be one.
  const moves = (column: number) =>
    variation(ids, columns[column]!) > (channel < 0 && isNumeric(column) ? 0 : 1 - alike);
  const moving = others.filter((column) => column !== unit && moves(column));
  const numeric = moving.filter(
    (column) => isNumeric(column) && !isOrderName(own[column]!) && !isTimeName(own[column]!),
  );
  const called = numeric.filter((column) => isValueName(own[column]!));
  const values =
    given.valueColumn !== undefined && given.valueColumn !== ''
      ? [said(given.valueColumn)].filter((column) => column >= 0)
      : channel < 0
        ? numeric
        : called.length > 0
          ? called.slice(0, 1)
          : numeric.length === 1
            ? numeric
            : others.filter((column) => isValueName(own[column]!)).slice(0, 1);
  if (values.length === 0) return undefined;
  const left = moving.filter((column) => !values.includes(column));
  const isClear =
    (channel < 0 || named >= 0) && values.every((column) => channel < 0 || isValueName(own[column]!));
  return {
    ...{ id, time, channel, values, unit, left },
    same: others.filter((column) => column !== unit && !values.includes(column) && !left.includes(column)),
    confidence: isSaid ? 1 : isClear ? 0.9 : 0.7,
  };
}

const unitNames: ReadonlySet<string> = new Set(['unit', 'units', 'uom', '単位', 'einheit']);

/** Share of the rows behind the first of their part that say something else than that. */
function variation(ids: readonly string[], cells: readonly string[]): number {
  const first = new Map<string, string>();
  const others = cells.filter((cell, row) => {
    const known = first.get(ids[row]!);
    if (known === undefined) first.set(ids[row]!, cell);
    return known !== undefined && known !== cell;
  });
  return others.length / Math.max(1, cells.length - first.size);
}

/** True if a cell is a number with its unit; `12A` may be a code where nothing says that it is a value. */
function isMeasured(cell: string, isValue: boolean): boolean {
  const found = numberWithUnit(cell);
  return found !== undefined && (isValue || !found.mayBeCode);
}

function isNumber(cell: string): boolean {
  const text = cell.normalize('NFKC');
  const isOfDigits = /^[-+−]?[\d\s.,']+(e[-+]?\d+)?$/i.test(text) && /\d[.,]*(e[-+]?\d+)?$/i.test(text);
  return isOfDigits || usuallyNothing.inReading(cell);
}
