import { z } from 'zod';
import { channelList, unitText, valueRange } from './channels.ts';
import { checkScales } from './check-scales.ts';
import { architecture, checkFilters, commonFields, filters } from './fields.ts';
import type { KindForm } from './kind.ts';
import {
  type ConvolutionalNumbers,
  convolutionalPreset,
  convolutionDepth,
  type PresetName,
  sizeIn,
} from './preset-numbers.ts';
import { checkReduction, signalReduction } from './reduction.ts';

/** Values of a part in the model, at most. */
export const longestSignal = 4096;
/** Values of a part as they were measured, at most, before they come to the plan's length. */
export const longestMeasured = 1 << 22;

export const signalModality = z
  .strictObject({
    ...commonFields,
    kind: z.literal('signal'),
    /** Number of values of a part: of a sensor vector, a spectrum or a profile. */
    length: z.int().min(1).max(longestSignal),
    /** How more values come to that length; absent: `resample`. */
    reduction: signalReduction.optional(),
    /** Unit of all values; absent where each has its own. */
    unit: unitText.optional(),
    /** Range of all values; absent where each has its own. */
    range: valueRange.optional(),
    /** Channels, one for each value, where the values are quantities of their own: an area, a count, an angle. */
    channels: channelList.optional(),
    /** `convolutional` suits spectra and profiles, where neighbouring values belong together; a sensor vector is `dense`. */
    architecture,
    filters: filters.default([16, 32]),
    /** Stride of each convolution, by which it divides the number of values; 4 keeps long signals small. */
    stride: z.union([z.literal(2), z.literal(4)]).default(2),
  })
  .superRefine((signal, context) => {
    checkFilters(signal, signal.length, signal.stride, context);
    checkScales(signal, context);
    checkReduction(signal, context);
  });

/** Physical values: a sensor vector, a spectrum, a profile, or several quantities side by side. */
export type SignalModality = z.infer<typeof signalModality>;

/**
 * Length from which presets prefer convolutions: shorter signals are sensor vectors, whose neighbours have nothing in
 * common; longer ones are spectra and profiles.
 */
const beyondSensorVectors = 128 + 1;

const presets: Readonly<Record<PresetName, ConvolutionalNumbers>> = {
  light: {
    ...{ latent: 12, dense: [64, 64], convolutionalFrom: beyondSensorVectors },
    ...{ filters: [8, 16, 16, 32], behind: [64] },
  },
  standard: {
    ...{ latent: 16, dense: [128, 128], convolutionalFrom: beyondSensorVectors },
    ...{ filters: [16, 32, 32, 64], behind: [128] },
  },
  large: {
    ...{ latent: 24, dense: [512, 256], convolutionalFrom: beyondSensorVectors },
    ...{ filters: [32, 64, 128, 128], behind: [256] },
  },
};

export const signalForm: KindForm<SignalModality> = {
  properties: {
    hasPlaces: false,
    hasRange: true,
    isWords: false,
    isShares: false,
    hasIntervals: true,
  },
  grid: ({ length }) => [1, length, 1],
  isPointedAt: true,
  pyramid: ({ length, filters, stride }) => ({ input: [1, length, 1], filters, strides: [1, stride] }),
  likelihood: ({ length }) => ({ logvar: [length] }),
  preset(modality, name) {
    const [length, stride] = [sizeIn(modality.length), modality.stride ?? 4];
    const depth = convolutionDepth(length, sizeIn(stride), 16);
    return { ...convolutionalPreset(modality, presets[name], length, depth), stride };
  },
};
