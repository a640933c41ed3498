import type { ExplainJob, ExplainResult } from '../../../training/process/messages/explain-messages.ts';
import type { ValueView } from '../views.ts';

/** Explanation of why a part was reconstructed as it was. */
export interface ExplanationView {
  readonly part: number;
  readonly modality: string;
  readonly modelVersion: number;
  /** Region that was pointed at; null: the whole. */
  readonly region: Region | null;
  /**
   * Quantity that is explained: in a region its mean value, in fractions of full scale, here and for a part with the
   * usual measurements; of the whole how far the picture is from the usual one, 1 and 0.
   */
  readonly value: number;
  readonly usual: number;
  /** Sources in the order of the plan. Their attributions sum to `value` less `usual`, but for `residue`. */
  readonly sources: readonly SourceReason[];
  readonly residue: number;
  /** Groups of channels, patches and words, the strongest first. */
  readonly strongest: readonly UnitReason[];
  /** Rank correlation of the attributions with the effects of really taking things away, −1…1. */
  readonly agreement: number | null;
  /** Parts of this plant that are most alike by the same sources, nearest first. */
  readonly neighbours: readonly NeighbourView[];
}

/** A rectangle of pixels; of a signal its values, as an image one pixel high. */
export type Region = NonNullable<ExplainJob['region']>;

export interface SourceReason {
  readonly modality: string;
  readonly attribution: number;
  /** Root mean squared change of the reconstruction without it, in fractions of full scale. */
  readonly change: number;
  /** Share of `change` in the changes of all sources, 0…1. */
  readonly share: number;
  readonly detail:
    | { readonly kind: 'signal'; readonly weights: readonly number[] }
    /** A map of attributions; its scale goes from −limit to +limit. */
    | { readonly kind: 'image'; readonly src: string; readonly limit: number }
    /** The note as it is written, cut where the weight changes; null: no word. */
    | {
        readonly kind: 'text';
        readonly segments: readonly { readonly text: string; readonly weight: number | null }[];
        readonly words: readonly string[];
      }
    /** The value with the weight that it adds as a whole. */
    | { readonly kind: 'category'; readonly value: string; readonly weight: number };
}

/** Piece of a source with its attribution, and the effect of taking it away. */
export type UnitReason = ExplainResult['units'][number];

export interface NeighbourView {
  readonly part: number;
  readonly id: string;
  readonly distance: number;
  readonly reconstructed: ValueView;
  /** Measurement that was taken of the neighbour; null where there is none. */
  readonly measured: ValueView | null;
}

/** The reconstruction as it would be had something else been measured. */
export interface WhatIfView {
  readonly reconstructed: ValueView;
  /** Root mean squared change, in fractions of full scale. */
  readonly change: number;
  /** Sources that are now beyond all that this plant has measured. */
  readonly beyond: readonly string[];
}

/** What the model that was here before makes of the same measurements. */
export interface FormerView {
  readonly modelVersion: number;
  readonly reconstructed: ValueView;
}
