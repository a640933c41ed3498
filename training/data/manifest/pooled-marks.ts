import type { JudgedMarks } from './number-marks.ts';

/** Reasons that rest on numbers of the file itself, not on what is usual. */
const decides: ReadonlySet<string> = new Set(['fractions', 'grouping', 'typed', 'given']);

/** What one of several tables says of columns that they share; `column` of what is unclear counts in the shared columns. */
export interface TableMarks extends JudgedMarks {
  readonly table: string;
}

/**
 * How tables of the same columns write their numbers: as those say whose numbers can be read in one way only, so that a day of whole
 * numbers follows the others. Where two of them contradict each other it is unclear.
 * @param column one that is asked about
 */
export function pooledMarks(judged: readonly TableMarks[], column: number): JudgedMarks {
  const decided = judged.filter(({ marks }) => decides.has(marks.reason));
  const [base] = decided;
  const open = (one: TableMarks) =>
    one.unclear.map((number) => ({ ...number, table: number.table ?? one.table }));
  if (!base) {
    const first = judged.find(({ unclear }) => unclear.length > 0) ?? judged[0]!;
    return { marks: first.marks, unclear: judged.flatMap(open) };
  }
  const mixed = judged.flatMap(open).filter(({ code }) => code === 'number-mixed');
  const grouping = decided.find(({ marks }) => marks.value.thousands !== 'none') ?? base;
  const marks = { ...base.marks, value: { ...base.marks.value, thousands: grouping.marks.value.thousands } };
  const other = decided.find(
    (one) =>
      one.marks.value.decimal !== marks.value.decimal ||
      ![marks.value.thousands, 'none'].includes(one.marks.value.thousands),
  );
  if (!other) return { marks, unclear: mixed };
  const example = {
    code: 'number-mixed' as const,
    ...{ column, row: 1, value: other.marks.value.decimal, table: other.table },
  };
  return { marks: { ...marks, confidence: 0.5, reason: 'unclear' }, unclear: [...mixed, example] };
}
