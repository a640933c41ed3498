import { plainValue } from '../../../protocol/kinds/category.ts';
import type { CategoryModality } from '../../../protocol/kinds/index.ts';
import { barelyWritten } from '../category-cells.ts';
import type { MeasuredParts, Oddity } from '../looking.ts';
import { aboutParts } from './oddity.ts';

/** Least number of parts for judging a column. */
const leastParts = 8;
/** Least number of parts for finding lone values; among fewer a value may well occur once. */
const leastForLone = 40;
const valuesNamed = 6;

type Given = MeasuredParts<CategoryModality>;

/** Oddity of a column that holds one value only, which tells nothing about any part. */
export function constantCategory(given: Given): Oddity[] {
  const { parts } = given;
  if (parts.length < leastParts) return [];
  const groups = Map.groupBy(parts, (part) => plainValue(writtenOf(given, part)));
  if (groups.size !== 1) return [];
  const detail = { value: writtenOf(given, parts[0]!) };
  return [{ code: 'category-constant', affected: [], count: parts.length, of: parts.length, detail }];
}

/** Oddities of values written in several ways, which differ in case, width, spaces or marks only. */
export function spellings(given: Given): Oddity[] {
  const { parts } = given;
  const groups = Map.groupBy(parts, (part) => barelyWritten(writtenOf(given, part)));
  return [...groups.values()].flatMap((alike) => {
    const written = [...Map.groupBy(alike, (part) => writtenOf(given, part))];
    if (written.length === 1) return [];
    const [usual, ...others] = written.sort((a, b) => b[1].length - a[1].length);
    return aboutParts(
      'category-spellings',
      { affected: others.flatMap(([, own]) => own), of: parts.length },
      { value: usual![0], spellings: namesOf(others.map(([value]) => value)) },
    );
  });
}

/**
 * Oddity of values that occur on one part each: nothing can be learned of them, and they are often slips of the pen.
 */
export function loneValues(given: Given): Oddity[] {
  const { parts } = given;
  if (parts.length < leastForLone) return [];
  const groups = Map.groupBy(parts, (part) => barelyWritten(writtenOf(given, part)));
  const alone = [...groups.values()].flatMap((alike) => (alike.length === 1 ? alike : []));
  const values = namesOf(alone.map((part) => writtenOf(given, part)));
  return aboutParts('category-once', { affected: alone, of: parts.length }, { values });
}

function namesOf(values: readonly string[]): string {
  return values.slice(0, valuesNamed).join(' · ') + (values.length > valuesNamed ? ' · …' : '');
}

function writtenOf({ modality, records }: Given, part: number): string {
  const value = records[part]?.values[modality.name];
  return typeof value === 'string' ? value : '';
}
