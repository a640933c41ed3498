import { z } from 'zod';

const share = z.number().min(0).max(1);

/** A rectangle in fractions of the upright picture. */
const rectangle = z
  .strictObject({ left: share, top: share, width: share.positive(), height: share.positive() })
  .refine(({ left, top, width, height }) => left + width <= 1.000001 && top + height <= 1.000001, {
    error: 'it leaves the picture',
  });

/** Bits a measured value has, in whatever it is stored. */
export const pictureBits = [8, 10, 12, 14, 16] as const;

/** How a person wants all pictures of one modality to be read; what is left out is found, or is as it always was. */
export const pictureSettings = z.strictObject({
  /** Bits of a measured value: the largest one is full brightness. */
  bits: z.literal(pictureBits).optional(),
  /** Stored values that are black and full brightness, for what no number of bits describes. */
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, { error: 'black lies above full brightness' })
    .optional(),
  /** What is kept of each picture: the same rectangle of all, or what stands out from each background. */
  region: z.union([rectangle, z.literal('object')]).optional(),
  /** Page of a file with several, by number from 1 or by name; the first one is usual. */
  page: z.union([z.int().min(1).max(4096), z.string().min(1).max(200)]).optional(),
  /** What shows through where a picture is transparent; black is usual. */
  behind: z.enum(['black', 'white']).optional(),
});
export type PictureSettings = z.infer<typeof pictureSettings>;

/** Settings by modality, as messages carry them. */
export const pictureSettingsByModality = z.record(z.string(), pictureSettings);
