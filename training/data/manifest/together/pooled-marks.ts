import type { NumberMarks } from '../../../cells/numbers.ts';
import type { JudgedMarks } from '../numbers/number-marks.ts';
import type { Delimiter } from '../reading-settings.ts';

/** Confidence from which marks that are usual rest on the separator: a comma that parts the cells stands in no number. */
const leastSure = 0.95;

/** What one of several tables says of columns that they share; `column` of what is unclear counts in the shared columns. */
export interface TableMarks extends JudgedMarks {
  readonly table: string;
  /** Undefined of a table whose cells have types. */
  readonly delimiter: Delimiter | undefined;
}

/**
 * How tables of the same columns write their numbers: each in its own way where its numbers can be read in one way only. A table that
 * leaves it open follows the others where these agree and one of them is separated as it is, so that a day of whole numbers, and of
 * thousands, is read as the others are; else its numbers are unclear.
 */
export function pooledMarks(judged: readonly TableMarks[]): JudgedMarks {
  const sure = judged.filter(isSure);
  const [base] = sure;
  if (!base) return { marks: (judged.find(isOpen) ?? judged[0]!).marks, unclear: judged.flatMap(unclearIn) };
  const areOne = sure.every(({ marks }) => marks.value.decimal === base.marks.value.decimal);
  // A table in which no number needed a mark for its thousands says nothing of those of another.
  const grouping = sure.find(({ marks }) => marks.value.thousands !== 'none') ?? base;
  const shared = areOne
    ? { ...base.marks.value, thousands: grouping.marks.value.thousands }
    : base.marks.value;
  const byTable = new Map<string, NumberMarks>();
  const unclear = judged.flatMap((one) => {
    if (isSure(one)) {
      const { decimal, thousands } = one.marks.value;
      const isShared = decimal === shared.decimal && ['none', shared.thousands].includes(thousands);
      if (!isShared) byTable.set(one.table, one.marks.value);
      return unclearIn(one);
    }
    const follows = areOne && sure.some(({ delimiter }) => delimiter === one.delimiter);
    return unclearIn(one).filter(({ code }) => !follows || code === 'number-mixed');
  });
  const marks = { ...base.marks, value: shared };
  return {
    marks: unclear.length > 0 ? { ...marks, confidence: 0.5, reason: 'unclear' } : marks,
    unclear,
    ...(byTable.size > 0 && { byTable }),
  };
}

/** True if the numbers of a table can be read in one way only. */
function isSure({ marks: { reason, confidence } }: TableMarks): boolean {
  return reason !== 'unclear' && (reason !== 'usual' || confidence >= leastSure);
}

function isOpen({ unclear }: TableMarks): boolean {
  return unclear.length > 0;
}

function unclearIn({ unclear, table }: TableMarks) {
  return unclear.map((number) => ({ ...number, table: number.table ?? table }));
}
