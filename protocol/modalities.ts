import { z } from 'zod';
import { mostConvolutions } from './convolution.ts';

/** Modality names end up in file names, column names and tensor names, so they stay plain. */
export const modalityName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and "-", starting with a letter, at most 32');

/** Units of a stack of dense layers. */
export const layers = z
  .array(
    z.int().min(4).max(4096),
    'list the units of each layer, or write "preset": "standard" into the plan',
  )
  .min(1)
  .max(4);

const common = {
  name: modalityName,
  /** What the window calls it. */
  label: z.strictObject({ en: z.string().min(1).max(80), ja: z.string().min(1).max(80) }),
  /** Dimensions of this modality's own latent. */
  latent: z.int().min(2).max(128).default(24),
  /** Units of the encoder's dense layers; the decoder mirrors them. The last one is the width of the features. */
  hidden: layers,
};

/** `dense`: layers of `hidden`. `convolutional`: strided convolutions of `filters`, then the layers of `hidden`. */
const architecture = z.enum(['dense', 'convolutional']).default('dense');

/** Channels of each convolution. */
const filters = z.array(z.int().min(2).max(512)).min(1).max(4);

export const imageModality = z
  .strictObject({
    ...common,
    kind: z.literal('image'),
    width: z.int().min(8).max(256),
    height: z.int().min(8).max(256),
    channels: z.union([z.literal(1), z.literal(3)]),
    architecture,
    /** Each convolution halves both sides. */
    filters: filters.default([32, 64]),
  })
  .superRefine((image, context) => checkFilters(image, Math.max(image.width, image.height), 2, context));

export const signalModality = z
  .strictObject({
    ...common,
    kind: z.literal('signal'),
    /** Values a part: a sensor vector, a spectrum, a profile. */
    length: z.int().min(1).max(4096),
    unit: z.string().max(20),
    /** Physical range that is scaled to 0…1; the same in all plants, so it is agreed here and not estimated. */
    range: z
      .tuple([z.number(), z.number()])
      .refine(([low, high]) => high > low, 'the range must end above its start'),
    /** `convolutional` suits spectra and profiles, where neighbouring values belong together; a sensor vector is `dense`. */
    architecture,
    filters: filters.default([16, 32]),
    /** By what each convolution divides the number of values; 4 keeps long signals small. */
    stride: z.union([z.literal(2), z.literal(4)]).default(2),
  })
  .superRefine((signal, context) => checkFilters(signal, signal.length, signal.stride, context));

export const textModality = z.strictObject({
  ...common,
  kind: z.literal('text'),
  /** Positions that words are hashed to; each word lights two of them. */
  buckets: z.int().min(64).max(8192).default(512),
  /** Words beyond this many are ignored. */
  maxWords: z.int().min(1).max(512).default(64),
});

export const modality = z.discriminatedUnion('kind', [imageModality, signalModality, textModality]);

export type Modality = z.infer<typeof modality>;
export type ImageModality = z.infer<typeof imageModality>;
export type SignalModality = z.infer<typeof signalModality>;
export type TextModality = z.infer<typeof textModality>;
export type ModalityKind = Modality['kind'];

/** A convolution with nothing left to divide is a mistake, not a layer. */
function checkFilters(
  modality: Pick<ImageModality, 'architecture' | 'filters'>,
  side: number,
  stride: number,
  context: z.RefinementCtx,
): void {
  const most = mostConvolutions(side, stride);
  if (modality.architecture === 'dense' || modality.filters.length <= most) return;
  const cure = most === 0 ? 'use the architecture "dense"' : 'list fewer filters';
  context.addIssue({
    code: 'custom',
    path: [most === 0 ? 'architecture' : 'filters'],
    message: `convolutions of stride ${stride} divide ${side} values ${most} times at most; ${cure}`,
  });
}
