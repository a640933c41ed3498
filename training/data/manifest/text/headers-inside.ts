import type { ErrorCode, ErrorDetail } from '../../../../protocol/errors.ts';
import { nameWithoutUnit, plainName } from '../../../cells/series-names.ts';
import { isSameUnit, isUnit, unitIn } from '../../../cells/written-units.ts';
import { isIdHeader } from '../../names.ts';
import { someNames } from '../../said-columns.ts';
import { cellOf, type ManifestRow } from '../rows.ts';
import { isCellValue, type RowSpan } from './layout.ts';

/** Names and units of a table's columns, as they stand at its beginning. */
interface ColumnNames {
  readonly names: readonly string[];
  /** By a row below the names; empty where a column has none. */
  readonly units?: readonly string[] | undefined;
}

/** Row inside a table that names columns. */
interface NamesInside {
  readonly row: number;
  readonly cells: readonly string[];
  /** Where the columns of the table lie below it, −1 for one that is not there; undefined where it names others, or gives other units. */
  readonly places: readonly number[] | undefined;
}

/** Names that are enough to tell a row of names by. */
const enough = 2;
/** Rows before a gap from which a single one behind it stands apart. */
const leastApart = 3;

/**
 * Rows of a table in which names of columns come again, as where files were put one behind the other. Below the same names in another order
 * the cells stand where the table has them; rows below other names, or other units, are left out, since nobody knows what they measure,
 * until the table's own names come again. Each such row of names is told.
 * @param blocks rows below the first names
 */
export async function* underNamesInside(
  blocks: AsyncIterable<readonly ManifestRow[]>,
  table: ColumnNames,
): AsyncGenerator<readonly ManifestRow[]> {
  const finder = namesFinder(table);
  let under: NamesInside | undefined;
  let isBelowNames = false;
  let last = 0;
  // Rows behind the last gap, and whether they are enough before it to be a table of their own.
  let [together, isApart] = [0, false];
  const hasIds = table.names.some(isIdHeader);

  function begin(found: NamesInside): ManifestRow {
    const { row, places } = found;
    const isAsFirst = places?.every((place, column) => place === column) ?? false;
    isBelowNames = true;
    under = isAsFirst ? undefined : found;
    if (isAsFirst) return noteOf(row, 'header-repeated', {});
    if (!places) return { ...leftOut(row, found), isNoRow: true };
    const lacking = table.names.filter((_, column) => places[column]! < 0);
    return noteOf(row, 'header-moved', { names: listed(found.cells), ...wordsFor(lacking) });
  }

  /** A row below names that came again; undefined where it only gives their units. */
  function below(row: ManifestRow): ManifestRow | undefined {
    if ('problem' in row || (!isBelowNames && !under)) return row;
    if (isBelowNames) {
      isBelowNames = false;
      const cells = cellsOf(row);
      if (isOfUnits(cells)) {
        const places = under ? under.places : table.names.map((_, column) => column);
        if (places && !givesOther(cells, places, table)) return undefined;
        under = { row: under?.row ?? row.row, cells: under?.cells ?? table.names, places: undefined };
      }
    }
    if (!under) return row;
    const { cells: names, places } = under;
    if (!places) return leftOut(row.row, under);
    const cells = cellsOf(row);
    const detail = { actual: cells.length, expected: names.length };
    if (cells.length > names.length) return problemOf(row.row, 'row-width', detail);
    const moved = places.map((place) => (place < 0 ? '' : (cells[place] ?? '')));
    return { row: row.row, cells: moved, isDamaged: row.isDamaged ?? false };
  }

  for await (const rows of blocks) {
    let own: ManifestRow[] | undefined;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!;
      const found = finder(row, last);
      if (row.row > last + 1 && last > 0) {
        isApart = together >= leastApart || isApart;
        together = 0;
      }
      together++;
      last = row.row;
      const taken = found ? begin(found) : under || isBelowNames ? below(row) : row;
      if (taken !== row) own ??= rows.slice(0, index);
      if (taken) own?.push(taken);
    }
    yield own ?? rows;
  }
  // Beside ids a row that sums up has none, which is listed.
  if (isApart && together === 1 && !hasIds) yield [noteOf(last, 'row-apart', {})];
}

/** What is said of a table that stands above the names of the one that is read. */
export function aboveNames({ first, last }: RowSpan): ManifestRow {
  return noteOf(first, 'rows-above', { first, last });
}

