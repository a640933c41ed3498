import { usuallyNothing } from '../cells/nothing.ts';
import { numberWithUnit } from '../cells/numbers-with-unit.ts';
import { plainName } from '../cells/series-names.ts';
import { endsAsId, isIdHeader } from './names.ts';
import { summaryWords, surestWords } from './summary-words.ts';

/** By what parts are told apart: a column, or, where there is none, the file and the row. */
export interface Identity {
  /** Index of the column. */
  readonly column: number | undefined;
  /** 0…1. */
  readonly confidence: number;
  /** By whom: a person; the column’s name; the cells alone, which a person has to confirm; nothing. */
  readonly reason: 'given' | 'name' | 'looks' | 'none';
}

/** Cells that may come again before a column is no id of parts, and that may be empty. */
const mostRepeats = 0.1;
const mostEmpty = 0.5;
/** Fewer codes may be different by chance. */
const leastCodes = 2;

/**
 * Guesses which column holds the part's id: by its name, else by codes of letters and digits that are all different. Numbers with
 * fractions, and whole numbers under a name that says nothing, are measurements, however different they are.
 * @param isFree whether nothing else is known of a column
 */
export function findIdentity(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  isFree: (column: number) => boolean,
): Identity {
  const columns = header.flatMap((name, column) =>
    isFree(column) ? [{ name, column, cells: filledCells(rows, column) }] : [],
  );
  const named = columns.find(({ name, cells }) => isIdHeader(name) && !cells.some(hasFraction));
  if (named) return { column: named.column, confidence: 0.95, reason: 'name' };
  const usable = columns.filter(({ cells }) => canBeIds(cells, rows.length));
  const ending = usable.filter(({ name }) => endsAsId(name));
  if (ending.length === 1) return { column: ending[0]!.column, confidence: 0.8, reason: 'name' };
  const looking = usable.filter(({ cells }) => cells.length >= leastCodes && areCodes(cells));
  const [only] = looking;
  if (only) return { column: only.column, confidence: looking.length === 1 ? 0.5 : 0.3, reason: 'looks' };
  return { column: undefined, confidence: 1, reason: 'none' };
}

function filledCells(rows: readonly (readonly string[])[], column: number): string[] {
  return rows.map((row) => row[column] ?? '').filter((cell) => !usuallyNothing.inText(cell));
}

function canBeIds(cells: readonly string[], rows: number): boolean {
  if (cells.some(hasFraction)) return false;
  if (rows > 0 && cells.length < (1 - mostEmpty) * rows) return false;
  return cells.length - new Set(cells).size <= mostRepeats * cells.length;
}

/** `12.5`, `1,5`, and `4.9E+12`, into which a spreadsheet turns a long serial number; `12.0` is a whole number. */
function hasFraction(cell: string): boolean {
  return (asId(cell) === cell && /^[-+]?\d*[.,]\d+(e[-+]?\d+)?$/i.test(cell)) || /^\d+e[-+]?\d+$/i.test(cell);
}

/** An id as it is meant: a spreadsheet or a program that takes whole numbers for others writes `12` as `12.0`. */
export function asId(cell: string): string {
  // Most ids have no mark in them.
  return cell.includes('.') || cell.includes(',') ? (wholeNumber.exec(cell)?.[1] ?? cell) : cell;
}

/** True for `1.23457E+11`, which a spreadsheet has made of a long number: another id may come to the same. */
export function isRoundedId(cell: string): boolean {
  return cell.includes('+') && /^\d(?:[.,]\d+)?e\+\d+$/i.test(cell);
}

/** Three noughts may be thousands. */
const wholeNumber = /^(\d+)[.,]0{1,2}$/;

/** `K-0012`, `甲-1`, `0001`: short, with a digit, without a blank, all different. */
function areCodes(cells: readonly string[]): boolean {
  return new Set(cells).size === cells.length && cells.every(isCode);
}

function isCode(cell: string): boolean {
  if (cell.length > 40 || /[\s\\]/.test(cell) || !/\p{N}/u.test(cell)) return false;
  if (/\.\w{2,4}$/.test(cell) || /\d[-/.:]\d{1,2}[-/.:]\d/.test(cell)) return false;
  return (/\p{L}/u.test(cell) && !isMeasured(cell)) || /^0\d+$/.test(cell);
}

/** `12mm` */
function isMeasured(cell: string): boolean {
  return numberWithUnit(cell)?.mayBeCode === false;
}

/** True if a cell, whichever of a row without an id, says that the row sums others up. */
export function saysSummary(cell: string): boolean {
  // Most cells are numbers.
  return cell.charCodeAt(0) > 0x39 && cell.length < 40 && surestWords.has(summaryWordOf(cell));
}

/** True if a cell names a row that sums others up: `Mean`, `平均値（n=20）`, `Total:`, `合　計`, `Total rows: 30`, `合計 24件`, `n=20`. */
export function isSummaryWord(cell: string): boolean {
  // Most ids end with a digit, which none of the words does by itself.
  const last = cell.charCodeAt(cell.length - 1);
  const endsWithDigit = last >= 0x30 && last <= 0x39;
  if (endsWithDigit && isOneWord(cell)) return false;
  if (!endsWithDigit && cell.length < longestSummary && summaryWords.has(summaryWordOf(cell))) return true;
  if (/^n\s*=\s*\d+$/i.test(cell)) return true;
  const word = cell.length < 40 ? counting.exec(cell.normalize('NFKC'))?.[1] : undefined;
  return word !== undefined && surestWords.has(summaryWordOf(word));
}

/** True if nothing in a cell parts a word from a number: letters of ASCII, digits, and marks other than `:` and `=`. */
function isOneWord(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if (code <= 0x20 || code > 0x7e || code === 0x3a || code === 0x3d) return false;
  }
  return true;
}

/** Characters of a cell that names a row of sums, with a remark in brackets. */
const longestSummary = 200;

/** A word and what it counts, apart from it: `SUM12` is an id. */
const counting =
  /^(\p{L}[\p{L}\p{Pd} ]*?)(?: +(?:number of )?(?:rows?|records?|parts?|pieces?|pcs|samples?|items?|lines?))?(?:\s*[:：=]\s*|\s+)\d[\d.,]*\s*(?:rows?|records?|parts?|pieces?|pcs|samples?|items?|lines?|件|個|本|枚|点|行)?$/iu;

function summaryWordOf(cell: string): string {
  const bare = plainName(cell.normalize('NFKC').replace(/[([].*$|[:=]\s*$/g, ''));
  // Ideographs are set apart to fill a cell.
  const joined = bare.replace(/(?<=\p{Script=Han})-(?=\p{Script=Han})/gu, '');
  return joined.replace(/[-:]+$/, '');
}
