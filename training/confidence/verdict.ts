/** Verdict on a reconstruction: what an operator may do with it. */
export type Verdict = 'use' | 'check' | 'no-ground';

/** Thresholds of verdicts; the engineer sets them by the risk that they leave. */
export interface Thresholds {
  /** Confidence from which a reconstruction may be used. */
  readonly use: number;
  /** Confidence below which it is no ground for anything. */
  readonly check: number;
  /** Familiarity below which nothing like the part was learned, whatever the confidence says. */
  readonly familiarity: number;
}

export const usualThresholds: Thresholds = { use: 0.9, check: 0.5, familiarity: 0.01 };

/** Assessment of a reconstruction; there is none without a calibration. */
interface Assessment {
  readonly confidence: number;
  readonly familiarity: number;
}

/** Verdict on a reconstruction. @param assessment undefined where its route is not calibrated */
export function verdictOf(
  assessment: Assessment | undefined,
  { use, check, familiarity }: Thresholds,
): Verdict {
  if (!assessment) return 'check';
  if (assessment.familiarity < familiarity || assessment.confidence < check) return 'no-ground';
  return assessment.confidence >= use ? 'use' : 'check';
}

/** Coverage and risk at one threshold of confidence. */
export interface RiskPoint {
  readonly threshold: number;
  /** Share of the parts that would be used. */
  readonly coverage: number;
  /** Share of the used parts that are expected to be beyond the tolerance. */
  readonly risk: number;
}

/**
 * Risk by coverage, for every threshold from the surest part down. The risk is the mean of 1 − confidence of the
 * accepted parts, which is an expected share because the confidence is a measured frequency.
 */
export function riskCoverage(confidences: readonly number[]): RiskPoint[] {
  const sorted = [...confidences].sort((a, b) => b - a);
  let wrong = 0;
  return sorted.flatMap((threshold, place) => {
    wrong += 1 - threshold;
    if (sorted[place + 1] === threshold) return [];
    const accepted = place + 1;
    return [{ threshold, coverage: accepted / sorted.length, risk: wrong / accepted }];
  });
}
