import type { Component } from 'svelte';
import type { SourceReason, UnitReason } from '../../main/api/views/explanation.ts';
import type { PilotShown } from '../../main/api/views/pilot.ts';
import type { ModalityView, ValueView } from '../../main/api/views.ts';
import type { Lens } from '../state/lens.svelte.ts';
import type { ErrorScale } from './error-scale.ts';

/** The form of a kind among the forms of all kinds. */
export type Of<Union, K> = Extract<Union, { readonly kind: K }>;

/** Properties of a component that draws a value; `label` is for screen readers. @param lens how pictures are looked at */
export interface ValueProps<V> {
  value: V;
  modality: ModalityView | undefined;
  label: string;
  reconstructed: boolean;
  lens?: Lens | undefined;
}

/** Properties of a thumbnail of a value in the pilot report. @param report its number, for the addresses of pictures */
export interface SmallProps<S> {
  shown: S;
  report: string;
  label: string;
  reconstructed: boolean;
}

/**
 * Properties of a component that draws a measurement with the attribution of each of its values; `limit` is the full
 * length of a bar or line.
 */
export interface ExplainedProps<V, D> {
  value: V;
  detail: D;
  limit: number;
  modality: ModalityView | undefined;
  label: string;
}

/** Properties of a control that changes a measurement for "what if". */
export interface ChangeProps<V, D> {
  modality: string;
  value: V;
  detail: D;
  strongest: readonly UnitReason[];
}

type Detail = SourceReason['detail'];

/** Table entry of one kind of modality: all that the window knows of it; the table is `index.ts`. */
export interface WindowKind<K> {
  /** Shape of its values by the plan, in words. */
  shape(modality: ModalityView): string;
  readonly Value: Component<ValueProps<Of<ValueView, K>>>;
  readonly Small: Component<SmallProps<Of<PilotShown, K>>>;
  readonly Explained: Component<ExplainedProps<Of<ValueView, K>, Of<Detail, K>>>;
  /** The largest weight of an explanation: the scale within a source. */
  limitOf(detail: Of<Detail, K>): number;
  /** Control for "what if"; absent where nothing of the kind can be changed. */
  readonly Change?: Component<ChangeProps<Of<ValueView, K>, Of<Detail, K>>>;
  readonly errors: ErrorScale;
  /** True if it needs the height of a chart even where values are small. */
  readonly isTall: boolean;
}
