import type { ModalityKind } from '../../../protocol/kinds/index.ts';
import type { Plan } from '../../../protocol/plan.ts';
import type { Policy } from '../../../protocol/policy.ts';
import type { Label } from './general.ts';

export interface ModalityView {
  readonly name: string;
  readonly label: Label;
  readonly kind: ModalityKind;
  /** Whether its values are words, which are there or not. */
  readonly isWords: boolean;
  /** Whether an interval around a value says something. */
  readonly hasIntervals: boolean;
  /** The places that one can point at: pixels, or a signal's values in one row. */
  readonly places?: { readonly columns: number; readonly rows: number };
  /** Image: pixels. Signal: values and unit. */
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly length?: number;
  readonly unit?: string;
  readonly range?: readonly [number, number];
  /** Category: what a part may be, and whether more may come. */
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

export type { ModalityKind, Policy };
