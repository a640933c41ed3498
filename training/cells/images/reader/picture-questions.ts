import { z } from 'zod';
import type { PictureFields } from '../../../../protocol/kinds/kind.ts';
import type { PictureLook } from '../picture-look.ts';
import { type PictureView, pictureView } from '../picture-view.ts';
import { storage } from '../scale.ts';

/** What is asked of a picture file, by the name of the question. */
export interface PictureQuestions {
  /** Its values in a plan's form, from the cache in this folder where they are there. */
  readonly values: {
    readonly path: string;
    readonly look: PictureLook;
    readonly fields: PictureFields;
    readonly cache?: string | undefined;
  };
  /** Its size and whether it is coloured. */
  readonly glance: { readonly path: string };
  /** Its size as it stands upright, and what it is of; of more than 8 bits also how they are stored, and which values occur. */
  readonly stored: {
    readonly path: string;
    readonly page: number | string | undefined;
  };
  /** The picture as it was read, as a window shows it, while it still is the file of this hash. */
  readonly shown: { readonly path: string; readonly sha256: string; readonly view: PictureView };
  /** The picture as it was read, small. */
  readonly thumbnail: { readonly path: string; readonly view: PictureView; readonly side: number };
}
export type PictureQuestion = keyof PictureQuestions;

const side = z.int().positive();
/** A file may hold values that are no numbers. */
const anyNumber = z.custom<number>((value) => typeof value === 'number');
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);
const octets = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const raster = z
  .strictObject({
    width: side,
    height: side,
    channels: z.literal([1, 3]),
    values: floats,
  })
  .refine(({ width, height, channels, values }) => values.length === width * height * channels);

/**
 * What is answered: checked, because that whoever reads hostile files may say anything. Lengths of values that a plan sets
 * are checked by whoever asked.
 */
export const pictureAnswers = {
  values: z.strictObject({
    values: floats,
    view: pictureView,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  glance: z.strictObject({ width: side, height: side, isColoured: z.boolean() }),
  stored: z.strictObject({
    width: side,
    height: side,
    isGrey: z.boolean(),
    pages: side,
    values: z
      .strictObject({
        storage,
        seen: z.strictObject({
          lowest: anyNumber,
          highest: anyNumber,
          most: anyNumber.optional(),
          bits: anyNumber.optional(),
          range: z.tuple([anyNumber, anyNumber]).readonly().optional(),
        }),
      })
      .optional(),
  }),
  shown: z.union([
    raster,
    // The bytes of a file that is shown as it is; those of a large one are read by whoever asked.
    z.strictObject({
      type: z.literal(['image/jpeg', 'image/png']),
      bytes: octets.optional(),
    }),
  ]),
  thumbnail: raster,
} satisfies Record<PictureQuestion, z.ZodType>;
export type PictureAnswer<Q extends PictureQuestion> = z.infer<(typeof pictureAnswers)[Q]>;

/** A question as it goes to another process. */
export interface AskedPicture<Q extends PictureQuestion = PictureQuestion> {
  readonly id: number;
  readonly question: Q;
  readonly asked: PictureQuestions[Q];
}

/** What comes back: an answer, an error of the table, or what is wrong with the file in a library's words. */
export const answeredPicture = z.union([
  z.strictObject({ id: z.int(), answer: z.unknown() }),
  z.strictObject({
    id: z.int(),
    code: z.string(),
    detail: z.record(z.string(), z.union([z.string(), anyNumber])),
  }),
  z.strictObject({ id: z.int(), problem: z.string() }),
]);
export type AnsweredPicture = z.infer<typeof answeredPicture>;
