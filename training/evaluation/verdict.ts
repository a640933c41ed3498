import type { Score, Verdict } from '../../protocol/model-card.ts';
import { measureOf } from './measures.ts';

/** Fewer parts than these tell nothing. */
export const leastParts = 10;

/**
 * What a comparison with the version in use says of one target, by the 95 % interval of the gain:
 * `better`: above 0. `as-good`: above minus the measure's margin. `worse`: below 0 and reaching below the margin.
 * `cannot-tell`: anything else, too few parts, or no version to compare with.
 */
export function verdictOf({ measure, gain, reference }: Score, parts: number): Verdict {
  if (gain === null || reference === null || parts < leastParts) return 'cannot-tell';
  const { margin } = measureOf(measure);
  const allowed = margin.of === 'value' ? margin.size : margin.size * Math.abs(reference);
  if (gain.low > 0) return 'better';
  if (gain.low >= -allowed) return 'as-good';
  return gain.high < 0 ? 'worse' : 'cannot-tell';
}

const weightiest: readonly Verdict[] = ['worse', 'cannot-tell', 'better', 'as-good'];

/**
 * What several targets say together: worse if one is worse; else nothing certain if one says nothing certain; else better
 * if one is better. It rests on the targets that this plant has reconstructed, where any of them could be judged.
 */
export function overallVerdict(
  targets: readonly { readonly verdict: Verdict; readonly wanted: boolean }[],
): Verdict {
  const wanted = targets.filter((target) => target.wanted);
  const judged = (wanted.length > 0 ? wanted : targets).map((target) => target.verdict);
  return weightiest.find((verdict) => judged.includes(verdict)) ?? 'cannot-tell';
}
