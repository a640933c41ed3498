import { z } from 'zod';
import { encodings } from './encoding/encodings.ts';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const words = z.array(z.string().max(40)).max(500);

/**
 * How a table is to be read, where a person says so; what is left out is found. It travels with the preview, with the import,
 * and on the command line.
 */
export const readingSettings = z
  .strictObject({
    encoding: z.enum(encodings),
    delimiter: z.enum(delimiters),
    /** Mark that texts with a separator are put between; `none`: quotation marks are characters as any other. */
    quote: z.enum(['"', "'", 'none']),
    decimal: z.enum(['.', ',']),
    thousands: z.enum([',', '.', "'", ' ', 'none']),
    /** Row with the names of the columns, counted from 1; 0 where the table has none. */
    header: z.int().min(0).max(1000),
    /** Rows that begin so are no parts; empty where there are none. */
    comment: z.string().max(10),
    /** Sheet of a workbook. */
    sheet: z.string().max(200),
    /** What becomes of the hidden rows of a sheet. */
    hidden: z.enum(['read', 'leave']),
    /** How several tables of a folder belong together: one below the other, or side by side by id. */
    tables: z.enum(['stack', 'join']),
    /** The one table of a folder that is read, relative to the folder, with slashes. */
    table: z.string().max(1000),
    /** `by-table`: ids count anew in each of the tables, so that the table is part of the id. */
    ids: z.enum(['unique', 'by-table']),
    /** Whether images of a tree that are called alike are views of one part, or a part each. */
    images: z.enum(['views', 'parts']),
    /** What a row is: a part, or one value of a part. */
    rows: z.enum(['parts', 'values']),
    /** Where each row is a value: the columns of the part, of the time, of the channel's name (empty: none) and of the value. */
    partColumn: z.string().max(1000),
    timeColumn: z.string().max(1000),
    channelColumn: z.string().max(1000),
    valueColumn: z.string().max(1000),
    /** Words that mean that nothing was measured, in place of the usual ones. */
    words,
    /** Words that say so of numbers and pictures, in addition. */
    badReadings: words,
  })
  .partial()
  .refine(({ decimal, thousands }) => decimal === undefined || decimal !== thousands, {
    message: 'the decimal mark cannot be the thousands mark too',
    path: ['thousands'],
  });
export type ReadingSettings = z.infer<typeof readingSettings>;

/** Why something is read as it is. */
export const reasons = [
  ...(['given', 'byte-order-mark', 'plain-letters', 'valid-throughout', 'few-bad-bytes', 'letters'] as const),
  ...(['sep-line', 'even-columns', 'one-column', 'fractions', 'grouping', 'usual', 'unclear'] as const),
  ...(['first-row', 'below-other-rows', 'no-names', 'typed', 'comment-rows'] as const),
  ...(['same-columns', 'same-ids', 'repeated-ids', 'names-repeat'] as const),
] as const;
export type Reason = (typeof reasons)[number];

/** Something that was found out about a table, or was said by a person. */
export interface Found<T> {
  readonly value: T;
  /** 0…1; 1 where it was said or cannot be otherwise. */
  readonly confidence: number;
  readonly reason: Reason;
}

/** What holds because a person said so, else what was found. */
export function givenOr<T>(given: T | undefined, find: () => Found<T>): Found<T> {
  return given === undefined ? find() : { value: given, confidence: 1, reason: 'given' };
}
