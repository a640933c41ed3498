import { z } from 'zod';
import { commonFields } from './fields.ts';
import type { KindForm, ShareFields } from './kind.ts';
import type { DenseNumbers, PresetName } from './preset-numbers.ts';

/** A value as it is written in cells and shown: what cannot be seen in it would tell apart what a person reads as one. */
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
    /** What a part may be: materials, suppliers, machines, shifts. A value's place in the list is its place in the model. */
    values: z.array(listedValue).min(2).max(256),
    /**
     * `closed`: a value that is not listed is a mistake in the cell. `growing`: it is one that nobody listed yet, and counts
     * as unseen.
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
        });
    }
  });

/** One of a list of values: a material, a supplier, a machine, a shift. */
export type CategoryModality = z.infer<typeof categoryModality>;

const presets: Readonly<Record<PresetName, DenseNumbers>> = {
  light: { latent: 6, dense: [32] },
  standard: { latent: 8, dense: [64] },
  large: { latent: 12, dense: [128] },
};

/** A share for each listed value, and behind them one for values that nobody listed ({@link unseenPlace}); they sum to 1. */
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

/** A value as it is compared: without spaces around it, in compatibility form (NFKC) and lower case. */
export function plainValue(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}

/** Where the share of values that nobody listed stands: behind all others. */
export function unseenPlace({ values }: Pick<ShareFields, 'values'>): number {
  return values.length;
}

/** The place of a value; {@link unseenPlace} where it is not listed. */
export function placeOfValue({ values }: Pick<ShareFields, 'values'>, value: string): number {
  const form = plainValue(value);
  const found = values.findIndex((listed) => plainValue(listed) === form);
  return found < 0 ? unseenPlace({ values }) : found;
}

/** The place of the largest share, the first of equal ones. */
export function likeliestPlace(shares: ArrayLike<number>): number {
  let best = 0;
  for (let place = 1; place < shares.length; place++) if (shares[place]! > shares[best]!) best = place;
  return best;
}
