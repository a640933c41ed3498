import type { Finding } from '../facts.ts';
import type { PlantParts } from '../show.ts';
import { aboutParts, type Detector } from './finding.ts';

/** One text on more than this share of the parts tells nothing about any of them. */
const repeated = 0.1;
const leastRepeats = 5;
/** Up to this share of notes may be missing without a word. */
const tolerated = 0.02;

/** Notes that nobody wrote, and a note that stands on too many parts. */
export const noteDetectors: readonly Detector[] = [emptyNotes, repeatedNotes];

function emptyNotes(given: PlantParts, name: string, parts: Uint32Array): Finding[] {
  const { count } = given.dataset;
  const written = new Set(parts);
  const empty = Uint32Array.from({ length: count }, (_, part) => part).filter((part) => !written.has(part));
  if (empty.length <= tolerated * count) return [];
  return aboutParts(given, 'note-empty', name, { affected: empty, of: count });
}

function repeatedNotes(given: PlantParts, name: string, parts: Uint32Array): Finding[] {
  const groups = Map.groupBy(parts, (part) =>
    textOf(given, name, part).normalize('NFKC').trim().toLowerCase(),
  );
  const [, most = []] = [...groups].reduce(
    (largest, group) => (group[1].length > largest[1].length ? group : largest),
    ['', []] as [string, number[]],
  );
  if (most.length < leastRepeats || most.length <= repeated * parts.length) return [];
  const text = textOf(given, name, most[0]!).slice(0, 60);
  return aboutParts(given, 'note-repeated', name, { affected: most, of: parts.length }, { text });
}

function textOf({ records }: PlantParts, name: string, part: number): string {
  const value = records[part]?.values[name];
  return typeof value === 'string' ? value : '';
}
