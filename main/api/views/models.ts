import type { Policy } from '../../../protocol/policy.ts';
import type {
  Comparison,
  Estimate,
  Evaluation,
  Score,
  SourceSet,
  TargetCard,
} from '../../../training/evaluation/model-card.ts';
import type { Role, ValueView } from '../views.ts';
import type { MeasureView } from './measures.ts';

export type { Comparison, Estimate };

/** What the window is given to show of model versions and their cards. */

export type ModelState = 'received' | 'evaluated' | 'in-use' | 'held' | 'retired';

export interface ModelView {
  readonly version: number;
  readonly round: number;
  readonly receivedAt: string;
  readonly state: ModelState;
  readonly comparison: Comparison | null;
  readonly evaluatedAt: string | null;
  /** The last decision about it. */
  readonly decision: {
    readonly action: 'use' | 'roll-back' | 'hold';
    readonly name: string;
    readonly role: Role | 'workstation' | 'unnamed';
    readonly reason: string;
    readonly acknowledged: boolean;
    readonly at: string;
    /** Whether signature, card and model still are what was signed. */
    readonly isGenuine: boolean;
  } | null;
}

export interface ModelsView {
  /** Newest first. */
  readonly versions: readonly ModelView[];
  /** Whether a version that is not worse is used without a person. */
  readonly adoption: Policy['adoption'];
  readonly signOffBy: readonly Role[];
}

export interface ModelCardView {
  readonly version: number;
  readonly round: number;
  readonly evaluatedAt: string;
  readonly hash: string;
  readonly planHash: string;
  readonly modelHash: string;
  /** The version it was compared with. */
  readonly reference: number | null;
  readonly comparison: Comparison;
  readonly parts: Evaluation['parts'];
  readonly unevaluated: readonly string[];
  /** Whether signing it needs the word that its gaps are known. */
  readonly leavesOpen: boolean;
  readonly targets: readonly TargetView[];
  readonly groups: {
    readonly by: string;
    readonly list: readonly {
      readonly parts: number;
      readonly words: readonly string[];
      readonly example: ValueView;
    }[];
  } | null;
}

/** A target of the card, its figures with the measures that they are of. */
export interface TargetView
  extends Pick<TargetCard, 'modality' | 'wanted' | 'comparison' | 'coverage' | 'calibration' | 'byGroup'> {
  /** What comparison, groups and worst cases go by. */
  readonly leading: MeasureView;
  readonly sets: readonly (Omit<SourceSet, 'scores'> & {
    /** The leading measure first. */
    readonly scores: readonly (Omit<Score, 'measure'> & { readonly measure: MeasureView })[];
  })[];
  readonly worst: readonly {
    readonly part: string;
    readonly value: number;
    readonly reference: number | null;
    readonly truth: ValueView;
    readonly reconstructed: ValueView;
  }[];
}
