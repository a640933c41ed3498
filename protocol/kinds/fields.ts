import { z } from 'zod';
import { mostConvolutions } from '../convolution.ts';
import { said } from '../issue-words.ts';

/**
 * Name of a modality. It becomes part of file, column and tensor names, so it stays plain; and a key of records, so it
 * is none that every object inherits (`constructor`).
 */
export const modalityName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    said(
      'lower-case letters, digits and "-", starting with a letter, at most 32',
      '英小文字で始まる 32 文字以内の英小文字・数字・「-」にしてください',
    ),
  )
  .refine(
    (name) => !(name in Object.prototype),
    said(
      'this word has a meaning of its own here; choose another',
      'この語には別の意味があります。ほかの名前にしてください',
    ),
  );

/** Units of each layer of a stack of dense layers. */
export const layers = z
  .array(
    z.int().min(4).max(4096),
    said(
      'list the units of each layer, or write "preset": "standard" into the plan',
      '各層のユニット数を並べるか、計画書に "preset": "standard" と書いてください',
    ),
  )
  .min(1)
  .max(4);

/** Fields of a modality of any kind in a plan. */
export const commonFields = {
  name: modalityName,
  /** Name in the window, in each language. */
  label: z.strictObject({ en: z.string().min(1).max(80), ja: z.string().min(1).max(80) }),
  /** Dimensions of this modality's own latent. */
  latent: z.int().min(2).max(128).default(24),
  /** Units of the encoder's dense layers; the decoder mirrors them. The last one is the width of the features. */
  hidden: layers,
};

/**
 * Architecture of encoder and decoder. `dense`: layers of `hidden`. `convolutional`: strided convolutions of `filters`,
 * then the layers of `hidden`.
 */
export const architecture = z.enum(['dense', 'convolutional']).default('dense');

/** Channels of each convolution. */
export const filters = z.array(z.int().min(2).max(512)).min(1).max(4);

/** Adds an issue where a plan lists more convolutions than can still divide a side. */
export function checkFilters(
  modality: { readonly architecture: z.infer<typeof architecture>; readonly filters: readonly number[] },
  side: number,
  stride: number,
  context: z.RefinementCtx,
): void {
  const most = mostConvolutions(side, stride);
  if (modality.architecture === 'dense' || modality.filters.length <= most) return;
  const [cure, cureJa] =
    most === 0
      ? ['use the architecture "dense"', '構造を "dense" にしてください']
      : ['list fewer filters', 'filters を減らしてください'];
  context.addIssue({
    code: 'custom',
    path: [most === 0 ? 'architecture' : 'filters'],
    message: `convolutions of stride ${stride} divide ${side} values ${most} times at most; ${cure}`,
    params: {
      problemJa: `ストライド ${stride} の畳み込みで ${side} 個の値を分けられるのは ${most} 回までです。${cureJa}`,
    },
  });
}
