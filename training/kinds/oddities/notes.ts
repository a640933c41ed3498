import type { MeasuredParts, Oddity } from '../looking.ts';
import { aboutParts } from './oddity.ts';

/** Largest share of parts with the same text; on more, it tells nothing about any of them. */
const repeated = 0.1;
const leastRepeats = 5;
/** Largest share of missing notes that is not reported. */
const tolerated = 0.02;

/** Oddity of parts without a note. */
export function emptyNotes({ parts, records }: MeasuredParts<unknown>): Oddity[] {
  const written = new Set(parts);
  const empty = [...records.keys()].filter((part) => !written.has(part));
  if (empty.length <= tolerated * records.length) return [];
  return aboutParts('note-empty', { affected: empty, of: records.length });
}

/** Oddity of a note that stands on too many parts. */
export function repeatedNotes(given: MeasuredParts<unknown>): Oddity[] {
  const { parts } = given;
  const groups = Map.groupBy(parts, (part) => textOf(given, part).normalize('NFKC').trim().toLowerCase());
  const [, most = []] = [...groups].reduce(
    (largest, group) => (group[1].length > largest[1].length ? group : largest),
    ['', []] as [string, number[]],
  );
  if (most.length < leastRepeats || most.length <= repeated * parts.length) return [];
  const text = textOf(given, most[0]!).slice(0, 60);
  return aboutParts('note-repeated', { affected: most, of: parts.length }, { text });
}

function textOf({ modality, records }: MeasuredParts<unknown>, part: number): string {
  const value = records[part]?.values[modality.name];
  return typeof value === 'string' ? value : '';
}
