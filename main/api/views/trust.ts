import type { CautionFeatureName } from '../../../protocol/calibration/features.ts';
import type { Suspicion } from '../../../training/confidence/suspicion.ts';
import type { RiskPoint, Thresholds, Verdict } from '../../../training/confidence/verdict.ts';

export type { Verdict };

/** Statements on how far a reconstruction can be trusted, by the calibration at plants that have the truth. */
export interface TrustView {
  /** Probability that the error is within the tolerance: a counted frequency. */
  readonly confidence: number;
  readonly verdict: Verdict;
  /** Largest error that still serves, and error to reckon with, as the modality's kind counts errors. */
  readonly tolerance: number;
  readonly expectedError: number;
  /** Share of known parts that are at least as far from what was learned. */
  readonly familiarity: number;
  /** True if the part is so unfamiliar that nothing is said of it. */
  readonly isUnfamiliar: boolean;
  /** Suspicions, the worst first. */
  readonly suspicions: readonly Suspicion[];
  /** Features that are furthest from usual, and of which sources: why the part is suspected. */
  readonly cautions: readonly { readonly name: CautionFeatureName; readonly of: readonly string[] }[];
  /**
   * Shares of values outside the intervals: promised at most, missed on held-out parts, and missed at the worst plant.
   */
  readonly interval:
    | { readonly level: number; readonly missed: number; readonly worst: number }
    | { readonly missingParts: number };
  /** Number of plants and of held-out parts that the statements were counted on. */
  readonly plants: number;
  readonly parts: number;
  /**
   * Number of this plant's parts that were reconstructed alike and measured later, and the factor by which they widened
   * the intervals.
   */
  readonly own?: { readonly parts: number; readonly widening: number };
}

/** Limits that the engineer sets for a modality. */
interface TrustRulesView extends Thresholds {
  /** Largest error that still serves; null: the one that four of five known parts meet. */
  readonly tolerance: number | null;
}

/** Effect of the rules on the reconstructions in the queue. */
export interface RiskView {
  /**
   * Points of the risk curve, one for each threshold of confidence: share of the parts that would be used, and share of
   * these that are expected to be beyond the tolerance.
   */
  readonly points: readonly RiskPoint[];
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Share of the parts used by the rules as they are that is expected to be beyond the tolerance. */
  readonly risk: number;
  readonly rules: TrustRulesView;
}
