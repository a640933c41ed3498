import { readdir, stat } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { pictureEnding } from '../../cells/images/picture-ending.ts';
import { findIdentity } from '../part-identity.ts';
import { isMaskFolder, isSystemFolder } from './folder-tree.ts';
import type { NamedPictures, OpenTable } from './open-table.ts';
import { withoutBesides } from './pictures-beside.ts';
import { firstCells, type ManifestRow } from './rows.ts';

/** Name of the column that is added. */
export const picturesByName = 'image';
/** Rows by which the column is found whose cells pictures are called after. */
const rowsLooked = 2000;
/** Share of the pictures, or of the rows, that has to meet: fewer may by chance. */
const leastMet = 0.5;

/**
 * Adds a column of pictures to a table in which no cell names one, where pictures beside it are called after its parts: `SN0012.jpg`
 * of the part `SN0012`. They are looked for in the folder of each of its files and in the folders in that. Where no column of ids is
 * theirs the table stays as it is, and says how many pictures nothing names.
 * @param path the table, or the folder of its files
 */
export async function withNamedPictures(table: OpenTable, path: string): Promise<OpenTable> {
  if (table.found.format === 'folders') return table;
  const root = (await stat(path)).isDirectory() ? path : dirname(path);
  const byName = await picturesBeside(root, foldersOf(table));
  const all = [...byName.values()].reduce((sum, own) => sum + own.length, 0);
  if (all === 0) return table;
  const rows = await firstCells(table.rows(), rowsLooked);
  if (rows.some((cells) => cells.some((cell) => pictureEnding.test(cell)))) return table;
  const by = columnMet(table.names, rows, byName);
  const named = (found: NamedPictures): OpenTable['found'] => ({ ...table.found, named: found });
  if (by === undefined) return { ...table, found: named({ column: null, by: null, pictures: 0, left: all }) };
  const pictureOf = ({
    cells,
    table: file,
  }: {
    readonly cells: readonly string[];
    readonly table?: string | undefined;
  }) => besideOf(byName.get(keyOf(cells[by] ?? '')) ?? [], file);
  let pictures = 0;
  for await (const row of table.rows()) if ('cells' in row && pictureOf(row) !== '') pictures++;
  const { blocks: _, ...rest } = table;
  const width = table.names.length;
  return {
    ...rest,
    found: named({
      column: picturesByName,
      by: table.names[by]!,
      pictures,
      left: Math.max(0, all - pictures),
    }),
    names: [...table.names, picturesByName],
    ...(table.units && { units: [...table.units, ''] }),
    marksOf: (columns) => table.marksOf(new Set([...columns].filter((column) => column < width))),
    async *rows(onBytes) {
      for await (const row of table.rows(onBytes))
        yield 'cells' in row ? withPicture(row, width, pictureOf(row)) : row;
    },
  };
}

type Pictures = ReadonlyMap<string, readonly string[]>;

/** A row with one cell more, which stands where the row does. */
function withPicture(
  row: Extract<ManifestRow, { cells: readonly string[] }>,
  width: number,
  picture: string,
): ManifestRow {
  const { row: place, isDamaged, table } = row;
  const cells = Array.from({ length: width + 1 }, (_, column) =>
    column === width ? picture : (row.cells[column] ?? ''),
  );
  const hasPlaces = 'placeOf' in row && row.placeOf !== undefined;
  return {
    ...{ row: place, cells, table },
    ...(isDamaged && { isDamaged }),
    ...(hasPlaces && {
      placeOf: (column: number, number?: number) =>
        column === width ? undefined : row.placeOf?.(column, number),
    }),
  };
}

/** Folders of the files of a table, relative to the chosen one. */
function foldersOf({ files, found }: OpenTable): readonly string[] {
  const names = [...(files?.keys() ?? []), ...(found.joined ?? [])];
  return [
    ...new Set(['', ...names.map((name) => posix.dirname(name)).map((name) => (name === '.' ? '' : name))]),
  ];
}

/** Pictures in these folders and in the folders in them, relative to the root, by their names without an ending. */
async function picturesBeside(root: string, folders: readonly string[]): Promise<Pictures> {
  const below: string[] = [];
  const pictures = new Set<string>();
  const list = async (folder: string, isInner: boolean) => {
    // A folder that may not be read holds nothing that could be imported.
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (/^[.~]/.test(entry.name) || isMaskFolder(entry.name) || isSystemFolder(entry.name)) continue;
      const own = posix.join(folder, entry.name);
      if (entry.isDirectory() && !isInner) below.push(own);
      // What a link leads to is checked when it is read.
      else if ((entry.isFile() || entry.isSymbolicLink()) && pictureEnding.test(entry.name))
        pictures.add(own);
    }
  };
  for (const folder of folders) await list(folder, false);
  for (const folder of new Set(below)) await list(folder, true);
  return Map.groupBy(withoutBesides([...pictures].sort()).parts, (path) =>
    keyOf(posix.basename(path).replace(pictureEnding, '')),
  );
}

/** What a name and a cell share that mean the same part: without case and composition. */
function keyOf(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** The only picture of a name, or of several the only one beside the row's own table; else none. */
function besideOf(pictures: readonly string[], table: string | undefined): string {
  if (pictures.length === 1) return pictures[0]!;
  const own =
    table === undefined ? [] : pictures.filter((path) => posix.dirname(path) === posix.dirname(table));
  return own.length === 1 ? own[0]! : '';
}

/** Column of ids whose cells the pictures are called after; undefined where there is none. */
function columnMet(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  byName: Pictures,
): number | undefined {
  const met = names.map((_, column) => {
    // Numbers that come again and again may be called as pictures are; ids are all different.
    if (findIdentity(names, rows, (one) => one === column).column !== column) return 0;
    return new Set(rows.map((cells) => keyOf(cells[column] ?? '')).filter((key) => byName.has(key))).size;
  });
  const most = Math.max(...met);
  const isEnough = most > 0 && most >= leastMet * Math.min(byName.size, rows.length);
  return isEnough ? met.indexOf(most) : undefined;
}
