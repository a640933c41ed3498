import { openJsonLines } from './json-lines.ts';
import type { OpenTable, TableFormat } from './open-table.ts';
import type { ReadingSettings } from './reading-settings.ts';
import { openTextTable } from './text/text-table.ts';

type Opener = (path: string, given: ReadingSettings, isName: (cell: string) => boolean) => Promise<OpenTable>;

/** Parquet's and workbooks' libraries are loaded with the first such table: they would slow the start of every process. */
const openParquet: Opener = async (path, given) =>
  (await import('./parquet/parquet-table.ts')).openParquet(path, given);
const openWorkbook: Opener = async (...table) =>
  (await import('./workbook/workbook.ts')).openWorkbook(...table);

/** Formats of tables, each with the endings of its files and its reader. */
const formats: Readonly<
  Record<Exclude<TableFormat, 'folders'>, { readonly endings: readonly string[]; readonly open: Opener }>
> = {
  text: { endings: ['csv', 'tsv'], open: openTextTable },
  workbook: { endings: ['xlsx', 'xlsm'], open: openWorkbook },
  parquet: { endings: ['parquet'], open: openParquet },
  'json-lines': { endings: ['jsonl', 'ndjson'], open: openJsonLines },
};

/** Endings of tables, in the order in which a folder's `parts` is looked for. */
export const tableEndings: readonly string[] = Object.values(formats).flatMap(({ endings }) => endings);

/** Opens a table in the format of its ending; with any other it is taken for text. @throws FedReconError of the format */
export const openTable: Opener = (path, given, isName) => {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const format = Object.values(formats).find(({ endings }) => endings.includes(ending)) ?? formats.text;
  return format.open(path, given, isName);
};
