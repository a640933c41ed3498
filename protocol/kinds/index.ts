import { z } from 'zod';
import { type Grid, gridSize, type Pyramid } from '../convolution.ts';
import { type CategoryModality, categoryForm, categoryModality } from './category.ts';
import type { SignalChannel } from './channels.ts';
import { type ImageModality, imageForm, imageModality } from './image.ts';
import type { KindForm, PictureFields, RangeFields, ShareFields, WordFields } from './kind.ts';
import type { PlanFields, PresetName } from './preset-numbers.ts';
import { scaleAt, spanAt } from './scaling.ts';
import { type SignalModality, signalForm, signalModality } from './signal.ts';
import { type TextModality, textForm, textModality } from './text.ts';

/** Modality of a plan: one kind of measurement of a part. */
export const modality = z.discriminatedUnion('kind', [
  imageModality,
  signalModality,
  textModality,
  categoryModality,
]);

export type Modality = z.infer<typeof modality>;
export type ModalityKind = Modality['kind'];
export type { CategoryModality, ImageModality, SignalChannel, SignalModality, TextModality };
/** The modality of one kind. */
export type ModalityOf<K extends ModalityKind> = Extract<Modality, { kind: K }>;

const forms: { readonly [K in ModalityKind]: KindForm<ModalityOf<K>> } = {
  image: imageForm,
  signal: signalForm,
  text: textForm,
  category: categoryForm,
};

/** Every kind of modality that a plan may name. */
export const modalityKinds = Object.keys(forms) as ModalityKind[];

function formOf({ kind }: Pick<Modality, 'kind'>): KindForm<Modality> {
  return forms[kind] as unknown as KindForm<Modality>;
}

/** True if a modality's values are the pixels of a picture of `width` × `height`. */
export function hasPlaces(modality: Modality): modality is Extract<Modality, PictureFields> {
  return formOf(modality).properties.hasPlaces;
}

/** True if a modality's values are physical quantities, of one unit and range or each of its own. */
export function hasRange(modality: Modality): modality is Extract<Modality, RangeFields> {
  return formOf(modality).properties.hasRange;
}

/** True if a modality's values are sets of words. */
export function isWords(modality: Modality): modality is Extract<Modality, WordFields> {
  return formOf(modality).properties.isWords;
}

/** True if a modality's values are shares of a list's values, with one more share for unlisted ones. */
export function isShares(modality: Modality): modality is Extract<Modality, ShareFields> {
  return formOf(modality).properties.isShares;
}

/** True if a modality's values can have intervals; those of words and shares, which are present or not, cannot. */
export function hasIntervals(modality: Pick<Modality, 'kind'>): boolean {
  return formOf(modality).properties.hasIntervals;
}

/** Channels of a modality, one a value; undefined where its values are of one sort. */
export function channelsOf(modality: Modality): readonly SignalChannel[] | undefined {
  return hasRange(modality) ? modality.channels : undefined;
}

/** Unit of figures over all values of a modality: percent of each one's range where units differ; empty where they have none. */
export function unitOf(modality: Modality): string {
  if (!hasRange(modality)) return '';
  return modality.channels ? '%' : scaleAt(modality, 0).unit;
}

/** Full scale of a modality, the range that becomes 0…1 in the model, in the unit of {@link unitOf}; 1 where it has none. */
export function spanOf(modality: Modality): number {
  if (!hasRange(modality)) return 1;
  return modality.channels ? 100 : spanAt(modality, 0);
}

/** Grid of a part's values: height, width and channels, row-major; one row where they are no picture. */
export function gridOf(modality: Modality): Grid {
  return formOf(modality).grid(modality);
}

/** Number of values of a part. */
export function valueSize(modality: Modality): number {
  return gridSize(gridOf(modality));
}

/**
 * Size of the picture that a person can point at: of an image, or of a signal as an image one pixel high; undefined for
 * values whose places mean nothing to a person, such as words.
 */
export function canvasOf(
  modality: Modality,
): { readonly width: number; readonly height: number; readonly channels: number } | undefined {
  if (!formOf(modality).isPointedAt) return undefined;
  const [height, width, channels] = gridOf(modality);
  return { width, height, channels };
}

/** Grid, channels and strides of a modality's convolutions; undefined where its kind has dense layers only. */
export function pyramidOf(modality: Modality): Pyramid | undefined {
  return formOf(modality).pyramid?.(modality);
}

/** Shapes of the likelihood's parameters beside the decoder's output, by name. */
export function likelihoodShapes(modality: Modality): Readonly<Record<string, readonly number[]>> {
  return formOf(modality).likelihood(modality);
}

/** Fields that a preset gives a modality in a plan document; none for an unknown kind. */
export function presetOf(modality: PlanFields, name: PresetName): PlanFields {
  const kind = modalityKinds.find((known) => known === modality.kind);
  return kind ? forms[kind].preset(modality, name) : {};
}
