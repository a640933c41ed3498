import { readdir, stat } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { pictureEnding } from '../../../cells/images/picture-ending.ts';
import { findIdentity } from '../../part-identity.ts';
import type { NamedPictures, OpenTable } from '../open-table.ts';
import { givenOr, type ReadingSettings } from '../reading-settings.ts';
import { firstCells, type ManifestRow } from '../rows.ts';
import { isMaskFolder, isSystemFolder } from './folder-tree.ts';
import { isCameraWord, mostViews } from './part-views.ts';
import { withoutBesides } from './pictures-beside.ts';

/** Name of the column that is added, where each part has one picture. */
const picturesByName = 'image';
/** Rows by which the column is found whose cells pictures are called after. */
const rowsLooked = 2000;
/** Share of the pictures, or of the rows, that has to meet: fewer may by chance. So of the parts that have several, for these to be views. */
const leastMet = 0.5;
/** Folders in folders that are looked into. */
const deepest = 4;

/** True if a column may be one of pictures that are called after parts: such columns come and go with the pictures. */
export function isNamedColumn(name: string): boolean {
  return name === picturesByName || name.startsWith(`${picturesByName} `) || isCameraWord(name);
}

/**
 * Adds a column of pictures to a table in which no cell names one, where pictures beside it are called after its parts: `SN0012.jpg` or
 * `SN0012_top.jpg` of the part `SN0012`; a column for each view where most parts have several, told apart by the ends of their names, or
 * by folders that are called as cameras are. They are looked for in the folder of each of its files and in the folders in that. Where no
 * column of ids is theirs the table stays as it is, and says how many pictures nothing names.
 * @param path the table, or the folder of its files
 */
export async function withNamedPictures(
  table: OpenTable,
  path: string,
  { images: said }: ReadingSettings = {},
): Promise<OpenTable> {
  if (table.found.format === 'folders') return table;
  const root = (await stat(path)).isDirectory() ? path : dirname(path);
  const all = await picturesBeside(root, foldersOf(table));
  if (all.length === 0) return table;
  const rows = await firstCells(table.rows(), rowsLooked);
  if (rows.some((cells) => cells.some((cell) => pictureEnding.test(cell)))) return table;
  const by = columnMet(table.names, rows, all);
  const named = (found: NamedPictures): OpenTable['found'] => ({ ...table.found, named: found });
  if (by === undefined)
    return { ...table, found: named({ columns: [], by: null, pictures: 0, left: all.length }) };
  const ids = new Set<string>();
  for await (const row of table.rows()) if ('cells' in row) ids.add(keyOf(row.cells[by] ?? ''));
  const picturesOf = assigned(all, ids, said === 'views');
  const views = await viewsOf(table, (row) => picturesOf(keyOf(row.cells[by] ?? ''), row.table));
  const isViewed = said !== 'parts' && views.names.length > 1;
  const columns = isViewed ? views.names : [picturesByName];
  const cellsOf = (row: ReadRow): readonly string[] => {
    const own = picturesOf(keyOf(row.cells[by] ?? ''), row.table);
    return isViewed ? columns.map((name) => own.get(name) ?? '') : [onlyOf(own)];
  };
  const pictures = isViewed ? views.pictures : views.alone;
  const { blocks: _, ...rest } = table;
  const width = table.names.length;
  const own = columns.map((name) => (table.names.includes(name) ? `${name} (2)` : name));
  return {
    ...rest,
    found: {
      ...named({ columns: own, by: table.names[by]!, pictures, left: Math.max(0, all.length - pictures) }),
      ...((isViewed || views.several > 0) && {
        images: givenOr<'views' | 'parts'>(said, () => ({
          ...(isViewed ? { value: 'views', confidence: 0.9 } : { value: 'parts', confidence: 0.5 }),
          reason: 'names-repeat',
        })),
      }),
    },
    names: [...table.names, ...own],
    ...(table.units && { units: [...table.units, ...own.map(() => '')] }),
    marksOf: (columns) => table.marksOf(new Set([...columns].filter((column) => column < width))),
    async *rows(onBytes) {
      for await (const row of table.rows(onBytes))
        yield 'cells' in row ? withPictures(row, width, cellsOf(row)) : row;
    },
  };
}

type ReadRow = Extract<ManifestRow, { cells: readonly string[] }>;

/** Pictures of a part by the column of their view; two of one view stand under a name that is no column. */
type OwnPictures = ReadonlyMap<string, string>;

/** A row with a cell more for each column, which stand where the row does. */
function withPictures(row: ReadRow, width: number, pictures: readonly string[]): ManifestRow {
  const { row: place, isDamaged, table } = row;
  const cells = [...Array.from({ length: width }, (_, column) => row.cells[column] ?? ''), ...pictures];
  const hasPlaces = 'placeOf' in row && row.placeOf !== undefined;
  return {
    ...{ row: place, cells, table },
    ...(isDamaged && { isDamaged }),
    ...(hasPlaces && {
      placeOf: (column: number, number?: number) =>
        column >= width ? undefined : row.placeOf?.(column, number),
    }),
  };
}

/** The only picture of a part, or of several the one that is called as the part alone; else none. */
function onlyOf(own: OwnPictures): string {
  if (own.size === 1) return own.values().next().value!;
  const isTwice = [...own.keys()].some((name) => name.startsWith(unclear));
  return isTwice ? '' : (own.get(picturesByName) ?? '');
}

/** What the parts of a table have of pictures. */
interface Views {
  /** Views, as columns; none where most parts with pictures have one only. */
  readonly names: readonly string[];
  /** Parts that have several pictures. */
  readonly several: number;
  /** Pictures of parts: all, and those that are the only one. */
  readonly pictures: number;
  readonly alone: number;
}

