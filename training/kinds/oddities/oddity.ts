import type { Oddity, OddityCode } from '../looking.ts';

/** Oddity of some of the parts that have a modality; an empty list if no part is affected. */
export function aboutParts(
  code: OddityCode,
  { affected, of }: Pick<Oddity, 'affected' | 'of'>,
  detail: Oddity['detail'] = {},
): Oddity[] {
  return affected.length === 0 ? [] : [{ code, affected, count: affected.length, of, detail }];
}

/** Text of places, `1–3, 7`: counted from 1, runs joined, cut after a few. */
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
