import {
  type ImageModality,
  type Modality,
  type ModalityKind,
  modalityOf,
  type SignalModality,
} from '../../protocol/plan.ts';
import { positionsOf } from '../cells/words.ts';
import type { Recipe } from '../model/recipe.ts';
import type { Inputs } from './baseline.ts';
import type { ExplainedModel } from './explained-model.ts';
import type { UnitLabel } from './facts.ts';

/** A piece of what was measured that can be taken away by itself. */
export interface Unit {
  readonly modality: string;
  /** Places among the modality's values. Two words of a text may share one. */
  readonly places: readonly number[];
  /** Signal: the channels, counted from 1. Image: the patch in pixels. Text: the word. */
  readonly label: UnitLabel;
}

/** A signal is taken apart into about so many groups of neighbouring channels, an image into so many patches a side. */
const signalGroups = 14;
const patchesPerSide = 7;

type Split<M extends Modality> = (
  modality: M,
  values: Float32Array,
  grain: 'groups' | 'channels',
  words: readonly string[] | undefined,
) => Omit<Unit, 'modality'>[];

const splits: { readonly [K in ModalityKind]: Split<Extract<Modality, { kind: K }>> } = {
  signal: splitSignal,
  image: splitImage,
  text: ({ buckets }, values, _grain, words) =>
    words
      ? [...new Set(words)].map((word) => ({
          places: positionsOf(word, buckets),
          label: { kind: 'word', word },
        }))
      : [...values.keys()]
          .filter((place) => values[place] !== 0)
          .map((place) => ({ places: [place], label: { kind: 'word', word: `#${place}` } })),
};

/**
 * What a part's sources are made of: channels, patches of pixels, the words that are there.
 * @param grain whether neighbouring channels go together, as a person looks at them, or each is a unit
 */
export function unitsOf(
  model: ExplainedModel,
  { paths }: Recipe,
  part: number,
  at: Inputs,
  grain: 'groups' | 'channels' = 'groups',
): Unit[] {
  return paths.flatMap(({ source }) => {
    const entry = modalityOf(model.plan, source);
    const split = splits[entry.kind] as Split<Modality>;
    const units = split(entry, at[source]!, grain, model.words?.(source, part));
    return units.map((unit) => ({ modality: source, ...unit }));
  });
}

/**
 * The values with only some units as measured and the baseline in all others' places. A place of two words goes
 * when both go.
 * @param keeps whether a unit, by its number, stays
 */
export function keepUnits(
  units: readonly Unit[],
  at: Inputs,
  baseline: Inputs,
  keeps: (unit: number) => boolean,
): Inputs {
  const kept = Object.fromEntries(Object.entries(at).map(([source, values]) => [source, values.slice()]));
  for (const [index, { modality, places }] of units.entries())
    if (!keeps(index)) for (const place of places) kept[modality]![place] = baseline[modality]![place]!;
  for (const [index, { modality, places }] of units.entries())
    if (keeps(index)) for (const place of places) kept[modality]![place] = at[modality]![place]!;
  return kept;
}

/** What each unit was given of the values' attributions; words that share a place share what it was given. */
export function attributionOf(units: readonly Unit[], attribution: Inputs): number[] {
  const users = new Map<string, number>();
  const key = (modality: string, place: number) => `${modality}/${place}`;
  for (const { modality, places } of units)
    for (const place of places) users.set(key(modality, place), (users.get(key(modality, place)) ?? 0) + 1);
  return units.map(({ modality, places }) =>
    places.reduce((sum, place) => sum + attribution[modality]![place]! / users.get(key(modality, place))!, 0),
  );
}

function splitSignal(
  { length }: SignalModality,
  _values: Float32Array,
  grain: 'groups' | 'channels',
): Omit<Unit, 'modality'>[] {
  const width = grain === 'channels' ? 1 : Math.ceil(length / signalGroups);
  return starts(length, width).map((first) => {
    const places = range(first, Math.min(first + width, length));
    return { places, label: { kind: 'channels', first: first + 1, last: first + places.length } };
  });
}

function splitImage({ width, height, channels }: ImageModality): Omit<Unit, 'modality'>[] {
  const [wide, tall] = [Math.ceil(width / patchesPerSide), Math.ceil(height / patchesPerSide)];
  return starts(height, tall).flatMap((top) =>
    starts(width, wide).map((left) => {
      const patch = { left, top, width: Math.min(wide, width - left), height: Math.min(tall, height - top) };
      return { places: placesIn({ width, channels }, patch), label: { kind: 'patch', ...patch } };
    }),
  );
}

/** A rectangle of pixels, or of channels of a signal as an image one pixel high. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The places of a rectangle's values, all channels of each pixel. */
export function placesIn(
  { width, channels }: { readonly width: number; readonly channels: number },
  rectangle: Rectangle,
): number[] {
  const { left, top, width: wide, height: tall } = rectangle;
  return range(top, top + tall).flatMap((y) =>
    range((y * width + left) * channels, (y * width + left + wide) * channels),
  );
}

function starts(length: number, step: number): number[] {
  return range(0, Math.ceil(length / step)).map((index) => index * step);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
