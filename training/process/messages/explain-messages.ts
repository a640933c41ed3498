import { z } from 'zod';
import type { Neighbour } from '../../explain/explanation-facts.ts';
import type { UnitLabel } from '../../kinds/explaining.ts';
import { file, job, moduleFiles } from './job-messages.ts';

const question = {
  ...job,
  datasets: z.array(file).min(1),
  modules: moduleFiles,
  bridges: z.record(z.string(), z.string()).default({}),
  /** Modality that was reconstructed, and the part's row in the data sets, one after the other. */
  modality: z.string().min(1),
  part: z.int().min(0),
  /** Modality of the composed bridge that was chosen for the reconstruction, by source. */
  through: z.record(z.string(), z.string()).default({}),
};

/** Job to explain one reconstruction; the model and the parts stay open for the next question. */
export const explainJob = z.strictObject({
  ...question,
  kind: z.literal('explain'),
  /** Region that a person pointed at, in pixels; of a signal its values, as an image one pixel high. */
  region: z
    .strictObject({
      left: z.int().min(0),
      top: z.int().min(0),
      width: z.int().min(1),
      height: z.int().min(1),
    })
    .optional(),
  /** Texts of the part as they were written, by modality; the model's values name no word. */
  texts: z.record(z.string(), z.string()).default({}),
  /** Number of the plant's own nearest parts to show beside it. */
  neighbours: z.int().min(0).max(16).default(4),
});
export type ExplainJob = z.infer<typeof explainJob>;

/** Explanation of a reconstruction as plain numbers, see `Explanation`. */
export interface ExplainResult {
  readonly kind: 'explain';
  readonly value: number;
  readonly baselineValue: number;
  readonly residue: number;
  readonly agreement: number | null;
  readonly sources: readonly {
    readonly modality: string;
    /** Attribution of each of the source's values. */
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

/** Job to reconstruct a part anew with changed measurements. */
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
