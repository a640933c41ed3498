import type { Grid, Pyramid } from '../convolution.ts';
import type { PlanFields, PresetName } from './preset-numbers.ts';

/** The fields of a modality whose values are the pixels of a picture. */
export interface PictureFields {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** The fields of a modality whose values are physical quantities of one unit and range. */
export interface RangeFields {
  readonly unit: string;
  readonly range: readonly [low: number, high: number];
}

/** The fields of a modality whose values say which words are there. */
export interface WordFields {
  readonly buckets: number;
  readonly maxWords: number;
}

/** The fields of a modality whose values are shares of a list, summing to 1 with that of what nobody listed. */
export interface ShareFields {
  readonly values: readonly string[];
  readonly list: 'closed' | 'growing';
}

/**
 * What can be asked of a modality outside the folders of kinds, in place of its kind. What a kind claims here has to agree
 * with the fields of its schema, or it does not compile.
 */
export interface KindProperties<M> {
  /** Its values lie in a picture. */
  readonly hasPlaces: M extends PictureFields ? true : false;
  /** Its values are physical quantities in a range that the plan agrees on. */
  readonly hasRange: M extends RangeFields ? true : false;
  /** Its values are words, there or not. */
  readonly isWords: M extends WordFields ? true : false;
  /** Its values are shares of a list of which a part is one. */
  readonly isShares: M extends ShareFields ? true : false;
  /** Its values may lie anywhere in between, so that an interval around them says something. */
  readonly hasIntervals: boolean;
}

/** All that the rooms share of one kind of modality; the table of kinds is `index.ts`. */
export interface KindForm<M> {
  readonly properties: KindProperties<M>;
  /** How a part's values lie, row-major, channels last; one row where they lie in no picture. */
  grid(modality: M): Grid;
  /** Whether a person can point at places of {@link grid}: neighbours in it belong together. */
  readonly isPointedAt: boolean;
  /** What its convolutions are made of where its architecture says so; a kind without has dense layers only. */
  pyramid?(modality: M): Pyramid;
  /** Shapes of the likelihood's parameters beside the decoder's output, by name. */
  likelihood(modality: M): Readonly<Record<string, readonly number[]>>;
  /** What a preset says of a modality of which a plan may say anything else. */
  preset(modality: PlanFields, name: PresetName): PlanFields;
}
