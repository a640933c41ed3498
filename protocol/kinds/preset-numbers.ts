/** Presets by their names; what they are for is told where a plan is filled in. */
export const presetNames = ['light', 'standard', 'large'] as const;
export type PresetName = (typeof presetNames)[number];

/** A part of a plan document of which nothing is known yet. */
export type PlanFields = Readonly<Record<string, unknown>>;

/** Numbers of a dense encoder. */
export interface DenseNumbers {
  readonly latent: number;
  /** Layers of a dense encoder. */
  readonly dense: readonly number[];
}

/** Numbers of an encoder that may be convolutional. */
export interface ConvolutionalNumbers extends DenseNumbers {
  /** Values from which on the preset prefers convolutions. */
  readonly convolutionalFrom: number;
  /** Channels; a modality takes as many from the left as its size asks for. */
  readonly filters: readonly number[];
  /** Layers behind the convolutions, which have done most of the work. */
  readonly behind: readonly number[];
}

/**
 * What a preset says of a modality that may be convolutional.
 * @param values of a part @param depth how many convolutions its size asks for
 */
export function convolutionalPreset(
  modality: PlanFields,
  { latent, dense, convolutionalFrom, filters, behind }: ConvolutionalNumbers,
  values: number,
  depth: number,
): PlanFields {
  const preferred = 'filters' in modality || values >= convolutionalFrom ? 'convolutional' : 'dense';
  const architecture = modality.architecture ?? preferred;
  const hidden = architecture === 'convolutional' ? behind : dense;
  return { latent, architecture, hidden, filters: filters.slice(0, depth) };
}

/** How many convolutions bring a side down to `left` values; one at least. */
export function convolutionDepth(side: number, stride: number, left: number): number {
  const next = Math.ceil(side / stride);
  return next > left && next < side ? 1 + convolutionDepth(next, stride, left) : 1;
}

/** A size that a document names, or 1 where the document is wrong. */
export function sizeIn(value: unknown): number {
  return typeof value === 'number' && value >= 1 ? value : 1;
}
