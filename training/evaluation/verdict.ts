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

/**
 * What several targets say together: the first that is better or worse decides, so what this plant has reconstructed most
 * counts most; else nothing certain if one says nothing certain. Where what most parts lack cannot be judged here,
 * nothing that fewer parts lack decides in its place: the version with worse notes may be the one with the better gauge.
 * @param wanted modalities that the plant has reconstructed, the one that most parts lack first; of none, all targets count
 */
export function overallVerdict(
  targets: readonly { readonly modality: string; readonly verdict: Verdict }[],
  wanted: readonly string[],
): Verdict {
  const verdicts: Verdict[] = [];
  for (const name of wanted.length > 0 ? wanted : targets.map(({ modality }) => modality)) {
    const judged = targets.find(({ modality }) => modality === name);
    verdicts.push(judged?.verdict ?? 'cannot-tell');
    if (!judged) break;
  }
  const decisive = verdicts.find((verdict) => verdict === 'better' || verdict === 'worse');
  if (decisive) return decisive;
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'as-good')
    ? 'as-good'
    : 'cannot-tell';
}
