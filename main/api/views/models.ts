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
import type { ChannelView, MeasureView } from './measures.ts';

export type { Comparison, Estimate };

/** Views of model versions and their cards. */

export type ModelState = 'received' | 'evaluated' | 'in-use' | 'held' | 'retired';

export interface ModelView {
  readonly version: number;
  readonly round: number;
  readonly receivedAt: string;
  readonly state: ModelState;
  readonly comparison: Comparison | null;
  readonly evaluatedAt: string | null;
  /** The last decision about the version. */
  readonly decision: {
    readonly action: 'use' | 'roll-back' | 'hold';
    readonly name: string;
    readonly role: Role | 'workstation' | 'unnamed';
    readonly reason: string;
    readonly acknowledged: boolean;
    readonly at: string;
    /** True if signature, card and model still are what was signed. */
    readonly isGenuine: boolean;
  } | null;
}

export interface ModelsView {
  /** Model versions, newest first. */
  readonly versions: readonly ModelView[];
  /** Policy for a version that is not worse: whether it is used without a person. */
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
  /** Version that it was compared with; null: none. */
  readonly reference: number | null;
  readonly comparison: Comparison;
  readonly parts: Evaluation['parts'];
  readonly unevaluated: readonly string[];
  /** True if signing it off takes the person's word that the gaps of its evaluation are known. */
  readonly leavesOpen: boolean;
  readonly targets: readonly TargetView[];
  /** Its worst cases and groups were let go, because a part among them was deleted. */
  readonly examplesDeleted: boolean;
  readonly groups: {
    readonly by: string;
    readonly list: readonly {
      readonly parts: number;
      readonly words: readonly string[];
      readonly example: ValueView;
    }[];
  } | null;
}

/** Target of the card; its figures carry the measures that they are of. */
export interface TargetView
  extends Pick<TargetCard, 'modality' | 'wanted' | 'comparison' | 'coverage' | 'calibration' | 'byGroup'> {
  /** Quality of each unlike channel, the worst first; empty where values are judged together. */
  readonly channels: readonly ChannelView[];
  /** Measure that comparison, groups and worst cases go by. */
  readonly leading: MeasureView;
  readonly sets: readonly (Omit<SourceSet, 'scores'> & {
    /** Scores, that of the leading measure first. */
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
