import { z } from 'zod';
import type { Neighbour } from '../../explain/explanation-facts.ts';
import type { UnitLabel } from '../../kinds/explaining.ts';
import { file, job, moduleFiles } from './job-messages.ts';

const question = {
  ...job,
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  bridges: z.record(z.string(), z.string()).default({}),
  /** The modality that was reconstructed, and the part's row in the data sets, one after the other. */
  modality: z.string().min(1),
  part: z.int().min(0),
  /** Source → the modality of the composed bridge that was chosen when it was reconstructed. */
  through: z.record(z.string(), z.string()).default({}),
};

/** Explains one reconstruction; the model and the parts stay open for the next question. */
export const explainJob = z.strictObject({
  ...question,
  kind: z.literal('explain'),
  /** What was pointed at, in pixels; of a signal its values, as an image one pixel high. */
  region: z
    .strictObject({
      left: z.int().min(0),
      top: z.int().min(0),
      width: z.int().min(1),
      height: z.int().min(1),
    })
    .optional(),
  /** The part's texts as they were written: what the model sees of them names no word. */
  texts: z.record(z.string(), z.string()).default({}),
  /** How many of the plant's own parts to show beside it. */
  neighbours: z.int().min(0).max(16).default(4),
});
export type ExplainJob = z.infer<typeof explainJob>;

/** What `Explanation` says, as plain numbers. */
export interface ExplainResult {
  readonly kind: 'explain';
  readonly value: number;
  readonly baselineValue: number;
  readonly residue: number;
  readonly agreement: number | null;
  readonly sources: readonly {
    readonly modality: string;
    /** Of each of its values. */
    readonly attribution: readonly number[];
    readonly change: number;
    readonly share: number;
  }[];
  readonly units: readonly {
    readonly modality: string;
    readonly label: UnitLabel;
    readonly attribution: number;
    readonly occlusion: number;
  }[];
  readonly neighbours: readonly (Neighbour & { readonly values: readonly number[] })[];
}

/** Reconstructs a part anew with something changed of what was measured. */
export const whatIfJob = z.strictObject({
  ...question,
  kind: z.literal('what-if'),
  changes: z
    .array(
      z.union([
        z
          .strictObject({
            modality: z.string(),
            first: z.int().min(0),
            last: z.int().min(0),
            by: z.number().min(-1).max(1),
          })
          .refine(({ first, last }) => first <= last, { path: ['last'], error: 'it lies before the first' }),
        z.strictObject({ modality: z.string(), words: z.array(z.string()).max(10_000) }),
        z.strictObject({ modality: z.string(), value: z.string().min(1).max(80) }),
      ]),
    )
    .max(64),
});
export type WhatIfJob = z.infer<typeof whatIfJob>;

export interface WhatIfResult {
  readonly kind: 'what-if';
  readonly values: readonly number[];
  readonly change: number;
  readonly beyond: readonly string[];
}
