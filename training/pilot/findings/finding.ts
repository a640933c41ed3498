import type { Finding, FindingCode } from '../facts.ts';
import { type PlantParts, shownPart, spread } from '../show.ts';

/** Looks for one sort of trouble in one modality of a plant's parts. */
export type Detector = (given: PlantParts, modality: string, parts: Uint32Array) => readonly Finding[];

const examplesKept = 4;

/** A finding about some of the parts that have a modality; none where there are none. */
export function aboutParts(
  given: PlantParts,
  code: FindingCode,
  modality: string,
  { affected, of }: { readonly affected: ArrayLike<number>; readonly of: number },
  detail: Finding['detail'] = {},
): Finding[] {
  if (affected.length === 0) return [];
  const examples = spread(affected, examplesKept).map((part) => {
    const { id, row, values } = given.records[part]!;
    return { id, row, ...(modality in values && { shown: shownPart(given, modality, part) }) };
  });
  return [{ code, modality, count: affected.length, of, detail, examples }];
}

/** `1–3, 7`: places counted from 1, runs drawn together, cut after a few. */
export function placesText(places: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && place === last[1] + 1) last[1] = place;
    else runs.push([place, place]);
  }
  const shown = runs.slice(0, 6).map(([from, to]) => (from === to ? `${from + 1}` : `${from + 1}–${to + 1}`));
  return `${shown.join(', ')}${runs.length > 6 ? ', …' : ''}`;
}
