import { isUnit } from '../../../cells/written-units.ts';

/**
 * What a number format shows of a number beyond rounding it, as the text of a cell. Undefined where the number stands for itself, and where
 * it is shown as a date, which the reader of the workbook makes of it.
 */
export type ShownNumber = (value: number, written: string) => string | undefined;

/** Number formats that spreadsheets know without a definition: `0%`, `0.00%` and `[h]:mm:ss` (ECMA-376, 18.8.30). */
const knownFormats: readonly (readonly [id: string, code: string])[] = [
  ['9', '0%'],
  ['10', '0.00%'],
  ['18', 'h:mm AM/PM'],
  ['19', 'h:mm:ss AM/PM'],
  ['20', 'h:mm'],
  ['21', 'h:mm:ss'],
  ['45', 'mm:ss'],
  ['46', '[h]:mm:ss'],
  ['47', 'mm:ss.0'],
];

/** Characters of a code, at most (ECMA-376); what a longer one shows no program says. */
const longestCode = 255;

/** What the formats of a workbook's cells show, by their place in its list; those of which every number stands for itself are not there. */
export function shownNumbers(
  own: readonly (readonly [id: string, code: string])[],
  ofCells: readonly string[],
): ReadonlyMap<string, ShownNumber> {
  const byFormat = new Map(
    [...knownFormats, ...own]
      .filter(([, code]) => code.length <= longestCode)
      .map(([id, code]) => [id, shownNumber(code)] as const),
  );
  return new Map(
    ofCells.flatMap((id, place) => {
      const shown = byFormat.get(id);
      return shown === undefined ? [] : [[String(place), shown] as const];
    }),
  );
}

/** One of the sections of a code that semicolons part, in pieces. */
interface Section {
  /** Numbers that it is for, where it says so: `[>=1000]`. */
  readonly condition: ((value: number) => boolean) | undefined;
  /** Zeros, number signs, points and whatever else stands for digits; empty where there are none. */
  readonly digits: string;
  /** What is written before the digits and behind them. */
  readonly before: string;
  readonly behind: string;
  readonly isPercent: boolean;
  readonly isDate: boolean;
  readonly isClock: boolean;
  readonly isDuration: boolean;
}

/** What a code shows; undefined where every number stands for itself. */
function shownNumber(code: string): ShownNumber | undefined {
  const sections = sectionsOf(code).map(sectionOf);
  const isPlain = sections.every(
    (section) =>
      !(section.isPercent || section.isDate || section.isDuration) &&
      !isUnit(section.behind) &&
      padding(section) === 0 &&
      wordOf(section) === '',
  );
  if (isPlain) return mayLookLikeDate.test(code) ? (_value, written) => written : undefined;
  return (value, written) => {
    const section = sectionFor(sections, value);
    if (!section) return undefined;
    if (section.isDuration) return durationText(value);
    // A time of day alone has no day; where the days are counted from 1904, the reader would give it one.
    if (section.isDate)
      return section.isClock && value >= 0 && value < 1 && !isWholeDay(value) ? clockText(value) : undefined;
    const digits = padding(section);
    if (digits > 0 && Number.isSafeInteger(value) && value >= 0)
      return `${section.before}${String(value).padStart(digits, '0')}${section.behind}`;
    if (wordOf(section) !== '') return wordOf(section);
    // 0.07 is 7 %, and not 7.000000000000001.
    if (section.isPercent) return `${Number((100 * value).toPrecision(15))}%`;
    const unit = section.behind;
    if (!isUnit(unit)) return mayLookLikeDate.test(code) ? written : undefined;
    const thousands = /,+$/.exec(section.digits)?.[0].length ?? 0;
    const number = thousands === 0 ? written : String(Number((value / 1000 ** thousands).toPrecision(15)));
    return `${number} ${unit}`;
  };
}

/** Letters of a date may stand in the name of a currency's country: `[$€-de-DE]`. */
const mayLookLikeDate = /\[\$[^\]]*[dmyhs][^\]]*\]/i;

