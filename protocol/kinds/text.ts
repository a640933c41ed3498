import { z } from 'zod';
import { commonFields } from './fields.ts';
import type { KindForm } from './kind.ts';
import { type DenseNumbers, type PresetName, sizeIn } from './preset-numbers.ts';

export const textModality = z.strictObject({
  ...commonFields,
  kind: z.literal('text'),
  /** Positions that words are hashed to; each word lights two of them. */
  buckets: z.int().min(64).max(8192).default(512),
  /** Largest number of words of a text; further ones are ignored. */
  maxWords: z.int().min(1).max(512).default(64),
});

/** Text: a note as the set of its words. */
export type TextModality = z.infer<typeof textModality>;

const presets: Readonly<Record<PresetName, DenseNumbers>> = {
  light: { latent: 12, dense: [64] },
  standard: { latent: 16, dense: [128] },
  large: { latent: 24, dense: [512, 256] },
};

export const textForm: KindForm<TextModality> = {
  properties: {
    hasPlaces: false,
    hasRange: false,
    isWords: true,
    isShares: false,
    hasIntervals: false,
  },
  grid: ({ buckets }) => [1, buckets, 1],
  isPointedAt: false,
  likelihood: () => ({}),
  preset(modality, name) {
    const { latent, dense } = presets[name];
    // Eight positions a word, of which it lights two, so that a long note does not light them all.
    const wanted = 8 * sizeIn(modality.maxWords ?? 64);
    const buckets = Math.min(8192, Math.max(256, 2 ** Math.ceil(Math.log2(wanted))));
    return { latent, hidden: dense, buckets };
  },
};
