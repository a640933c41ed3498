import { differenceSize, measureOf } from '../measures/measure-table.ts';
import type { Comparison, Score } from './model-card.ts';

/** Least number of parts that a comparison needs. */
const leastComparedParts = 10;

/**
 * Comparison with the version in use on one target, by the 95 % interval of the gain: `better`: above 0. `as-good`:
 * above minus the measure's margin. `worse`: below 0 and reaching below the margin. `cannot-tell`: anything else, too
 * few parts, or no version to compare with.
 */
export function comparisonOf({ measure, gain, reference }: Score, parts: number): Comparison {
  if (gain === null || reference === null || parts < leastComparedParts) return 'cannot-tell';
  if (gain.low > 0) return 'better';
  if (gain.low >= -differenceSize(measureOf(measure).margin, reference)) return 'as-good';
  return gain.high < 0 ? 'worse' : 'cannot-tell';
}

/**
 * Comparison over several targets: the first that is better or worse decides, so that what this plant has reconstructed
 * most counts most; else `cannot-tell` if one is. Where a wanted target was not evaluated here, none that fewer parts
 * lack decides in its place: the version with worse notes may be the one with the better gauge.
 * @param wanted modalities that the plant has reconstructed, the one that most parts lack first; of none, all targets
 *   count
 */
export function overallComparison(
  targets: readonly { readonly modality: string; readonly comparison: Comparison }[],
  wanted: readonly string[],
): Comparison {
  const comparisons: Comparison[] = [];
  for (const name of wanted.length > 0 ? wanted : targets.map(({ modality }) => modality)) {
    const found = targets.find(({ modality }) => modality === name);
    comparisons.push(found?.comparison ?? 'cannot-tell');
    if (!found) break;
  }
  const decisive = comparisons.find((comparison) => comparison === 'better' || comparison === 'worse');
  if (decisive) return decisive;
  return comparisons.length > 0 && comparisons.every((comparison) => comparison === 'as-good')
    ? 'as-good'
    : 'cannot-tell';
}
