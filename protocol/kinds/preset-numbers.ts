/** Names of the presets; `presets.ts` says what each is for. */
export const presetNames = ['light', 'standard', 'large'] as const;
export type PresetName = (typeof presetNames)[number];

/** Part of a plan document that is not checked yet. */
export type PlanFields = Readonly<Record<string, unknown>>;

/** Numbers of a dense encoder. */
export interface DenseNumbers {
  readonly latent: number;
  /** Layers of a dense encoder. */
  readonly dense: readonly number[];
}

/** Numbers of an encoder that may be convolutional. */
export interface ConvolutionalNumbers extends DenseNumbers {
  /** Number of values from which on the preset prefers convolutions. */
  readonly convolutionalFrom: number;
  /** Channels of each convolution; a modality takes as many from the left as its size asks for. */
  readonly filters: readonly number[];
  /** Dense layers behind the convolutions; few, since the convolutions do most of the work. */
  readonly behind: readonly number[];
}

/**
 * Fields that a preset gives a modality that may be convolutional.
 * @param values number of values of a part
 * @param depth how many convolutions its size asks for
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

/** Number of convolutions that bring a side down to `left` values; one at least. */
export function convolutionDepth(side: number, stride: number, left: number): number {
  const next = Math.ceil(side / stride);
  return next > left && next < side ? 1 + convolutionDepth(next, stride, left) : 1;
}

/** Size in an unchecked document; 1 where it is no valid size. */
export function sizeIn(value: unknown): number {
  return typeof value === 'number' && value >= 1 ? value : 1;
}