/** Digits that a section shows of a whole number at least, where these are more than one. */
function padding({ digits, isPercent, isDate }: Section): number {
  return /^0{2,}$/.test(digits) && !isPercent && !isDate ? digits.length : 0;
}

/** Word that a section shows in place of any number: `"n.d."`; of a dash or nothing a zero is meant. */
function wordOf({ digits, before, isDate, isDuration }: Section): string {
  return digits === '' && !isDate && !isDuration && /\p{L}/u.test(before) ? before : '';
}

function sectionFor(sections: readonly Section[], value: number): Section | undefined {
  const said = sections.find(({ condition }) => condition?.(value));
  if (said || sections.some(({ condition }) => condition))
    return said ?? sections.find(({ condition }) => !condition);
  const [positive, negative = positive, zero = positive] = sections;
  return value > 0 ? positive : value < 0 ? negative : zero;
}

/** A code cut at its semicolons; of those in quotation marks and behind a backslash there are none. */
function sectionsOf(code: string): string[] {
  const sections = [''];
  for (const [piece] of code.matchAll(/"[^"]*"?|\\.|\[[^\]]*\]?|[\s\S]/g))
    if (piece === ';') sections.push('');
    else sections.push(`${sections.pop()}${piece}`);
  return sections.slice(0, 3);
}

const token = /"([^"]*)"?|\\(.)|\[([^\]]*)\]?|[_*].|General|Standard|AM\/PM|A\/P|E[-+]|./giu;
const comparisons: Readonly<Record<string, (value: number, other: number) => boolean>> = {
  '<': (value, other) => value < other,
  '>': (value, other) => value > other,
  '=': (value, other) => value === other,
  '<=': (value, other) => value <= other,
  '>=': (value, other) => value >= other,
  '<>': (value, other) => value !== other,
};

function sectionOf(code: string): Section {
  let condition: Section['condition'];
  let [digits, before, behind, dates] = ['', '', '', ''];
  let [isPercent, isDuration] = [false, false];
  const write = (text: string) => {
    if (digits === '') before += text;
    else behind += text;
  };
  for (const [whole, quoted, escaped, bracket] of code.matchAll(token)) {
    if (quoted !== undefined || escaped !== undefined) write(quoted ?? escaped ?? '');
    else if (bracket !== undefined) {
      const [, sign = '', other] = /^([<>=]+)(-?[\d.]+)$/.exec(bracket) ?? [];
      const compare = comparisons[sign];
      if (compare) condition = (value) => compare(value, Number(other));
      else if (/^(h+|m+|s+)$/i.test(bracket)) isDuration = true;
      else if (bracket.startsWith('$')) write(bracket.slice(1).replace(/-[^-]*$/, ''));
    } else if (/^(general|standard|e[-+]|[0#?])$/i.test(whole)) {
      digits += `${behind.trim() === '' ? '' : behind}${whole}`;
      behind = '';
    } else if (/^[.,/]$/.test(whole) && digits !== '' && behind === '') digits += whole;
    else if (whole === '%') isPercent = true;
    else if (/^([ymdhsge]|am\/pm|a\/p)$/i.test(whole)) dates += whole.toLowerCase();
    else if (!/^[_*]./.test(whole)) write(whole);
  }
  return {
    ...{ condition, digits, before: before.trim(), behind: behind.trim(), isPercent, isDuration },
    isDate: dates !== '',
    isClock: /[hs]/.test(dates) && !/[ydg]/.test(dates),
  };
}

function isWholeDay(value: number): boolean {
  return Math.round(value * 86_400_000) >= 86_400_000;
}

/** Share of a day as a time of day: `08:15:00`. */
function clockText(days: number): string {
  return new Date(Math.round(days * 86_400_000))
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '');
}

/** Days as hours, minutes and seconds: `25:30:00`. */
function durationText(days: number): string {
  const seconds = Math.round(Math.abs(days) * 86_400_000) / 1000;
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = Number((seconds % 60).toFixed(3));
  const [whole = '0', fraction] = String(rest).split('.');
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${whole.padStart(2, '0')}`;
  return `${days < 0 ? '-' : ''}${clock}${fraction === undefined ? '' : `.${fraction}`}`;
}
