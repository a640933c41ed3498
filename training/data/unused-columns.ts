import { FedReconError } from '../../protocol/errors.ts';
import { isPlaceName, isTimeName } from '../cells/series-names.ts';
import { isCounter, isPath, numberIn } from '../kinds/columns.ts';
import { isTime } from '../kinds/times.ts';
import type { JudgedMarks } from './manifest/numbers/number-marks.ts';
import type { ManifestRow } from './manifest/rows.ts';
import { isIndexColumn, isOrderName, isSplitColumn } from './names.ts';
import { oddNumbers } from './numbered-columns.ts';
import { asProblem, type ImportProblem, inTable } from './problems.ts';

/** Cell that says something, and where it stands. */
export interface FilledCell {
  readonly row: number;
  readonly cell: string;
  readonly table: string | undefined;
}

/** Why a column is none of the measurements, in both languages. */
interface Why {
  readonly why: string;
  readonly whyJa: string;
}

const reasons = {
  nothing: {
    why: 'each of its cells says that nothing was measured',
    whyJa: 'どのセルも「測っていない」という意味の語です',
  },
  index: {
    why: 'it holds the row numbers that a program writes',
    whyJa: 'ソフトが書いた行番号の列です',
  },
  order: {
    why: 'by its name it counts or dates the rows',
    whyJa: '列の名前から、行の番号か日時と判断しました',
  },
  split: { why: 'it says what a program was given', whyJa: '学習・評価などの用途を示す列です' },
  counter: {
    why: 'its numbers count up by one from row to row',
    whyJa: '値が 1 行ごとに 1 ずつ増えています',
  },
  times: { why: 'it holds dates or times', whyJa: '日付か時刻の列です' },
  paths: {
    why: 'it names files that are no images and no signals',
    whyJa: '画像でも信号でもないファイルの名前です',
  },
  mixed: {
    why: 'too few of its cells are numbers that can be read',
    whyJa: '数値として読めるセルが少なすぎます',
  },
  words: {
    why: 'its cells are no numbers, no notes, and no few values that come again and again',
    whyJa: '数値でも、文章のメモでも、繰り返し出てくる数種類の区分でもありません',
  },
} as const satisfies Readonly<Record<string, Why>>;

/** Share of the cells by which a column is known. */
const most = 0.8;
/** Share of numbers from which the others are the odd ones. */
const some = 0.3;

/**
 * Says of a column that goes unused why that is, by the first of its cells that shows it.
 * @param filled its cells, at least one
 */
export function unusedColumn(
  name: string,
  column: number,
  filled: readonly FilledCell[],
  { marks }: JudgedMarks,
): ImportProblem {
  const cells = filled.map(({ cell }) => cell);
  const isRead = (cell: string) => !Number.isNaN(numberIn(cell, marks.value));
  const isMostly = (fits: (cell: string) => boolean) => cells.filter(fits).length >= most * cells.length;
  const tests: Readonly<Record<Exclude<keyof typeof reasons, 'nothing'>, () => boolean>> = {
    index: () => isIndexColumn(name, column, cells),
    order: () => isOrderName(name) || isTimeName(name) || isPlaceName(name),
    split: () => isSplitColumn(name, cells),
    counter: () => isCounter(cells.map((cell) => numberIn(cell, marks.value))),
    mixed: () => cells.filter(isRead).length >= some * cells.length,
    times: () => isMostly(isTime),
    paths: () => isMostly(isPath),
    words: () => true,
  };
  const found = (Object.keys(tests) as (keyof typeof tests)[]).find((reason) => tests[reason]())!;
  const shown = (found === 'mixed' ? filled.find(({ cell }) => !isRead(cell)) : undefined) ?? filled[0]!;
  return problemAt(name, shown, reasons[found]);
}

/** The same of a column of which no cell says anything but a word for "not measured"; undefined where none has a word. */
export function emptyColumn(
  name: string,
  column: number,
  rows: readonly ManifestRow[],
): ImportProblem | undefined {
  const first = rows.find((row) => 'cells' in row && (row.cells[column] ?? '') !== '');
  if (!first || !('cells' in first)) return undefined;
  const shown = { row: first.row, cell: first.cells[column]!, table: first.table };
  return problemAt(name, shown, reasons.nothing);
}

function problemAt(column: string, { row, cell, table }: FilledCell, why: Why): ImportProblem {
  const detail = { column, value: cell.slice(0, 40), row, ...why };
  return inTable(asProblem(row, column, new FedReconError('column-unused', detail)), table);
}

/** Numbers that a message names. */
const mostNamed = 6;

/** What is to be said of the numbers of columns that are one measurement: gaps, one number twice, a late beginning. */
export function numberingProblems(names: readonly string[], row: number): ImportProblem[] {
  const odd = oddNumbers(names);
  if (!odd) return [];
  const { missing, twice, late } = odd;
  const problem = (error: FedReconError, column: string) => asProblem(row, column, error);
  const listed =
    missing.slice(0, mostNamed).join(', ') + (missing.length > mostNamed ? `, … (${missing.length})` : '');
  return [
    ...(missing.length > 0
      ? [
          problem(
            new FedReconError('columns-gap', { first: names[0]!, last: names.at(-1)!, missing: listed }),
            names[0]!,
          ),
        ]
      : []),
    ...(twice
      ? [problem(new FedReconError('columns-same-number', { column: twice[0], other: twice[1] }), twice[1])]
      : []),
    ...(late === undefined ? [] : [problem(new FedReconError('columns-late', { first: late }), late)]),
  ];
}
