import { FedReconError } from '../../protocol/errors.ts';

/** What is occluded together: neighbouring channels of a signal, a patch of an image, a word, a category's value. */
export type UnitLabel =
  | { readonly kind: 'channels'; readonly first: number; readonly last: number }
  | {
      readonly kind: 'patch';
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'word'; readonly word: string }
  /** Null: one that nobody listed. */
  | { readonly kind: 'value'; readonly value: string | null };

/** A piece of a measurement that can be taken away by itself. */
export interface Piece {
  /** Places among the modality's values. Two words of a text may share one. */
  readonly places: readonly number[];
  /** Signal: the channels, counted from 1. Image: the patch in pixels. Text: the word. Category: its value. */
  readonly label: UnitLabel;
}

/** Whether neighbouring channels go together, as a person looks at them, or each is a piece. */
export type Grain = 'groups' | 'channels';

/** What is changed of a measurement: a range of values moved together, other words, or another of the listed values. */
export type ValueChange =
  | {
      /** First and last place, counted from 0. */
      readonly first: number;
      readonly last: number;
      /** Added to each, in the model's 0…1. */
      readonly by: number;
    }
  | { readonly words: readonly string[] }
  | { readonly value: string };

/** What explanations ask of a kind. */
export interface KindExplaining<M> {
  /**
   * What stands for "nothing in particular was measured". `mean`: the plant's own mean, where a zero would itself be a
   * measurement, of a part that no plant has seen. `zero`: nothing, so that every difference belongs to what is there.
   */
  readonly baseline: 'mean' | 'zero';
  /**
   * What the values of a part are made of.
   * @param words of a text that are there, as they were written; what the model sees of them names none
   */
  pieces(
    modality: M,
    values: Float32Array,
    grain: Grain,
    words: readonly string[] | undefined,
  ): readonly Piece[];
  /**
   * The values as they would be had something else been measured.
   * @throws FedReconError `request-invalid` for a change that does not fit
   */
  changed(modality: M & { readonly name: string }, before: Float32Array, change: ValueChange): Float32Array;
  /** Whether a value beyond all that a plant has measured is a guess to warn of. Words come and go freely. */
  readonly hasExtremes: boolean;
}

/**
 * A range of values moved together, each kept in 0…1.
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

/** A change that a modality cannot be asked for. */
export function misfitting(problem: string): FedReconError {
  return new FedReconError('request-invalid', { field: 'changes', problem });
}
