import { usuallyNothing } from '../../../cells/nothing.ts';
import type { NumberMarks, ThousandsMark } from '../../../cells/numbers.ts';
import { numbersWithUnit } from '../../../cells/numbers-with-unit.ts';
import { inPlainDigits, withoutArabicMarks } from '../../../cells/numerals.ts';
import type { Delimiter, Found, ReadingSettings } from '../reading-settings.ts';

/** Number of a column of which nothing tells how it is to be read. */
export interface UnclearNumber {
  /**
   * It can be read in two ways, or its column is written with another mark than the rest of the file; or commas stand between whole
   * numbers, which may be numbers with a decimal comma, or groups of one number.
   */
  readonly code: 'number-unclear' | 'number-mixed' | 'list-unclear' | 'list-grouped';
  /** Index of the column. */
  readonly column: number;
  readonly row: number;
  readonly value: string;
  /** Table of several that it stands in. */
  readonly table?: string;
}

/** How the numbers of a file are written, and the columns of which that cannot be told. */
export interface JudgedMarks {
  readonly marks: Found<NumberMarks>;
  readonly unclear: readonly UnclearNumber[];
  /** Tables of several that write them otherwise. */
  readonly byTable?: ReadonlyMap<string, NumberMarks>;
}

/** How the numbers of a table are written, of several or of the one that there is. */
export function marksIn({ marks, byTable }: JudgedMarks, table: string | undefined): NumberMarks {
  return byTable?.get(table ?? '') ?? marks.value;
}

/** Who names the decimal mark leaves one mark for the thousands. */
export function givenMarks({ decimal, thousands }: ReadingSettings): JudgedMarks['marks'] {
  const value: NumberMarks = {
    decimal: decimal!,
    thousands: thousands ?? (decimal === ',' ? '.' : ','),
  };
  return { value, confidence: 1, reason: 'given' };
}

/** What was judged, with the thousands mark that a person has said: that says of lists, too, that they are some. */
export function withGiven({ marks, unclear }: JudgedMarks, { thousands }: ReadingSettings): JudgedMarks {
  if (thousands === undefined) return { marks, unclear };
  return {
    marks: { ...marks, value: { ...marks.value, thousands } },
    unclear: unclear.filter(({ code }) => code !== 'list-grouped'),
  };
}

/** What the numbers of one column speak for. */
interface ColumnEvidence {
  filled: number;
  /** Cells that hold numbers and nothing else. */
  numeric: number;
  /** Numbers without any mark, below and from 1,000. */
  small: number;
  large: number;
  /** Numbers in which the point can only be the decimal mark (or the comma only the other), and the other way round. */
  point: number;
  comma: number;
  /** `1,234` and `1.234`: a thousand or one. */
  groupedByComma: number;
  groupedByPoint: number;
  /** Cells with one number that has no mark between its groups of three digits, and those that have one, by the mark. */
  single: number;
  apostrophes: number;
  /** Blanks that cannot also separate two numbers: no-break and thin ones, and any before a group that begins with 0. */
  surelyBlanks: number;
  perhapsBlanks: number;
  /** Whole numbers between commas: those that can only be several, that may be half as many with a decimal comma, or one in groups of three. */
  lists: number;
  pairs: number;
  groups: number;
  /** Most digits before a mark that can only be a decimal mark, and of whole numbers below 1,000. */
  digits: number;
  /** First of each. */
  readonly first: Partial<Record<keyof MarkCounts, { readonly row: number; readonly value: string }>>;
}

type MarkCounts = Pick<
  ColumnEvidence,
  'point' | 'comma' | 'groupedByComma' | 'groupedByPoint' | 'pairs' | 'groups'
>;

/** Share of the cells of a column of numbers that are numbers. */
const alike = 0.8;
/** Fewer marked numbers than this share of a column are slips of the pen, which are bad cells. */
const slips = 0.05;
/** Digits before the mark of numbers beside which thousands are far away. */
const fewDigits = 2;

/** Judges the marks from the numbers of a whole file, column by column: a comma inside a note counts for nothing. */
export function marksJudge(width: number): {
  add(row: number, cells: readonly string[]): void;
  /** @param used indices of the columns whose numbers count; only where they leave it open the others are asked too */
  verdict(delimiter: Delimiter, used: ReadonlySet<number>): JudgedMarks;
} {
  const columns = Array.from(
    { length: width },
    (): ColumnEvidence => ({
      ...{
        filled: 0,
        numeric: 0,
        small: 0,
        large: 0,
        point: 0,
        comma: 0,
        groupedByComma: 0,
        groupedByPoint: 0,
        single: 0,
        apostrophes: 0,
        surelyBlanks: 0,
        perhapsBlanks: 0,
        lists: 0,
        pairs: 0,
        groups: 0,
        digits: 0,
      },
      first: {},
    }),
  );
  return {
    add(row, cells) {
      for (const [index, column] of columns.entries()) {
        const cell = cells[index] ?? '';
        if (cell !== '' && !usuallyNothing.inReading(cell))
          count(column, row, numbersWithUnit(cell)?.number ?? cell);
      }
    },
    verdict: (delimiter, used) => judge(columns, delimiter, used),
  };
}

