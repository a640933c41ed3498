import type { ModalityKind } from '../../../protocol/kinds/index.ts';
import type { Label, Role } from './general.ts';

export interface ModalityView {
  readonly name: string;
  readonly label: Label;
  readonly kind: ModalityKind;
  /** Whether its values are words, which are there or not. */
  readonly isWords: boolean;
  /** What its errors and tolerances are given in: shares of the span of its values, or nats a value. */
  readonly errorScale: 'span' | 'nats';
  /** The places that one can point at: pixels, or a signal's values in one row. */
  readonly places?: { readonly columns: number; readonly rows: number };
  /** Image: pixels. Signal: values and unit. */
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly length?: number;
  readonly unit?: string;
  readonly range?: readonly [number, number];
}

export interface PlanView {
  readonly hash: string;
  readonly name: string;
  readonly purpose: string;
  readonly policy: PolicyView;
  readonly modalities: readonly ModalityView[];
  readonly stages: readonly {
    readonly stage: 'generators' | 'mappings' | 'completion';
    readonly rounds: number;
  }[];
  readonly scheduledRounds: number;
  readonly parameters: number;
}

/** What the plan says of the use of reconstructions, nothing left open. */
export interface PolicyView {
  readonly uses: string;
  readonly retentionDays: number;
  readonly seenBy: readonly Role[];
  readonly decisions: readonly ('triage' | 'in-process-check' | 'final-acceptance')[];
  readonly exportBy: readonly Role[];
  readonly adoption: 'automatic' | 'signed';
  readonly signOffBy: readonly Role[];
}

export interface EnrolmentPreview {
  readonly plant: string;
  readonly aggregator: string;
  readonly caFingerprint: string;
  readonly expires: string;
  readonly plan: PlanView;
}

export type { ModalityKind };
