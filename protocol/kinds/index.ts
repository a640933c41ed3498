import { z } from 'zod';
import { type Grid, gridSize, type Pyramid } from '../convolution.ts';
import { type CategoryModality, categoryForm, categoryModality } from './category.ts';
import { type ImageModality, imageForm, imageModality } from './image.ts';
import type { KindForm, PictureFields, RangeFields, ShareFields, WordFields } from './kind.ts';
import type { PlanFields, PresetName } from './preset-numbers.ts';
import { type SignalModality, signalForm, signalModality } from './signal.ts';
import { type TextModality, textForm, textModality } from './text.ts';

/** A modality of a plan: one kind of measurement of a part. */
export const modality = z.discriminatedUnion('kind', [
  imageModality,
  signalModality,
  textModality,
  categoryModality,
]);

export type Modality = z.infer<typeof modality>;
export type ModalityKind = Modality['kind'];
export type { CategoryModality, ImageModality, SignalModality, TextModality };
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

/** Whether its values lie in a picture of `width` × `height` pixels. */
export function hasPlaces(modality: Modality): modality is Extract<Modality, PictureFields> {
  return formOf(modality).properties.hasPlaces;
}

/** Whether its values are physical quantities of a unit and range. */
export function hasRange(modality: Modality): modality is Extract<Modality, RangeFields> {
  return formOf(modality).properties.hasRange;
}

/** Whether its values are words, there or not. */
export function isWords(modality: Modality): modality is Extract<Modality, WordFields> {
  return formOf(modality).properties.isWords;
}

/** Whether its values are shares of a list of which a part is one, with one more for what nobody listed. */
export function isShares(modality: Modality): modality is Extract<Modality, ShareFields> {
  return formOf(modality).properties.isShares;
}

/** Whether an interval around a value says something; around words and shares, which are there or not, it does not. */
export function hasIntervals(modality: Pick<Modality, 'kind'>): boolean {
  return formOf(modality).properties.hasIntervals;
}

/** The unit of its values; empty where they have none. */
export function unitOf(modality: Modality): string {
  return hasRange(modality) ? modality.unit : '';
}

/** What 0…1 of the model spans, in the modality's unit; 1 where it has none. */
export function spanOf(modality: Modality): number {
  return hasRange(modality) ? modality.range[1] - modality.range[0] : 1;
}

/** How a part's values lie: height, width and channels, row-major; one row where they lie in no picture. */
export function gridOf(modality: Modality): Grid {
  return formOf(modality).grid(modality);
}

/** Values of a part. */
export function valueSize(modality: Modality): number {
  return gridSize(gridOf(modality));
}

/**
 * Where a person can point at: pixels of a picture, or the values of a signal as a picture one pixel high; undefined where
 * no place means anything to anybody, as those of words.
 */
export function canvasOf(
  modality: Modality,
): { readonly width: number; readonly height: number; readonly channels: number } | undefined {
  if (!formOf(modality).isPointedAt) return undefined;
  const [height, width, channels] = gridOf(modality);
  return { width, height, channels };
}

/** The convolutions' grid, channels and strides; undefined where its kind has dense layers only. */
export function pyramidOf(modality: Modality): Pyramid | undefined {
  return formOf(modality).pyramid?.(modality);
}

/** Shapes of the likelihood's parameters beside the decoder's output, by name. */
export function likelihoodShapes(modality: Modality): Readonly<Record<string, readonly number[]>> {
  return formOf(modality).likelihood(modality);
}

/** What a preset says of a modality in a plan document; nothing of an unknown kind. */
export function presetOf(modality: PlanFields, name: PresetName): PlanFields {
  const kind = modalityKinds.find((known) => known === modality.kind);
  return kind ? forms[kind].preset(modality, name) : {};
}
