import type { Grid, Pyramid } from '../convolution.ts';
import type { SignalChannel } from './channels.ts';
import type { PlanFields, PresetName } from './preset-numbers.ts';
import type { SignalReduction } from './reduction.ts';

/** The fields of a modality whose values are the pixels of a picture. */
export interface PictureFields {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** The fields of a modality whose values are physical quantities: of one unit and range, or each a channel of its own. */
export interface RangeFields {
  readonly length: number;
  readonly unit?: string | undefined;
  readonly range?: readonly [low: number, high: number] | undefined;
  readonly channels?: readonly SignalChannel[] | undefined;
  readonly reduction?: SignalReduction | undefined;
}

/** The fields of a modality whose values are sets of words. */
export interface WordFields {
  readonly buckets: number;
  readonly maxWords: number;
}

/**
 * The fields of a modality whose values are shares of a list's values, summing to 1 with the share of unlisted ones.
 */
export interface ShareFields {
  readonly values: readonly string[];
  readonly list: 'closed' | 'growing';
}

/**
 * Properties of a kind, which code outside the folders of kinds asks for instead of the kind itself. They must agree
 * with the fields of the kind's schema, or it does not compile.
 */
export interface KindProperties<M> {
  /** True if its values are the pixels of a picture. */
  readonly hasPlaces: M extends PictureFields ? true : false;
  /** True if its values are physical quantities in ranges that the plan gives. */
  readonly hasRange: M extends RangeFields ? true : false;
  /** True if its values are sets of words. */
  readonly isWords: M extends WordFields ? true : false;
  /** True if its values are shares of a list's values, of which a part has one. */
  readonly isShares: M extends ShareFields ? true : false;
  /** True if its values are continuous, so that intervals around them make sense. */
  readonly hasIntervals: boolean;
}

/** All that the rooms share of one kind of modality; the table of kinds is `index.ts`. */
export interface KindForm<M> {
  readonly properties: KindProperties<M>;
  /** Grid of a part's values, row-major, channels last; one row where they are no picture. */
  grid(modality: M): Grid;
  /** True if a person can point at places of {@link grid}, since neighbours in it belong together. */
  readonly isPointedAt: boolean;
  /** Shape of the convolutions of a convolutional modality; absent in a kind that has dense layers only. */
  pyramid?(modality: M): Pyramid;
  /** Shapes of the likelihood's parameters beside the decoder's output, by name. */
  likelihood(modality: M): Readonly<Record<string, readonly number[]>>;
  /** Fields that a preset gives a modality, which is still unchecked. */
  preset(modality: PlanFields, name: PresetName): PlanFields;
}
