import { FedReconError } from './errors.ts';
import type { ModalityKind } from './modalities.ts';

/**
 * Named sets of architecture numbers, for a plan that says `"preset": "standard"` and leaves them out. What a plan
 * writes itself wins. `light` trains on an ordinary plant's PC without a GPU, `standard` on a newer one, `large`
 * wants a GPU. A plan is agreed to, hashed and kept with the numbers filled in, so a later change of this table
 * changes no federation.
 */
export const presetNames = ['light', 'standard', 'large'] as const;
export type PresetName = (typeof presetNames)[number];

interface Numbers {
  readonly latent: number;
  /** Layers of a dense encoder. */
  readonly dense: readonly number[];
}

interface ConvolutionalNumbers extends Numbers {
  /** Values from which on the preset prefers convolutions. */
  readonly convolutionalFrom: number;
  /** Channels; a modality takes as many from the left as its size asks for. */
  readonly filters: readonly number[];
  /** Layers behind the convolutions, which have done most of the work. */
  readonly behind: readonly number[];
}

interface Preset {
  readonly image: ConvolutionalNumbers;
  readonly signal: ConvolutionalNumbers;
  readonly text: Numbers;
  /** Layers of a mapping. */
  readonly mapping: readonly number[];
  readonly training: { readonly batch: number; readonly localEpochs: number };
}

/** Up to 32 × 32 dense layers do for an image, at a fraction of the time on a CPU. */
const beyondSmallImages = 32 * 32 + 1;
/** A sensor vector has no neighbours; longer signals are spectra and profiles. */
const beyondSensorVectors = 128 + 1;

const presets: Readonly<Record<PresetName, Preset>> = {
  light: {
    image: {
      ...{ latent: 16, dense: [128, 64], convolutionalFrom: beyondSmallImages },
      ...{ filters: [8, 16, 32, 32], behind: [64] },
    },
    signal: {
      ...{ latent: 12, dense: [64, 64], convolutionalFrom: beyondSensorVectors },
      ...{ filters: [8, 16, 16, 32], behind: [64] },
    },
    text: { latent: 12, dense: [64] },
    mapping: [128],
    training: { batch: 64, localEpochs: 2 },
  },
  standard: {
    image: {
      ...{ latent: 24, dense: [256, 128], convolutionalFrom: beyondSmallImages },
      ...{ filters: [16, 32, 64, 64], behind: [128] },
    },
    signal: {
      ...{ latent: 16, dense: [128, 128], convolutionalFrom: beyondSensorVectors },
      ...{ filters: [16, 32, 32, 64], behind: [128] },
    },
    text: { latent: 16, dense: [128] },
    mapping: [256, 256],
    training: { batch: 64, localEpochs: 2 },
  },
  large: {
    image: {
      ...{ latent: 32, dense: [1024, 512], convolutionalFrom: 0 },
      ...{ filters: [64, 128, 256, 256], behind: [512] },
    },
    signal: {
      ...{ latent: 24, dense: [512, 256], convolutionalFrom: beyondSensorVectors },
      ...{ filters: [32, 64, 128, 128], behind: [256] },
    },
    text: { latent: 24, dense: [512, 256] },
    mapping: [512, 512],
    training: { batch: 128, localEpochs: 4 },
  },
};

type Fields = Readonly<Record<string, unknown>>;

/** What a preset says of a modality whose size is known. */
const kinds: Readonly<Record<ModalityKind, (modality: Fields, preset: Preset) => Fields>> = {
  image(modality, { image }) {
    const [width, height] = [numberOf(modality.width), numberOf(modality.height)];
    return convolutional(modality, image, width * height, depthOf(Math.max(width, height), 2, 7));
  },
  signal(modality, { signal }) {
    const [length, stride] = [numberOf(modality.length), modality.stride ?? 4];
    const depth = depthOf(length, numberOf(stride), 16);
    return { ...convolutional(modality, signal, length, depth), stride };
  },
  text(modality, { text: { latent, dense } }) {
    // Eight positions a word, of which it lights two, so that a long note does not light them all.
    const wanted = 8 * numberOf(modality.maxWords ?? 64);
    const buckets = Math.min(8192, Math.max(256, 2 ** Math.ceil(Math.log2(wanted))));
    return { latent, hidden: dense, buckets };
  },
};

function convolutional(
  modality: Fields,
  { latent, dense, convolutionalFrom, filters, behind }: ConvolutionalNumbers,
  values: number,
  depth: number,
): Fields {
  const preferred = 'filters' in modality || values >= convolutionalFrom ? 'convolutional' : 'dense';
  const architecture = modality.architecture ?? preferred;
  const hidden = architecture === 'convolutional' ? behind : dense;
  return { latent, architecture, hidden, filters: filters.slice(0, depth) };
}

/** How many convolutions bring a side down to `left` values; one at least. */
function depthOf(side: number, stride: number, left: number): number {
  const next = Math.ceil(side / stride);
  return next > left && next < side ? 1 + depthOf(next, stride, left) : 1;
}

/** A size, or 1 where the document is wrong. */
function numberOf(value: unknown): number {
  return typeof value === 'number' && value >= 1 ? value : 1;
}

/**
 * The plan document with its preset's numbers wherever it has none of its own, and without the word `preset`; any
 * other document as it is. Nothing else is checked here: what is wrong stays for the plan's schema to name.
 * @throws FedReconError `plan-invalid` for a preset that does not exist
 */
export function fillPreset(document: unknown): unknown {
  if (!isFields(document) || !('preset' in document)) return document;
  const { preset: name, ...plan } = document;
  const preset = presets[presetNames.find((known) => known === name) ?? refuse(name)];
  const { modalities, mapping, training } = plan;
  return {
    ...plan,
    modalities: Array.isArray(modalities) ? modalities.map((entry) => filled(entry, preset)) : modalities,
    mapping: under(mapping, { hidden: preset.mapping }),
    training: under(training, preset.training),
  };
}

function filled(modality: unknown, preset: Preset): unknown {
  if (!isFields(modality) || !Object.hasOwn(kinds, String(modality.kind))) return modality;
  return { ...kinds[modality.kind as ModalityKind](modality, preset), ...modality };
}

function under(written: unknown, preset: Fields): unknown {
  return written === undefined ? preset : isFields(written) ? { ...preset, ...written } : written;
}

function refuse(name: unknown): never {
  const problem = `${JSON.stringify(name)} is no preset; write ${presetNames.join(', ')}, or leave it out`;
  throw new FedReconError('plan-invalid', { field: 'preset', problem });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
