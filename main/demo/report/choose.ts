import type { ComparedPart } from '../plant-result.ts';

/** Parts shown of each reconstructed measurement. */
const shownParts = 9;

/**
 * Parts to look at, from the least to the most trusted: evenly spaced in the order of confidence (by id where equal),
 * both ends included, so that good and bad ones show as often as they occur.
 */
export function chooseParts(parts: readonly ComparedPart[]): ComparedPart[] {
  const ordered = [...parts].sort((a, b) => a.confidence - b.confidence || (a.id < b.id ? -1 : 1));
  if (ordered.length <= shownParts) return ordered;
  const step = (ordered.length - 1) / (shownParts - 1);
  return Array.from({ length: shownParts }, (_, index) => ordered[Math.round(index * step)]!);
}
