import type { TellingFeatureName } from '../../../protocol/calibration/features.ts';
import type { Suspicion } from '../../../training/confidence/suspicion.ts';
import type { RiskPoint, Thresholds, Verdict } from '../../../training/confidence/verdict.ts';

export type { Verdict };

/** What plants that have the truth let one say of a reconstruction. */
export interface TrustView {
  /** Probability that the error is within the tolerance: a counted frequency. */
  readonly confidence: number;
  readonly verdict: Verdict;
  /** Root mean squared errors in shares of full scale: what still serves, and what is expected. */
  readonly tolerance: number;
  readonly expectedError: number;
  /** Share of known parts that are at least as far from what was learned. */
  readonly familiarity: number;
  /** So few that nothing is said of it. */
  readonly isUnfamiliar: boolean;
  /** The worst first. */
  readonly suspicions: readonly Suspicion[];
  /** Why: what is furthest from usual, and of which sources. */
  readonly telling: readonly { readonly name: TellingFeatureName; readonly of: readonly string[] }[];
  /** Share of values that its intervals may miss, that they missed on held-out parts, and at the worst plant. */
  readonly interval:
    | { readonly level: number; readonly missed: number; readonly worst: number }
    | { readonly missingParts: number };
  /** Plants and held-out parts that it was counted on. */
  readonly plants: number;
  readonly parts: number;
  /** Parts of this plant that were reconstructed alike and measured later, and by what factor they widened the intervals. */
  readonly own?: { readonly parts: number; readonly widening: number };
}

/** What the engineer decides for a modality. */
interface TrustRulesView extends Thresholds {
  /** Null: what four of five known parts meet. */
  readonly tolerance: number | null;
}

/** What the rules leave of the reconstructions in the queue. */
export interface RiskView {
  /** For each threshold of confidence: share of the parts that would be used, and share of these that are expected to be beyond the tolerance. */
  readonly points: readonly RiskPoint[];
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Of what is used by the rules as they are. */
  readonly risk: number;
  readonly rules: TrustRulesView;
}
