import type { Component } from 'svelte';
import type { SourceReason, UnitReason } from '../../main/api/views/explanation.ts';
import type { PilotShown } from '../../main/api/views/pilot.ts';
import type { ModalityView, ValueView } from '../../main/api/views.ts';
import type { ErrorScale } from './error-scale.ts';

/** The form of a kind among the forms of all kinds. */
export type Of<Union, K> = Extract<Union, { readonly kind: K }>;

/** What a value is drawn from; `label` is what a screen reader says of it. */
export interface ValueProps<V> {
  value: V;
  modality: ModalityView | undefined;
  label: string;
  reconstructed: boolean;
}

/** A value of the pilot's report, in small. @param report its number, for the addresses of pictures */
export interface SmallProps<S> {
  shown: S;
  report: string;
  label: string;
  reconstructed: boolean;
}

/** What was measured, with what each of its values adds; `limit` is the full length of a bar or line. */
export interface ExplainedProps<V, D> {
  value: V;
  detail: D;
  limit: number;
  modality: ModalityView | undefined;
  label: string;
}

/** What was measured, to be changed in thought. */
export interface ChangeProps<V, D> {
  modality: string;
  value: V;
  detail: D;
  strongest: readonly UnitReason[];
}

type Detail = SourceReason['detail'];

/** All that the window knows of one kind of modality; the table of kinds is `index.ts`. */
export interface WindowKind<K> {
  /** What the plan says of its values, in words. */
  shape(modality: ModalityView): string;
  readonly Value: Component<ValueProps<Of<ValueView, K>>>;
  readonly Small: Component<SmallProps<Of<PilotShown, K>>>;
  readonly Explained: Component<ExplainedProps<Of<ValueView, K>, Of<Detail, K>>>;
  /** The largest weight of an explanation: the scale within a source. */
  limitOf(detail: Of<Detail, K>): number;
  /** Absent where nothing of it can be changed in thought. */
  readonly Change?: Component<ChangeProps<Of<ValueView, K>, Of<Detail, K>>>;
  readonly errors: ErrorScale;
  /** Whether it needs the height of a chart even where values are small. */
  readonly isTall: boolean;
}
