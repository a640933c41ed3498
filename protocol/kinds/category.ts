import { z } from 'zod';
import { commonFields } from './fields.ts';
import type { KindForm, ShareFields } from './kind.ts';
import type { DenseNumbers, PresetName } from './preset-numbers.ts';

/**
 * Listed value as it is written in cells and shown. Invisible characters are refused: with them, two values could look
 * the same.
 */
const listedValue = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'a value has no line breaks and no characters that cannot be seen');

export const categoryModality = z
  .strictObject({
    ...commonFields,
    kind: z.literal('category'),
    /**
     * Values that a part may have: materials, suppliers, machines, shifts. A value's place in the list is its place in
     * the model.
     */
    values: z.array(listedValue).min(2).max(256),
    /**
     * Meaning of a value that is not listed. `closed`: a mistake in the cell. `growing`: a new value, which counts as
     * unseen.
     */
    list: z.enum(['closed', 'growing']).default('closed'),
  })
  .superRefine(({ values }, context) => {
    const first = new Map<string, number>();
    for (const [index, value] of values.entries()) {
      const form = plainValue(value);
      const other = first.get(form);
      if (other === undefined) first.set(form, index);
      else
        context.addIssue({
          code: 'custom',
          path: ['values', index],
          message: `"${value}" and "${values[other]}" are one value: case, width and spaces around it tell none apart`,
          params: {
            problemJa: `「${value}」と「${values[other]}」は同じ値です。大文字と小文字、全角と半角、前後の空白は区別しません`,
          },
        });
    }
  });

/** Category: one of a list of values, such as a material, a supplier, a machine or a shift. */
export type CategoryModality = z.infer<typeof categoryModality>;

const presets: Readonly<Record<PresetName, DenseNumbers>> = {
  light: { latent: 6, dense: [32] },
  standard: { latent: 8, dense: [64] },
  large: { latent: 12, dense: [128] },
};

/**
 * Form of a category: a share for each listed value, and behind them one for unlisted values ({@link unseenPlace});
 * they sum to 1.
 */
export const categoryForm: KindForm<CategoryModality> = {
  properties: {
    ...{ hasPlaces: false, hasRange: false, isWords: false, isShares: true },
    hasIntervals: false,
  },
  grid: ({ values }) => [1, values.length + 1, 1],
  isPointedAt: false,
  likelihood: () => ({}),
  preset(_modality, name) {
    const { latent, dense } = presets[name];
    return { latent, hidden: dense };
  },
};

/** Form in which values are compared: without spaces around them, in compatibility form (NFKC) and lower case. */
export function plainValue(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}

/** Place of the share of unlisted values: behind all others. */
export function unseenPlace({ values }: Pick<ShareFields, 'values'>): number {
  return values.length;
}

/** Place of a value in the list; {@link unseenPlace} where it is not listed. */
export function placeOfValue({ values }: Pick<ShareFields, 'values'>, value: string): number {
  const form = plainValue(value);
  const found = values.findIndex((listed) => plainValue(listed) === form);
  return found < 0 ? unseenPlace({ values }) : found;
}

/** Place of the largest share, the first of equal ones. */
export function likeliestPlace(shares: ArrayLike<number>): number {
  let best = 0;
  for (let place = 1; place < shares.length; place++) if (shares[place]! > shares[best]!) best = place;
  return best;
}
