import type { ModalityKind, SignalChannel } from '../../../protocol/kinds/index.ts';
import type { SignalReduction } from '../../../protocol/kinds/reduction.ts';
import type { Plan } from '../../../protocol/plan.ts';
import type { Policy } from '../../../protocol/policy.ts';
import type { Label } from './general.ts';

export interface ModalityView {
  readonly name: string;
  readonly label: Label;
  readonly kind: ModalityKind;
  /** True if a modality's values are sets of words, each there or not. */
  readonly isWords: boolean;
  /** True if an interval around a value says something. */
  readonly hasIntervals: boolean;
  /** Places that one can point at by hand: pixels, or a signal's values in one row; absent of unlike channels. */
  readonly places?: { readonly columns: number; readonly rows: number };
  /** Shape of an image in pixels; of a signal its number of values and unit. */
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly length?: number;
  readonly unit?: string;
  readonly range?: readonly [number, number];
  /** Channels of a signal whose values are quantities of their own, in place of unit and range. */
  readonly signalChannels?: readonly SignalChannel[];
  /** How a longer signal comes to that length. */
  readonly reduction?: SignalReduction;
  /** Values of a category, and whether a part may have another. */
  readonly values?: readonly string[];
  readonly list?: 'closed' | 'growing';
}

export interface PlanView {
  readonly hash: string;
  readonly name: string;
  readonly purpose: string;
  readonly policy: Policy;
  readonly modalities: readonly ModalityView[];
  readonly stages: Plan['stages'];
  readonly scheduledRounds: number;
  readonly parameters: number;
}

export interface EnrolmentPreview {
  readonly plant: string;
  readonly aggregator: string;
  readonly caFingerprint: string;
  readonly expires: string;
  readonly plan: PlanView;
}

export type { ModalityKind, Policy, SignalChannel };
