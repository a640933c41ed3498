import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemFileStart } from '../../../training/data/problem-file-start.ts';
import type { Exported, Language, ProblemView } from '../../api/views.ts';
import { unwritable } from '../../store/file-errors.ts';
import { csv } from '../exporting/csv.ts';

/** A problem with the name of the table that it is in. */
export interface PlacedProblem extends ProblemView {
  readonly file: string;
}

/** A problem in its table: of several, the one that its row stands in. */
export function placed(problem: ProblemView, manifest: string): PlacedProblem {
  return { ...problem, file: problem.table ?? manifest };
}

const head = {
  en: ['File', 'Row', 'Column', 'Code', 'Problem', 'What to do'],
  ja: ['ファイル', '行', '列', 'コード', '問題', '対処'],
} as const;

/**
 * Writes problems into a new CSV file of a folder, in a person's language.
 * @throws FedReconError `export-unwritable`
 */
export async function writeProblems(
  problems: readonly PlacedProblem[],
  folder: string,
  language: Language,
): Promise<Exported> {
  const rows = problems.map(({ file, row, column, error }) => {
    const { title, cure } = error[language];
    return [file, row, column, error.code, title, cure];
  });
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  const path = join(folder, `${problemFileStart}${stamp}Z.csv`);
  await writeFile(path, csv([head[language], ...rows])).catch((thrown: unknown) => {
    throw unwritable(thrown, path);
  });
  return { path, entries: rows.length };
}
