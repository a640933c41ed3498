import { z } from 'zod';
import { architecture, checkFilters, commonFields, filters } from './fields.ts';
import type { KindForm } from './kind.ts';
import {
  type ConvolutionalNumbers,
  convolutionalPreset,
  convolutionDepth,
  type PresetName,
  sizeIn,
} from './preset-numbers.ts';

export const imageModality = z
  .strictObject({
    ...commonFields,
    kind: z.literal('image'),
    width: z.int().min(8).max(256),
    height: z.int().min(8).max(256),
    channels: z.union([z.literal(1), z.literal(3)]),
    architecture,
    /** Channels of each convolution, which halves both sides. */
    filters: filters.default([32, 64]),
  })
  .superRefine((image, context) => checkFilters(image, Math.max(image.width, image.height), 2, context));

/** Image: pixels in 0…1. */
export type ImageModality = z.infer<typeof imageModality>;

/**
 * Size from which presets prefer convolutions. Up to 32 × 32 dense layers do for an image, at a fraction of the time on
 * a CPU.
 */
const beyondSmallImages = 32 * 32 + 1;

const presets: Readonly<Record<PresetName, ConvolutionalNumbers>> = {
  light: {
    ...{ latent: 16, dense: [128, 64], convolutionalFrom: beyondSmallImages },
    ...{ filters: [8, 16, 32, 32], behind: [64] },
  },
  standard: {
    ...{ latent: 24, dense: [256, 128], convolutionalFrom: beyondSmallImages },
    ...{ filters: [16, 32, 64, 64], behind: [128] },
  },
  large: {
    ...{ latent: 32, dense: [1024, 512], convolutionalFrom: 0 },
    ...{ filters: [64, 128, 256, 256], behind: [512] },
  },
};

export const imageForm: KindForm<ImageModality> = {
  properties: {
    hasPlaces: true,
    hasRange: false,
    isWords: false,
    isShares: false,
    hasIntervals: true,
  },
  grid: ({ height, width, channels }) => [height, width, channels],
  isPointedAt: true,
  pyramid: ({ height, width, channels, filters }) => ({
    input: [height, width, channels],
    filters,
    strides: [2, 2],
  }),
  likelihood: ({ width, height, channels }) => ({ logvar: [width * height * channels] }),
  preset(modality, name) {
    const [width, height] = [sizeIn(modality.width), sizeIn(modality.height)];
    const depth = convolutionDepth(Math.max(width, height), 2, 7);
    return convolutionalPreset(modality, presets[name], width * height, depth);
  },
};