/** Finds a row of names among others, most of which are told by one cell: no column of numbers is called by one. */
function namesFinder(table: ColumnNames): (row: ManifestRow, last: number) => NamesInside | undefined {
  const columnOf = columnFinder(table.names);
  const own = table.names.flatMap((name, column) => (name === '' ? [] : [{ name, column }]));
  const written = new Set(own.flatMap(({ name }) => [name.toLowerCase(), nameWithoutUnit(name)]));
  // Wavelengths are names too.
  const mayProbe = own.length > 0 && !own.some(({ name }) => beginsAsNumber(name));
  const idColumn = table.names.findIndex(isIdHeader);
  let numeric: readonly number[] = [];

  function readNames(cells: readonly string[], row: number, isApart: boolean): NamesInside | undefined {
    const filled = cells.filter((cell) => cell !== '');
    const isLikely = isApart || filled.some((cell) => written.has(cell.toLowerCase()) || isIdHeader(cell));
    if (!isLikely || filled.length < Math.min(enough, own.length)) return undefined;
    const columns = cells.map((cell) => (cell === '' ? -1 : columnOf(cell)));
    const known = columns.filter((column) => column >= 0);
    if (known.length === filled.length && new Set(known).size === known.length) {
      const placeOf = new Map(columns.map((column, place) => [column, place]));
      const places = table.names.map((_, column) => placeOf.get(column) ?? -1);
      const isOther = givesOther(
        cells.map((cell) => unitIn(cell) ?? ''),
        places,
        table,
        cells,
      );
      return { row, cells, places: isOther ? undefined : places };
    }
    if (known.length < filled.length && filled.some(isCellValue)) return undefined;
    const areWords = numeric.every((column) => /\p{L}/u.test(cells[column] ?? ''));
    const isNamed = filled.some((cell) => isIdHeader(cell)) || (idColumn >= 0 && columns.includes(idColumn));
    const isOther =
      areWords &&
      ((known.length >= enough && 2 * known.length > filled.length) ||
        (isNamed && numeric.length > 0) ||
        (isApart && numeric.length >= enough && new Set(filled).size === filled.length));
    return isOther ? { row, cells, places: undefined } : undefined;
  }

  return (row, last) => {
    if ('problem' in row) return row.wide && readNames(row.wide, row.row, row.row > last + 1);
    const probe = numeric[0];
    if (probe !== undefined) {
      if (row.number && !Number.isNaN(row.number(probe))) return undefined;
      if (beginsAsNumber(cellOf(row, probe))) return undefined;
    }
    if (own.length === 0) return undefined;
    const cells = cellsOf(row);
    const found = readNames(cells, row.row, last > 0 && row.row > last + 1);
    if (!found && mayProbe && numeric.length === 0)
      numeric = cells.flatMap((cell, column) => (beginsAsNumber(cell) ? [column] : []));
    return found;
  };
}

/** Finds the column that a cell names: as it is written, else without its unit; −1 where it names none, or one of two. */
function columnFinder(names: readonly string[]): (cell: string) => number {
  const [whole, bare] = [new Map<string, number>(), new Map<string, number>()];
  for (const [column, name] of names.entries())
    for (const [known, key] of [
      [whole, plainName(name)],
      [bare, nameWithoutUnit(name)],
    ] as const)
      known.set(key, known.has(key) ? -1 : column);
  return (cell) => whole.get(plainName(cell)) ?? bare.get(nameWithoutUnit(cell)) ?? -1;
}

/** True if some column is given in another unit than the table gives it; where `names` are given, also in a unit where that has none in its name, or the other way round. */
function givesOther(
  units: readonly string[],
  places: readonly number[],
  { names, units: below }: ColumnNames,
  headings?: readonly string[],
): boolean {
  return names.some((name, column) => {
    const place = places[column]!;
    if (place < 0) return false;
    const [unit, inName, inRow] = [units[place] ?? '', unitIn(name) ?? '', below?.[column] ?? ''];
    if (unit !== '' && (inRow || inName) !== '') return !isSameUnit(unit, inRow || inName);
    // A row of units may follow.
    if (headings) return unit !== '' || (inName !== '' && inRow === '');
    return unit !== '';
  });
}

function isOfUnits(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '' && !/^[-–—]+$/.test(cell));
  return filled.length > 0 && filled.every(isUnit);
}

/** Of a row that is not cut yet without keeping its cells. */
function cellsOf(row: Extract<ManifestRow, { cells: readonly string[] }>): readonly string[] {
  return row.cut?.() ?? row.cells;
}

function beginsAsNumber(cell: string): boolean {
  const code = cell.charCodeAt(0);
  // Digits, the signs before them, and a mark with no digit before it.
  return code >= 0x2b && code <= 0x39 && code !== 0x2f && /\d/.test(cell.slice(0, 3));
}

function problemOf(
  row: number,
  code: ErrorCode,
  detail: ErrorDetail,
): Extract<ManifestRow, { problem: unknown }> {
  return { row, problem: { row, column: '', code, detail } };
}

function noteOf(row: number, code: ErrorCode, detail: ErrorDetail): ManifestRow {
  return { ...problemOf(row, code, detail), isNoRow: true };
}

function leftOut(
  row: number,
  { row: header, cells }: NamesInside,
): Extract<ManifestRow, { problem: unknown }> {
  return problemOf(row, 'header-other', { header, names: listed(cells) });
}

function listed(names: readonly string[]): string {
  return someNames(names).replaceAll(/\s+/g, ' ');
}

/** What the message says of columns that are not among the names. */
function wordsFor(lacking: readonly string[]): ErrorDetail {
  if (lacking.length === 0) return { lacking: '', lackingJa: '' };
  return { lacking: `; without ${listed(lacking)}`, lackingJa: `。ない列：${listed(lacking)}` };
}
