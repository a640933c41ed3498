import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { ImportProblem } from '../problems.ts';
import { type Dialect, tolerant } from './dialect.ts';
import type { CharacterEncoding } from './encoding.ts';

/** Row of the manifest: its cells without surrounding blanks, or the problem that it could not be read for. */
export type ManifestRow =
  | { readonly row: number; readonly cells: readonly string[] }
  | { readonly row: number; readonly problem: ImportProblem };

/** Longest row in bytes: a quotation mark that is never closed must not collect a whole file in memory. */
const longestRow = 4 << 20;

/**
 * Streams the records of a CSV file, its header included, in constant memory. Blank rows are left out, but
 * counted, so that row numbers are the spreadsheet's.
 */
export async function* readRecords(
  path: string,
  encoding: CharacterEncoding,
  { delimiter }: Dialect,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<ManifestRow> {
  const unreadable: { readonly index: number; readonly error: CsvError }[] = [];
  const file = createReadStream(path);
  if (onBytes) file.on('data', (chunk) => onBytes(chunk.length));
  const parser = parse({ ...tolerant, delimiter, trim: true, max_record_size: longestRow });
  parser.on('skip', (error: CsvError) => unreadable.push({ index: parser.info.records, error }));
  pipeline(file, iconv.decodeStream(encoding.replace(' BOM', '')), parser, () => undefined);

  let row = 0;
  let index = 0;
  const broken = (until: number): ManifestRow[] => {
    const problems: ManifestRow[] = [];
    while (unreadable[0] && unreadable[0].index <= until) {
      unreadable.shift();
      row++;
      problems.push({ row, problem: { row, column: '', code: 'row-unclosed', detail: {} } });
    }
    return problems;
  };
  for await (const cells of parser as AsyncIterable<string[]>) {
    yield* broken(index);
    index++;
    row++;
    if (cells.some((cell) => cell !== '')) yield { row, cells };
  }
  yield* broken(Number.POSITIVE_INFINITY);
}