/** Finds of which views most parts with pictures have several. */
async function viewsOf(table: OpenTable, picturesOf: (row: ReadRow) => OwnPictures): Promise<Views> {
  const names = new Set<string>();
  let [several, some, pictures, alone] = [0, 0, 0, 0];
  for await (const row of table.rows()) {
    if (!('cells' in row)) continue;
    const own = picturesOf(row);
    for (const name of own.keys()) if (names.size <= mostViews) names.add(name);
    some += own.size > 0 ? 1 : 0;
    several += own.size > 1 ? 1 : 0;
    pictures += own.size;
    alone += onlyOf(own) === '' ? 0 : 1;
  }
  const isUnclear = [...names].some((name) => name.startsWith(unclear)) || names.size > mostViews;
  const isMost = several > 0 && several >= leastMet * some && !isUnclear;
  const sorted = [...names].sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return { names: isMost ? sorted : [], several, pictures, alone };
}

/** Beginning of the name of what is no view. */
const unclear = '\0';

/**
 * Pictures by the ids that they are called after: the whole name, or its longest beginning that is an id.
 * @param anyFolder whether each folder is a view, however it is called
 * @returns those of an id, in whose table's folder they are looked for first
 */
function assigned(
  pictures: readonly string[],
  ids: ReadonlySet<string>,
  anyFolder: boolean,
): (id: string, table: string | undefined) => OwnPictures {
  const byId = new Map<string, { path: string; end: string }[]>();
  for (const path of pictures) {
    const found = beginningsOf(path).find(({ key }) => ids.has(key));
    if (!found) continue;
    const own = byId.get(found.key) ?? [];
    own.push({ path, end: found.end });
    byId.set(found.key, own);
  }
  return (id, table) => {
    const all = byId.get(id) ?? [];
    const folder = table === undefined ? '.' : posix.dirname(table);
    const near = folder === '.' ? all : all.filter(({ path }) => path.startsWith(`${folder}/`));
    const own = near.length > 0 ? near : all;
    const views = new Map<string, string>();
    for (const { path, end } of own) {
      const folders = path.split('/').slice(0, -1);
      const camera = folders.findLast(isCameraWord) ?? (anyFolder ? folders.at(-1) : undefined);
      const words = [camera, end === '' ? undefined : end].filter((word) => word !== undefined);
      const [only] = words;
      const name = words.length === 1 && isCameraWord(only!) ? only! : [picturesByName, ...words].join(' ');
      views.set(views.has(name) ? `${unclear}${path}` : name, path);
    }
    return views;
  };
}

/** What a picture may be called after: its whole name, then each beginning up to a separator, the longest first; with the rest. */
function beginningsOf(path: string): { readonly key: string; readonly end: string }[] {
  const name = posix.basename(path).replace(pictureEnding, '').trim();
  const ends = [...name.matchAll(/[-_. (]+/g)].filter(({ index }) => index > 0).reverse();
  return [
    { key: keyOf(name), end: '' },
    ...ends.map(({ index, 0: between }) => ({
      key: keyOf(name.slice(0, index)),
      end: name.slice(index + between.length).replace(/\)$/, ''),
    })),
  ];
}

/** Folders of the files of a table, relative to the chosen one. */
function foldersOf({ files, found }: OpenTable): readonly string[] {
  const names = [...(files?.keys() ?? []), ...(found.joined ?? [])];
  return [
    ...new Set(['', ...names.map((name) => posix.dirname(name)).map((name) => (name === '.' ? '' : name))]),
  ];
}

/** Pictures in these folders and in the folders in them, relative to the root. */
async function picturesBeside(root: string, folders: readonly string[]): Promise<readonly string[]> {
  const pictures = new Set<string>();
  const seen = new Set<string>();
  const list = async (folder: string, depth: number): Promise<void> => {
    if (seen.has(folder)) return;
    seen.add(folder);
    // A folder that may not be read holds nothing that could be imported.
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (/^[.~]/.test(entry.name) || isMaskFolder(entry.name) || isSystemFolder(entry.name)) continue;
      const own = posix.join(folder, entry.name);
      if (entry.isDirectory() && depth < deepest) await list(own, depth + 1);
      // What a link leads to is checked when it is read.
      else if ((entry.isFile() || entry.isSymbolicLink()) && pictureEnding.test(entry.name))
        pictures.add(own);
    }
  };
  for (const folder of folders) await list(folder, 0);
  return withoutBesides([...pictures].sort()).parts;
}

/** What a name and a cell share that mean the same part: without case and composition. */
function keyOf(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Column of ids whose cells the pictures are called after, by their whole names or else by how these begin; undefined where there is none. */
function columnMet(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  pictures: readonly string[],
): number | undefined {
  const called = pictures.map(beginningsOf);
  const whole = new Set(called.map(([name]) => name!.key));
  const begun = new Set(called.flatMap((beginnings) => beginnings.map(({ key }) => key)));
  for (const keys of [whole, begun]) {
    const met = names.map((_, column) => {
      // Numbers that come again and again may be called as pictures are; ids are all different.
      if (findIdentity(names, rows, (one) => one === column).column !== column) return 0;
      return new Set(rows.map((cells) => keyOf(cells[column] ?? '')).filter((key) => keys.has(key))).size;
    });
    const most = Math.max(...met);
    if (most > 0 && most >= leastMet * Math.min(whole.size, rows.length)) return met.indexOf(most);
  }
  return undefined;
}