function count(column: ColumnEvidence, row: number, cell: string): void {
  column.filled++;
  if (plainInteger.test(cell)) {
    column.numeric++;
    column.single++;
    if (cell.length <= 3) column.small++;
    else column.large++;
    if (cell.length <= 3) column.digits = Math.max(column.digits, cell.length);
    return;
  }
  const list = cell.includes(',') ? listOf(cell) : undefined;
  if (list) {
    column.numeric++;
    column[list]++;
    if (list !== 'lists') column.first[list] ??= { row, value: cell };
    return;
  }
  const grouped = groupings.find(([, pattern]) => pattern.test(cell));
  if (grouped) column[grouped[0]]++;
  const tokens = tokensOf(grouped ? cell.replace(betweenGroups, '') : cell);
  if (!tokens.every((token) => notations.some(([, pattern]) => pattern.test(token)))) return;
  column.numeric++;
  if (!grouped && tokens.length === 1) column.single++;
  for (const token of tokens) {
    const [says] = notations.find(([, pattern]) => pattern.test(token))!;
    if (says === 'plain') column[Math.abs(Number(token)) < 1000 ? 'small' : 'large']++;
    else {
      column[says]++;
      column.first[says] ??= { row, value: token };
      if (says === 'comma' || says === 'point')
        column.digits = Math.max(column.digits, wholeDigits(token, says === 'comma' ? ',' : '.'));
    }
  }
}

/** Digits before the decimal mark; all of a number without one. */
function wholeDigits(token: string, decimal: ',' | '.'): number {
  const end = token.lastIndexOf(decimal);
  return (end < 0 ? token : token.slice(0, end)).replaceAll(/\D/g, '').length;
}

const plainInteger = /^\d+$/;
/** Whole numbers with nothing but commas between them, and two with a blank beside theirs. */
const wholeList = /^[-+]?\d+(?:,[-+]?\d+){2,}$/;
const wholePair = /^[-+]?\d+(?: ,|, )\d+$/;
const inGroups = /^[-+]?[1-9]\d{0,2}(?:,\d{3}){2,}$/;

