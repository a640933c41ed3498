import { FedReconError } from '../../protocol/errors.ts';

/**
 * Label of a unit that is occluded as a whole: neighbouring channels of a signal, a patch of an image, a word, a
 * category's value.
 */
export type UnitLabel =
  | {
      readonly kind: 'channels';
      readonly first: number;
      readonly last: number;
      /** Name of the channel, where channels are unlike. */
      readonly name?: string;
    }
  | {
      readonly kind: 'patch';
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'word'; readonly word: string }
  /** Value of a category; null for an unlisted one. */
  | { readonly kind: 'value'; readonly value: string | null };

/** Piece of a measurement that can be taken away by itself. */
export interface Piece {
  /** Places among the modality's values. Two words of a text may share one. */
  readonly places: readonly number[];
  /** Label. Signal: the channels, counted from 1. Image: the patch in pixels. Text: the word. Category: its value. */
  readonly label: UnitLabel;
}

/** Grain of pieces: neighbouring channels together, as a person looks at them, or each channel as a piece. */
export type Grain = 'groups' | 'channels';

/** Change of a measurement: a range of values moved together, other words, or another value of a category. */
export type ValueChange =
  | {
      /** First and last place, counted from 0. */
      readonly first: number;
      readonly last: number;
      /** Amount added to each value, in the model's 0…1. */
      readonly by: number;
    }
  | { readonly words: readonly string[] }
  | { readonly value: string };

/** Properties of a kind for explanations. */
export interface KindExplaining<M> {
  /**
   * Baseline, which stands for "nothing in particular was measured". `mean`: the plant's own mean, where zeros would
   * themselves be a measurement, of a part that no plant has seen. `zero`: empty, so that every difference belongs to
   * what is present.
   */
  readonly baseline: 'mean' | 'zero';
  /**
   * Pieces that the values of a part consist of.
   * @param words words of the part's text, as they were written; the model's values name none
   */
  pieces(
    modality: M,
    values: Float32Array,
    grain: Grain,
    words: readonly string[] | undefined,
  ): readonly Piece[];
  /**
   * Values as they would be with a change of the measurement.
   * @throws FedReconError `request-invalid` for a change that does not fit
   */
  changed(modality: M & { readonly name: string }, before: Float32Array, change: ValueChange): Float32Array;
  /**
   * True if values beyond all that a plant has measured deserve a warning; for words, which come and go freely, it is
   * false.
   */
  readonly hasExtremes: boolean;
}

/**
 * Moves a range of values together, each kept in 0…1.
 * @throws FedReconError `request-invalid` for words or a name, or a place that is not there
 */
export function moved(
  { name }: { readonly name: string },
  before: Float32Array,
  change: ValueChange,
): Float32Array {
  if (!('by' in change)) throw misfitting(`the values of ${name} are moved, not written`);
  const { first, last, by } = change;
  if (last >= before.length) throw misfitting(`${name} has ${before.length} values`);
  return before.map((value, place) =>
    place < first || place > last ? value : Math.min(1, Math.max(0, value + by)),
  );
}

/** Error for a change that does not fit a modality. */
export function misfitting(problem: string): FedReconError {
  return new FedReconError('request-invalid', { field: 'changes', problem });
}
