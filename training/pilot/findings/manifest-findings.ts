import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { ImportProblem } from '../../data/problems.ts';
import { spread } from '../../measures/spread.ts';
import type { Finding } from '../pilot-facts.ts';
import type { PlantParts } from '../show.ts';

const examplesKept = 4;
/** Largest number of files in a folder whose unlisted ones are counted; for more it would take too long. */
const mostFiles = 200_000;

/**
 * Findings of cells and rows that an import could not use, one for each reason, a code of the error table.
 * @param parts number of parts that it brought
 * @param table name by which its examples are called, where several imports are judged
 */
export function unreadable(problems: readonly ImportProblem[], parts: number, table = ''): Finding[] {
  const rows = parts + problems.filter(({ column }) => column === '').length;
  return [...Map.groupBy(problems, ({ code, column }) => `${code}/${column}`).values()].map((alike) => {
    const [{ code, column, detail }] = alike as [ImportProblem, ...ImportProblem[]];
    return {
      code: column === '' ? 'rows-unused' : 'cells-unreadable',
      modality: '',
      count: alike.length,
      of: rows,
      detail: { ...detail, problem: code, column },
      examples: spread(alike, examplesKept).map(({ row }) => ({ id: table, row })),
    };
  });
}

/** Findings of columns that hold something and mean nothing to the plan. */
export function unusedColumns(columns: readonly string[]): Finding[] {
  return columns.map((column) => ({
    code: 'column-unused',
    modality: '',
    count: 1,
    of: columns.length,
    detail: { column },
    examples: [],
  }));
}

/** Finding of images in the folder that no row of the manifest names, for parts that were forgotten. */
export async function unlistedFiles({ records }: PlantParts, folder: string): Promise<Finding[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((): Dirent[] => []);
  if (entries.length > mostFiles) return [];
  const named = new Set(
    records.flatMap(({ values }) =>
      Object.values(values).flatMap((value) =>
        typeof value === 'object' && 'file' in value ? [value.file] : [],
      ),
    ),
  );
  if (named.size === 0) return [];
  const images = entries
    .filter((entry) => entry.isFile() && /\.(png|jpe?g|bmp|tiff?)$/i.test(entry.name))
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`);
  const forgotten = images.filter((path) => !named.has(path)).sort();
  if (forgotten.length === 0) return [];
  return [
    {
      code: 'files-unlisted',
      modality: '',
      count: forgotten.length,
      of: images.length,
      detail: { file: relative(folder, forgotten[0]!) },
      examples: [],
    },
  ];
}
