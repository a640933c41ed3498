import { type NumberMarks, rewritten } from '../../../cells/numbers.ts';
import { endsAsId, isIdHeader } from '../../names.ts';
import type { OpenTable } from '../open-table.ts';
import type { ReadingSettings } from '../reading-settings.ts';
import { typedMarks } from '../typed-table.ts';
import { givenMarks, type JudgedMarks, marksJudge, withGiven } from './number-marks.ts';

/** Row of a table whose cells have types: those of its cells that are texts, by their column. */
export interface RowTexts {
  readonly row: number;
  readonly texts: ReadonlyMap<number, string>;
}

/** How the numbers are read that stand as texts in a table whose other cells have types. */
export interface TextNumbers {
  /** True if there are some. */
  readonly isAny: boolean;
  readonly marksOf: OpenTable['marksOf'];
  /** A text as the numbers of the table are written, with a point; what is no number, and an id, stays as it is. */
  inPoints(column: number, text: string): string;
}

/** Rows of a table that holds no text. */
export async function* noTexts(): AsyncGenerator<RowTexts> {}

/** True if a text may be a number, or several, with a mark between digits. */
export function isTextNumber(value: unknown): value is string {
  return typeof value === 'string' && /\d[\s.,'’]{1,2}\d/.test(value) && /^[-+−\d.,'’;|\s[\]]+$/.test(value);
}

/**
 * Judges numbers that stand as texts by themselves, column by column, as those of a text table are judged: `1.234` may be a thousand. Numbers
 * with types say nothing of how people write theirs.
 * @param rows those that hold such texts
 * @param names of the columns
 */
export async function judgeTextNumbers(
  rows: AsyncIterable<RowTexts>,
  names: readonly string[],
  given: ReadingSettings,
): Promise<TextNumbers> {
  const judge = marksJudge(names.length);
  let isAny = false;
  // One for all rows: making it for each would take longer than judging them.
  const cells = new Array<string>(names.length);
  for await (const { row, texts } of rows) {
    if (texts.size === 0) continue;
    isAny = true;
    cells.fill('');
    for (const [column, text] of texts) cells[column] = text;
    judge.add(row, cells);
  }
  if (!isAny) return { isAny, marksOf: typedMarks, inPoints: (_column, text) => text };
  const points = typedMarks(new Set()).marks.value;
  const verdicts = names.map(
    (_, column): JudgedMarks =>
      given.decimal === undefined
        ? withGiven(judge.verdict('\t', new Set([column])), given)
        : { marks: givenMarks(given), unclear: [] },
  );
  const isIds = names.map((name) => isIdHeader(name) || endsAsId(name));
  const marksAt = (column: number): NumberMarks => {
    const { marks, unclear } = verdicts[column]!;
    return isIds[column] || unclear.length > 0 ? points : marks.value;
  };
  const own = names.map((_, column) => marksAt(column));
  return {
    isAny,
    marksOf: (used) => ({
      ...typedMarks(used),
      unclear: [...used].flatMap((column) => (isIds[column] ? [] : (verdicts[column]?.unclear ?? []))),
    }),
    inPoints: (column, text) =>
      own[column] === undefined || (own[column].decimal === '.' && /^-?\d+(\.\d+)?$/.test(text))
        ? text
        : rewritten(text, own[column], points),
  };
}
