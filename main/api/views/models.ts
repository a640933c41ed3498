import type { Role, ValueView } from '../views.ts';
import type { MeasureView } from './measures.ts';

/** What the window is given to show of model versions and their cards. */

export type ModelState = 'received' | 'evaluated' | 'in-use' | 'held' | 'retired';
export type ComparisonView = 'better' | 'as-good' | 'worse' | 'cannot-tell';

export interface ModelView {
  readonly version: number;
  readonly round: number;
  readonly receivedAt: string;
  readonly state: ModelState;
  readonly comparison: ComparisonView | null;
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
  readonly adoption: 'signed' | 'automatic';
  readonly signOffBy: readonly Role[];
}

export interface EstimateView {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
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
  readonly comparison: ComparisonView;
  readonly parts: { readonly heldOut: number; readonly used: number };
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

export interface TargetView {
  readonly modality: string;
  readonly wanted: boolean;
  readonly comparison: ComparisonView;
  /** What comparison, groups and worst cases go by. */
  readonly leading: MeasureView;
  readonly sets: readonly {
    readonly sources: readonly string[];
    readonly bridges: Readonly<Record<string, string>>;
    readonly parts: number;
    /** The leading measure first. */
    readonly scores: readonly {
      readonly measure: MeasureView;
      readonly value: EstimateView;
      readonly reference: number | null;
      /** Above 0 is better, whatever the measure. */
      readonly gain: EstimateView | null;
    }[];
  }[];
  readonly coverage: { readonly nominal: number; readonly share: number } | null;
  readonly calibration: {
    readonly tolerance: number;
    /** Of equally many parts, by confidence: what was said, and the share that it came true of. */
    readonly bins: readonly {
      readonly confidence: number;
      readonly within: number;
      readonly parts: number;
    }[];
  } | null;
  readonly byGroup: readonly {
    readonly parts: number;
    readonly value: number | null;
    readonly reference: number | null;
  }[];
  readonly worst: readonly {
    readonly part: string;
    readonly value: number;
    readonly reference: number | null;
    readonly truth: ValueView;
    readonly reconstructed: ValueView;
  }[];
}