/** What a cell of whole numbers between commas may be; undefined for any other, and for two with nothing else between them, which are one. */
function listOf(cell: string): 'lists' | 'pairs' | 'groups' | undefined {
  if (wholePair.test(cell)) return 'pairs';
  if (!wholeList.test(cell)) return undefined;
  if (inGroups.test(cell)) return 'groups';
  const parts = cell.split(',');
  // No fraction has a sign of its own.
  const mayBePairs =
    parts.length % 2 === 0 && parts.every((part, place) => place % 2 === 0 || /^\d/.test(part));
  return mayBePairs ? 'pairs' : 'lists';
}
/** Marks between groups of digits that are no decimal marks, the surest first. */
const groupings: readonly (readonly [
  says: 'apostrophes' | 'surelyBlanks' | 'perhapsBlanks',
  pattern: RegExp,
])[] = [
  ['apostrophes', /^[-+−]?[1-9]\d{0,2}(['’]\d{3})+([.,]\d*)?$/],
  ['surelyBlanks', /^[-+−]?[1-9]\d{0,2}([\u00a0\u2007\u2009\u202f]\d{3})+([.,]\d*)?$/],
  ['surelyBlanks', /^(?=.* 0)[-+−]?[1-9]\d{0,2}( \d{3})+([.,]\d*)?$/],
  ['perhapsBlanks', /^[-+−]?[1-9]\d{0,2}( \d{3})+([.,]\d*)?$/],
];
const betweenGroups = /(?<=\d)['’\s](?=\d{3}(?!\d))/g;

/** True if some of these lines may hold such a mark. */
export function mayGroup(lines: readonly string[]): boolean {
  return lines.some((line) => /\d['’\s]\d{3}(?!\d)/.test(line));
}

function tokensOf(cell: string): string[] {
  // Arabic marks say by themselves what they are, and nothing of the others.
  const text = withoutArabicMarks(inPlainDigits(cell).replaceAll(/٫\d*/g, ''), '.')
    .replace('−', '-')
    .replace(/^\[|\]$/g, '');
  return text.split(/\s*[;|]\s*|,?\s+/).filter((token) => token !== '');
}

/** What a way to write a number says, the surest first. */
const notations: readonly (readonly [says: keyof MarkCounts | 'plain', pattern: RegExp])[] = [
  ['plain', /^[-+]?\d+(e[-+]?\d+)?$/i],
  ['groupedByComma', /^[-+]?[1-9]\d{0,2},\d{3}$/],
  ['groupedByPoint', /^[-+]?[1-9]\d{0,2}\.\d{3}$/],
  // 1.234,5 and 1.234.567: the points group
  ['comma', /^[-+]?[1-9]\d{0,2}(\.\d{3})+,\d*$/],
  ['comma', /^[-+]?[1-9]\d{0,2}(\.\d{3}){2,}$/],
  ['comma', /^[-+]?\d*,\d+(e[-+]?\d+)?$/i],
  // 1,234.5 and 1,234,567, or a list of numbers: the comma is no decimal mark
  ['point', /^[-+]?\d*\.\d*(e[-+]?\d+)?$/i],
  ['point', /^[-+]?[\d.]+(e[-+]?\d+)?(,[-+]?[\d.]+(e[-+]?\d+)?)+$/i],
];

/**
 * A column of which some cells can only be several numbers, or one in groups, says so of the others, too: then commas are no decimal
 * marks in it.
 */
function withLists(evidence: ColumnEvidence): ColumnEvidence {
  const { lists, pairs, groups, point, groupedByComma, small, large } = evidence;
  const areGroups = pairs === 0 && (groupedByComma > 0 || (point === 0 && small + large > 0));
  if (lists > 0) return { ...evidence, pairs: 0, groups: 0, point: point + lists + pairs + groups };
  return areGroups && groups > 0 ? { ...evidence, groups: 0, point: point + groups } : evidence;
}

/** Columns of numbers, and how often each notation occurs in them together. */
function gather(columns: readonly ColumnEvidence[], counts: (column: number) => boolean) {
  const numeric = columns
    .map((evidence, column) => ({ ...withLists(evidence), column }))
    .filter(({ column, filled, numeric }) => counts(column) && filled > 0 && numeric >= alike * filled);
  const total = (of: keyof MarkCounts) => numeric.reduce((sum, column) => sum + column[of], 0);
  return {
    numeric,
    point: total('point'),
    comma: total('comma'),
    groupedByComma: total('groupedByComma'),
    groupedByPoint: total('groupedByPoint'),
  };
}
type Gathered = ReturnType<typeof gather>;

function marksOf(decimal: '.' | ',', groups: boolean): NumberMarks {
  return { decimal, thousands: groups ? (decimal === '.' ? ',' : '.') : 'none' };
}

function isMixed({ point, comma }: Gathered): boolean {
  return point > 0 && comma > 0;
}

/** What fractions say that can be read in one way only; undefined where there are none. */
function byFractions({ numeric, point, comma }: Gathered): JudgedMarks | undefined {
  if (point === 0 && comma === 0) return undefined;
  const decimal = point >= comma ? '.' : ',';
  const against = decimal === '.' ? 'comma' : 'point';
  const marked = (column: MarkCounts) =>
    column.point + column.comma + column.groupedByComma + column.groupedByPoint;
  const grouped = decimal === '.' ? 'groupedByComma' : 'groupedByPoint';
  const unclear = numeric.flatMap((column): UnclearNumber[] => {
    const mixed = column[against] > slips * marked(column) ? column.first[against] : undefined;
    if (mixed) return [{ code: 'number-mixed' as const, column: column.column, ...mixed }];
    // A thousand among numbers below a hundred is a slip of the pen as likely.
    const isFar = column[grouped] < column[decimal === '.' ? 'point' : 'comma'] && column.digits <= fewDigits;
    const far = isFar ? column.first[grouped] : undefined;
    return far ? [{ code: 'number-unclear' as const, column: column.column, ...far }] : [];
  });
  // Where both marks are decimal marks none is known to group.
  const isOne = point === 0 || comma === 0;
  const marks = {
    value: marksOf(decimal, isOne),
    confidence: isOne ? 0.99 : 0.9,
    reason: 'fractions' as const,
  };
  return unclear.length === 0
    ? { marks, unclear }
    : { marks: { ...marks, confidence: 0.5, reason: 'unclear' }, unclear };
}

/** Judges columns in which every number can be read in two ways. */
function byGroups({ numeric, groupedByComma, groupedByPoint }: Gathered, delimiter: Delimiter): JudgedMarks {
  const usual = delimiter === ';' ? ',' : '.';
  if (groupedByComma === 0 && groupedByPoint === 0)
    return { marks: { value: marksOf(usual, false), confidence: 0.9, reason: 'usual' }, unclear: [] };
  if (delimiter === ',' && groupedByComma === 0)
    return { marks: { value: marksOf('.', false), confidence: 0.95, reason: 'usual' }, unclear: [] };
  // Whole numbers under a thousand beside it, and none above without it: the comma groups.
  const isGrouping = numeric.some(
    (column) => column.groupedByComma > 0 && column.small > 0 && column.large === 0,
  );
  if (delimiter !== ';' && groupedByPoint === 0 && isGrouping)
    return { marks: { value: marksOf('.', true), confidence: 0.9, reason: 'grouping' }, unclear: [] };
  return unclearGroups(numeric, usual);
}

function unclearGroups(numeric: Gathered['numeric'], usual: '.' | ','): JudgedMarks {
  const unclear = numeric.flatMap(({ column, first }) => {
    const [example] = [first.groupedByComma, first.groupedByPoint]
      .filter((one) => one !== undefined)
      .sort((a, b) => a.row - b.row);
    return example ? [{ code: 'number-unclear' as const, column, ...example }] : [];
  });
  return { marks: { value: marksOf(usual, true), confidence: 0.5, reason: 'unclear' }, unclear };
}

function judge(
  columns: readonly ColumnEvidence[],
  delimiter: Delimiter,
  used: ReadonlySet<number>,
): JudgedMarks {
  const own = gather(columns, (column) => used.has(column));
  const all = gather(columns, () => true);
  const grouping = groupingOf(own.numeric) ?? (used.size === 0 ? groupingOf(all.numeric) : undefined);
  const judged = withoutGroups(own, withUnclearLists(own, all, byDecimals(own, all, delimiter, used)));
  if (grouping === undefined || judged.unclear.length > 0) return judged;
  const { marks } = judged;
  return {
    ...judged,
    marks: { ...marks, value: { ...marks.value, thousands: grouping }, reason: 'grouping' },
  };
}

/** Lists of whole numbers of which nothing tells what the commas are; numbers with a decimal point elsewhere tell it of pairs. */
function withUnclearLists({ numeric }: Gathered, all: Gathered, judged: JudgedMarks): JudgedMarks {
  // Where the comma is the decimal mark such a cell is no number, and is listed.
  if (all.comma > 0 && judged.marks.value.decimal === ',') return judged;
  const unclear = numeric.flatMap(({ column, pairs, groups, first }): UnclearNumber[] => {
    if (groups > 0) return [{ code: 'list-grouped' as const, column, ...first.groups! }];
    return pairs > 0 && all.point === 0 ? [{ code: 'list-unclear' as const, column, ...first.pairs! }] : [];
  });
  if (unclear.length === 0) return judged;
  const value = marksOf('.', false);
  return { marks: { value, confidence: 0.5, reason: 'unclear' }, unclear: [...judged.unclear, ...unclear] };
}

/** In a column of lists a comma groups nothing. */
function withoutGroups({ numeric }: Gathered, judged: JudgedMarks): JudgedMarks {
  const { marks } = judged;
  if (marks.value.thousands !== ',' || !numeric.some(({ lists }) => lists > 0)) return judged;
  return { ...judged, marks: { ...marks, value: { ...marks.value, thousands: 'none' } } };
}

/** Apostrophe or blank between thousands; a blank that may separate two numbers counts beside cells of one number. */
function groupingOf(numeric: readonly ColumnEvidence[]): ThousandsMark | undefined {
  if (numeric.some(({ apostrophes }) => apostrophes > 0)) return "'";
  const isBlank = numeric.some(
    ({ surelyBlanks, perhapsBlanks, single }) => surelyBlanks > 0 || (perhapsBlanks > 0 && single > 0),
  );
  return isBlank ? ' ' : undefined;
}

function byDecimals(
  own: Gathered,
  all: Gathered,
  delimiter: Delimiter,
  used: ReadonlySet<number>,
): JudgedMarks {
  const decided = byFractions(own);
  if (decided) return decided;
  const isOpen = own.groupedByComma + own.groupedByPoint > 0;
  if (isOpen && isMixed(all)) return unclearGroups(own.numeric, delimiter === ';' ? ',' : '.');
  const { marks, unclear } = byFractions(all) ?? byGroups(all, delimiter);
  return isOpen || used.size === 0 ? { marks, unclear } : { marks, unclear: [] };
}
